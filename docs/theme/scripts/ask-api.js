// The service, as seen from any page of the site: where it is, what it answers, how it fails.

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Trouble} Trouble
 * @typedef {import("./types.d.ts").Words} Words
 */

/**
 * Where a chat stands that another site has taken along; this site's own needs none of it (scripts/embed.js).
 * @typedef {object} Surroundings
 * @property {string} lang of the page
 * @property {URL} service where the API is
 * @property {URL} root of the documentation, which citations lead to
 * @property {(known: string) => Promise<Words>} words in one of the languages that there are words in
 */

export const LONGEST = 1000; // characters of a question; what the service takes unless KB_MAX_QUESTION says otherwise
const THREAD = 6; // questions of a shared conversation
const PATIENCE = 30_000; // ms, until an answer begins; how long a model takes for its text is the service's affair

export let { lang } = document.documentElement;

// Once, at load: instant navigation changes the address and the head, but not these places.
/** @type {{ base: string } | null} */
const config = JSON.parse(document.getElementById("__config")?.textContent ?? "null");
/** @type {HTMLMetaElement | null} */
const meta = document.querySelector("meta[name=kb-root]");
export let home = folder(config?.base ?? "."); // of this language's site
export let root = meta ? folder(meta.content) : home; // of all languages
let service = root;
let elsewhere = false; // this is a page of another site, which has no page of the chat
/** @type {Surroundings["words"]} */
let wording = (known) => fetch(asset(`words/${known}.json`)).then((response) => response.json());

/**
 * A chat on a page of another site; said before anything is asked.
 * @param {Surroundings} given
 */
export function settle(given) {
  ({ lang, service, root, words: wording } = given);
  home = config ? home : root; // a site made by Material says where its search index is
  elsewhere = true;
}

const known = () => (["ja", "en"].includes(lang) ? lang : null);

/** The page that is read, of whose version the documentation is meant. */
export const page = () => location.pathname.slice(0, 2000);

/** @param {string} path */
function folder(path) {
  const url = new URL(path.replace(/\/*$/, "/"), location.href);
  url.search = url.hash = "";
  return url;
}

/**
 * A file of docs/theme/assets as it is published.
 * @param {string} path
 */
export const asset = (path) => new URL(`assets/${path}`, home);

/**
 * An address of the contract ("/en/faq/#x") where this site is mounted; null for anything that is not on this site.
 * @param {string} path
 */
export function address(path) {
  const inside = path.replace(/^[\\/]+/, "");
  const url = URL.canParse(inside, root) ? new URL(inside, root) : null;
  return url && [root.origin, home.origin].includes(url.origin) ? url.href : null;
}

/**
 * The page of the chat, or the one that is read, which asks `question` at once, after those that it goes on from.
 * @param {string} question
 * @param {string[]} history
 */
export function shareable(question, history = []) {
  const url = elsewhere ? new URL(location.href) : new URL("ask/", home);
  url.searchParams.delete("ask");
  if (elsewhere) url.hash = "";
  for (const asked of [...history, question]) url.searchParams.append("ask", asked);
  return url.href;
}

/**
 * The questions of such an address, the last one last.
 * @param {string} search
 */
export const shared = (search) =>
  new URLSearchParams(search).getAll("ask").map((asked) => asked.trim().slice(0, LONGEST)).filter(Boolean).slice(-THREAD);

/** @type {Promise<Words> | undefined} */
let loaded;

/** What is said to readers, in the page's language. */
export function words() {
  loaded ??= wording(known() ?? "en");
  return loaded;
}

/** Why there is no answer; `message` is the service's own, in the reader's language, if it gave one. */
export class Failure extends Error {
  /** @param {Trouble["kind"]} kind */
  constructor(kind, message = "", wait = 0) {
    super(message);
    this.kind = kind;
    this.wait = wait;
  }
}

/**
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 */
const post = (path, body, signal) =>
  fetch(new URL(path, service), {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": lang, Accept: "text/event-stream,*/*" },
    body: JSON.stringify(body),
    signal,
  });

/**
 * @param {string} question
 * @param {string[]} history earlier questions, oldest first
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function ask(question, history, signal) {
  /** @type {Response | undefined} */
  let response;
  let body;
  const late = new AbortController();
  setTimeout(() => response || late.abort(), PATIENCE);
  try {
    const patient = AbortSignal.any([signal, late.signal]);
    const past = history.map((earlier) => ({ question: earlier }));
    const about = { question, lang: known(), page: page(), ...(past.length ? { history: past } : {}) };
    response = await post("api/ask", about, patient);
    const streamed = response.headers.get("Content-Type")?.includes("event-stream");
    body = await (streamed ? (await import("../assets/answer-events.js")).read(response) : response.json());
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.signal.aborted) throw new Failure("failed");
    // A web server that only has the files answers with a page of its own.
    throw new Failure(response && response.status >= 500 && response.status !== 501 ? "failed" : "offline");
  }
  if (response.ok && typeof body?.answer === "string") return body;
  const wait = Math.ceil(Number(response.headers.get("Retry-After"))) || 0;
  throw new Failure(response.status === 429 ? "busy" : "failed", body?.error?.message, wait);
}

/**
 * Status of the reply; 0 if there is none.
 * @param {unknown} body
 */
export async function vote(body) {
  try {
    return (await post("api/feedback", body)).status;
  } catch {
    return 0;
  }
}
