// What came out of a check: the verdict, every rule with its evidence, what mends it, what is missing.

import { home } from "./ask-api.js";
import { away, badge, button, code, command, inline, prose } from "./check-parts.js";
import { ORDER } from "./check-worst.js";
import { element } from "./element.js";

/**
 * @typedef {import("./types.d.ts").CheckWords} Words
 * @typedef {import("./types.d.ts").Finding} Finding
 * @typedef {import("./types.d.ts").FindingStatus} Status
 */

/** @type {("status" | "rule" | "evidence" | "fix")[]} */
const COLUMNS = ["status", "rule", "evidence", "fix"];

/** @param {string} id */
export const page = (id) => new URL(`rules/${id.toLowerCase()}/`, home).href;

/**
 * The sentence that a check comes to, which takes the focus. A number stays with what it counts.
 * @param {string} text
 */
export const verdict = (text) =>
  element("h2", { className: "kb-check__verdict", tabIndex: -1, textContent: text.replace(/(\d) /g, "$1\u00a0") });

/**
 * How many findings there are of each kind.
 * @param {Finding[]} findings
 * @param {Words} words
 */
export function counts(findings, words) {
  const badges = ORDER.map((status) => ({ status, n: findings.filter((finding) => finding.status === status).length }))
    .filter(({ n }) => n)
    .map(({ status, n }) => badge(status, `${words.statuses[status]} ${n}`));
  return element("p", { className: "kb-check__counts" }, ...badges);
}

/**
 * What is missing where there is no cluster yet, and the commands that print it.
 * @param {import("./types.d.ts").Missing[]} pieces
 * @param {Words} words
 * @param {(text: string) => void} tell announces
 */
export function missing(pieces, words, tell) {
  const items = pieces.map(({ why, command: text }) => element("li", {}, why, command(text, words, tell)));
  return element(
    "section",
    { className: "kb-check__missing" },
    element("p", { textContent: words.missing_note }),
    element("ul", {}, ...items),
  );
}

/**
 * What was left out although rules may need it: a slip in a key, an object of an operator.
 * @param {import("./types.d.ts").Found["input"]["unread"]} pieces
 * @param {(pointer: string) => string} where
 */
export const leftUnread = (pieces, where) =>
  pieces.map(({ pointer, message }) => element("p", { className: "kb-check__note" }, code(where(pointer)), ": ", ...inline(message)));

/**
 * What applies: a table by its roles, too, because on a phone its rows are cards, and then browsers forget what a
 * <table> is. What does not apply: one line.
 * @param {Finding[]} findings
 * @param {(pointer: string) => string} where
 * @param {Words} words
 * @param {(text: string) => void} tell
 */
export function findingsOf(findings, where, words, tell) {
  const rows = ORDER.slice(0, -1).flatMap((status) => findings.filter((finding) => finding.status === status));
  const rest = findings.filter(({ status }) => status === "not-applicable");
  const head = COLUMNS.map((name) => element("th", { scope: "col", role: "columnheader", textContent: words[name] }));
  /** @type {Map<string, string>} */
  const seen = new Map(); // commands that stand in a row above, and whose it is
  const table = element(
    "table",
    { className: "kb-check__table", role: "table", "aria-label": words.findings },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)),
    element("tbody", { role: "rowgroup" }, ...rows.map((finding) => row(finding, where, seen, words, tell))),
  );
  return [...(rows.length ? [table] : []), ...(rest.length ? [leftOut(rest, words)] : [])];
}

/**
 * @param {Finding[]} findings
 * @param {Words} words
 */
function leftOut(findings, words) {
  const links = findings.flatMap(({ id, name }, at) => [at ? " · " : " ", away(page(id), `${id} ${name}`)]);
  return element("p", { className: "kb-check__rest" }, badge("not-applicable", `${words.statuses["not-applicable"]} ${findings.length}`), ...links);
}

/**
 * @param {Finding} finding
 * @param {(pointer: string) => string} where
 * @param {Map<string, string>} seen
 * @param {Words} words
 * @param {(text: string) => void} tell
 */
function row(finding, where, seen, words, tell) {
  const { id, name, status, shown, pointer, expected, why } = finding;
  const url = page(id);
  const title = `${id} ${name}`;
  const ask = () => document.dispatchEvent(new CustomEvent("kb-ask", { detail: { about: { title, url } } }));
  const todo = ["fail", "unknown", "advice"].includes(status);
  const place = code(where(pointer));
  place.className = "kb-check__pointer";
  const cells = [
    [badge(status, words.statuses[status])],
    [away(url, title), todo ? button(words.ask, ask, `${words.ask}: ${title}`) : null],
    [
      shown === null ? element("em", { textContent: words.nothing }) : code(shown),
      place,
      labelled("kb-check__expected", words.expected, expected),
      todo ? labelled("kb-check__why", words.why, why) : null,
    ],
    todo ? remedy(finding, seen, words, tell) : [],
  ];
  return element(
    "tr",
    { role: "row", "data-status": status },
    ...cells.map((parts, at) => element("td", { role: "cell", "data-label": words[COLUMNS[at]] }, ...parts)),
  );
}

/**
 * @param {string} className
 * @param {string} label
 * @param {string} text
 */
const labelled = (className, label, text) =>
  element("p", { className }, element("strong", { textContent: `${label}: ` }), ...inline(text));

/**
 * What to do, and the commands for it; what a row above has is not said again.
 * @param {Finding} finding
 * @param {Map<string, string>} seen
 * @param {Words} words
 * @param {(text: string) => void} tell
 */
function remedy({ id, gap, fix, commands = [] }, seen, words, tell) {
  const fresh = commands.filter((line) => !seen.has(line));
  for (const line of fresh) seen.set(line, id);
  const above = !fresh.length && seen.get(commands[0]);
  return [
    gap ? element("p", {}, element("strong", { textContent: words.gaps[gap] })) : null,
    prose(fix),
    ...fresh.map((line) => command(line, words, tell)),
    above ? prose(words.see.replace("{rule}", above)) : null,
  ];
}
