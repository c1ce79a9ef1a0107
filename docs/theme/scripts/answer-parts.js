// An answer in its parts, each said once: what is said around the first quote, the quote itself, and facts of others.

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Block} Block
 * @typedef {import("./types.d.ts").Citation} Citation
 */

/**
 * `checks`: a line for each value that was judged; `before`: what is not stated; `lead`: the first quote in the forms of
 * its page; `after`: a fact of each further citation, or the citation if it is quoted in forms of its own.
 * @param {Pick<Answer, "answer" | "citations" | "checks">} answer
 */
export function parts({ answer, citations, checks = [] }) {
  const quote = citations[0]?.quote;
  const at = quote ? answer.indexOf(quote) : -1;
  const before = quote && at < 0 ? [] : lines(at < 0 ? answer : answer.slice(0, at));
  const failing = checks.filter(({ status }) => status === "fail");
  const judged = (failing.length ? failing : checks).map(({ status }, n) => ({ status, text: before[n] }));
  return {
    checks: judged.filter(({ text }) => text),
    before: before.slice(judged.length),
    lead: at < 0 ? [] : blocksOf(citations[0]),
    after: quote ? behind(at < 0 ? answer : answer.slice(at + quote.length), citations.slice(1)) : [],
  };
}

/**
 * The lines behind the first quote; instead of those of a list, a table or code the citation that has it.
 * @param {string} text
 * @param {Citation[]} citations
 */
function behind(text, citations) {
  /** @type {(string | Citation)[]} */
  const parted = [];
  let rest = text;
  for (const cited of citations) {
    const at = cited.blocks?.some(({ kind }) => kind !== "paragraph") && cited.quote.includes("\n") ? rest.indexOf(cited.quote) : -1;
    if (at < 0) continue;
    parted.push(...lines(rest.slice(0, at)), cited);
    rest = rest.slice(at + cited.quote.length);
  }
  return [...parted, ...lines(rest)];
}

/**
 * The quote of a citation in the forms of its page; as paragraphs where the service does not know them.
 * @param {Citation} cited
 * @returns {Block[]}
 */
export const blocksOf = ({ blocks, quote }) =>
  blocks?.length ? blocks : lines(quote).map((text) => ({ kind: "paragraph", text }));

/**
 * Whether the answer itself says all of a quote.
 * @param {Citation} cited
 * @param {Pick<Answer, "answer">} answer
 */
export const isSaid = ({ quote }, { answer }) => answer.includes(quote);

/**
 * A heading with the page that it stands on: "How to fix" alone says nothing. Of a long title the beginning will do.
 * @param {{ title: string, path?: string[] }} place
 */
export function titled({ title, path }) {
  const page = path?.[0]?.split(/:\s|：/)[0];
  return page && page !== title ? `${page} › ${title}` : title;
}

/**
 * Why a cited section may be out of date, in one line.
 * @param {import("./types.d.ts").Stale} stale
 * @param {Pick<import("./types.d.ts").Words, "stale">} words
 */
export const aged = ({ why, source, since }, words) =>
  words.stale[why].replace(/\{(source|since)\}/g, (_, name) => (name === "source" ? source : since));

/** @param {string} text */
const lines = (text) => text.split("\n").filter((line) => line.trim());
