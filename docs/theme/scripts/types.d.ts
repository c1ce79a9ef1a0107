// What the scripts speak of: answers and findings of the service (the page "HTTP API" of the site), the words of a
// language, and what Material for MkDocs gives a page.

export type Words = typeof import("../assets/words/en.json");
export type CheckWords = Words["check"];

export type Status = "answered" | "clarify" | "not_covered" | "offline";

export interface ParagraphBlock {
  kind: "paragraph";
  text: string;
}

// `start` null: bullets; `more`: how many are left out.
export interface ListBlock {
  kind: "list";
  items: { text: string; blocks: Block[] }[];
  start: number | null;
  more: number;
}

export interface TableBlock {
  kind: "table";
  header: string[];
  rows: string[][];
  more: number;
}

export interface CodeBlock {
  kind: "code";
  text: string;
  language: string;
  more: number;
}

export interface NoteBlock {
  kind: "note";
  note: string;
  title: string;
  blocks: Block[];
}

export type Block = ParagraphBlock | ListBlock | TableBlock | CodeBlock | NoteBlock;

export interface Place {
  section: string;
  lang: string;
  title: string;
  path?: string[];
  url: string;
}

export interface Citation {
  n: number;
  section: string;
  lang: string;
  title: string;
  url: string;
  quote: string;
  translation_url?: string | null;
  path?: string[];
  blocks?: Block[];
  also?: Place[];
  stale?: Stale | null;
  links?: QuotedLink[];
}

// Where words of the blocks lead: a path of this site, or another site's page.
export interface QuotedLink {
  text: string;
  url: string;
}

// Since when a section may be out of date: its source changed, or was last compared then.
export interface Stale {
  since: string;
  source: string;
  url: string;
  why: keyof Words["stale"];
}

export interface Rule {
  id: string;
  name: string;
  title: string;
  severity: string;
  url: string;
}

export interface RunnerUp {
  title: string;
  url: string;
  lang: string;
}

// What a model has phrased from the quotes.
export interface Written {
  text: string;
  sentences: { text: string; citations: number[] }[];
}

// Puts the text into the place `above` the `quotes`, or takes that away, where none comes.
export type Rest = (
  shown: Answer,
  above: HTMLElement,
  quotes: HTMLElement,
  phrased: (written: Written) => HTMLElement[],
  tell: (text: string) => void,
) => void;

export interface Answer {
  question: string;
  lang: string;
  status: Status;
  answer: string;
  citations: Citation[];
  rules: Rule[];
  suggestions: string[];
  runners_up?: RunnerUp[];
  not_stated?: string[];
  checks?: CheckedValue[];
  verdict?: keyof Words["verdicts"] | null;
  word?: string | null; // of the verdict, from the page that asked: another one may have another language
  certainty?: keyof Words["sure"] | null;
  outside?: { title: string; url: string }[]; // where what is not covered is covered
  written?: Written | null;
  rest?: Rest; // of what is still to come; as a function it is not stored
  version?: string; // of the documentation, where there are several
}

// What a rule says of a value in the question.
export interface CheckedValue {
  id: string;
  name: string;
  status: "pass" | "fail" | "unknown";
  observed: string;
  expected: string;
  fix: string;
  url: string;
}

// What the service says of the site that it answers from.
export interface About {
  url: string;
  langs: string[];
  starters: string[];
  keeps_searches?: boolean;
  versions?: string[];
}

// Why there is no answer: `message` is the service's own words, `wait` is in seconds.
export interface Trouble {
  kind: "offline" | "failed" | "busy" | "stopped";
  message: string;
  wait: number;
}

export type Reason = keyof Words["reasons"];

// One without answer and failure is under way.
export interface Turn {
  id: string;
  question: string;
  history: string[];
  answer?: Answer;
  failure?: Trouble;
  vote?: "up" | "down" | null;
  reason?: Reason | null;
}

// What a question is about: a section, and the title of its page.
export interface Subject {
  title: string;
  page: string;
  url: string;
}

export type FindingStatus = keyof CheckWords["statuses"];

export interface Finding {
  id: string;
  name: string;
  status: FindingStatus;
  gap: keyof CheckWords["gaps"] | null;
  severity: string;
  observed: string | null;
  shown: string | null;
  expected: string;
  pointer: string;
  why: string;
  fix: string;
  url: string;
  commands?: string[];
}

export interface Missing {
  why: string;
  command: string;
}

export interface Cluster {
  name: string;
  findings: Finding[];
}

export interface Found {
  clusters: Cluster[];
  summary?: string;
  input: { kinds: string[]; missing: Missing[]; unread: { pointer: string; message: string }[] };
}

// What the reader plans; "" is what the documents say.
export type Planned = "" | "upgrade-to-overlay" | "install-agc";

export type Goal = keyof CheckWords["plan"]["goals"];

export interface PlanNote {
  text: string;
  title: string;
  url: string;
  edition: string;
}

export interface PlanReason {
  text: string;
  section: string;
}

export interface PlanStep {
  need: keyof CheckWords["plan"]["needs"];
  title: string;
  marks: (keyof CheckWords["plan"]["marks"])[];
  rule: string;
  reason: PlanReason;
  notes: PlanNote[];
  first: string[];
  commands: string[];
  fill: { name: string; what: string }[];
  check: { command: string | null; expected: string };
}

export interface Plan {
  summary: string;
  notes: PlanNote[];
  blockers: { title: string; rule: string; observed: string | null; reason: PlanReason; notes: PlanNote[]; instead: string }[];
  steps: PlanStep[];
  confirm: { command: string | null; expected: string } | null;
}

// A document of the reader's; `name` is its file's, if it has one.
export interface Piece {
  text: string;
  name: string;
}

// A section as the search index of MkDocs has it.
export interface Doc {
  location: string;
  title: string;
  text: string;
  boost?: number;
  phrasings?: string[];
  synonyms?: string[][];
  covered?: boolean;
}

// What Material's result list draws.
export interface Item extends Doc {
  score: number;
  terms: Record<string, boolean>;
}

export interface Results {
  items: Item[][];
  suggest?: string[];
}

// The properties of an element, and attributes whose names have a dash.
export type Properties<Made> = Partial<Made> & { [attribute: `${string}-${string}`]: string };

declare global {
  // What deploy/chat.py puts into the chat that other sites take along: styles in shadow, and words without those of pages.
  const KB_STYLE: string;
  const KB_ANSWER_STYLE: string;
  const KB_WORDS_EN: string;
  const KB_WORDS_JA: string;

  interface Window {
    // Each page that instant navigation brings; absent where that is switched off.
    document$?: { subscribe(next: () => void): unknown };
  }

  interface DocumentEventMap {
    "kb-ask": CustomEvent<{ question?: string; about?: Omit<Subject, "page"> }>;
  }
}
