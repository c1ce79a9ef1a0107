// What came out of a check: how many, what is missing and how to get it, every rule with its evidence.

import { home } from "./ask-api.js";
import { ORDER } from "./check-worst.js";
import { copy, element } from "./element.js";

/**
 * @typedef {import("./types.d.ts").CheckWords} Words
 * @typedef {import("./types.d.ts").Finding} Finding
 * @typedef {import("./types.d.ts").FindingStatus} Status
 */

const SIGNS = { fail: "✕", unknown: "?", advice: "i", pass: "✓", "not-applicable": "–" };
/** @type {("status" | "rule" | "evidence" | "expected" | "fix")[]} */
const COLUMNS = ["status", "rule", "evidence", "expected", "fix"];

/**
 * @param {string} textContent
 * @param {() => void} onclick
 */
export function button(textContent, onclick, label = textContent) {
  const made = element("button", { type: "button", className: "kb-check__button", textContent, onclick });
  if (label !== textContent) made.ariaLabel = label;
  return made;
}

/**
 * The service's words; what stands between backticks is code.
 * @param {string} text
 */
export const inline = (text) => text.split("`").map((part, at) => (at % 2 ? element("code", { textContent: part }) : part));

/** @param {string} text */
export const prose = (text) => element("p", {}, ...inline(text));

/**
 * The service's one sentence, and how many findings there are of each kind.
 * @param {Finding[]} findings
 * @param {string | undefined} sentence
 * @param {Words} words
 */
export function summary(findings, sentence, words) {
  /** @param {Status} status */
  const count = (status) => findings.filter((finding) => finding.status === status).length;
  return element(
    "p",
    { className: "kb-check__summary", role: "status" },
    sentence ? element("strong", { className: "kb-check__sentence", textContent: sentence }) : null,
    ...ORDER.map((status) => badge(status, `${words.statuses[status]} ${count(status)}`)),
  );
}

/**
 * A command with its button.
 * @param {string} text
 * @param {Words} words
 * @param {(text: string) => void} tell announces
 */
export function command(text, words, tell) {
  const code = element("code", { textContent: text, tabIndex: 0 });
  const done = async () => {
    const copied = await copy(text);
    if (!copied) getSelection()?.selectAllChildren(code); // not allowed without TLS: one key stroke is left to do
    tell(copied ? words.copied : words.selected);
  };
  return element("div", { className: "kb-check__command" }, code, button(words.copy, done, `${words.copy}: ${text}`));
}

/**
 * @param {import("./types.d.ts").Missing[]} pieces
 * @param {Words} words
 * @param {(text: string) => void} tell
 */
export function missing(pieces, words, tell) {
  if (!pieces.length) return null;
  const items = pieces.map(({ why, command: text }) =>
    element("li", {}, element("span", { textContent: why }), command(text, words, tell)),
  );
  return element(
    "section",
    { className: "kb-check__missing" },
    element("h2", { textContent: words.missing }),
    element("p", { textContent: words.missing_note }),
    element("ul", {}, ...items),
  );
}

/**
 * A table by its roles, too: on a phone its rows are cards, and then browsers forget what a <table> is.
 * @param {Finding[]} findings
 * @param {Words} words
 */
export function table(findings, words) {
  const rows = ORDER.flatMap((status) => findings.filter((finding) => finding.status === status));
  const head = COLUMNS.map((name) => element("th", { scope: "col", role: "columnheader", textContent: words[name] }));
  return element(
    "table",
    { className: "kb-check__table", role: "table", "aria-label": words.findings },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)),
    element("tbody", { role: "rowgroup" }, ...rows.map((finding) => row(finding, words))),
  );
}

/**
 * @param {Finding} finding
 * @param {Words} words
 */
function row({ id, name, status, gap, observed, pointer, expected, why, fix }, words) {
  const url = new URL(`rules/${id.toLowerCase()}/`, home).href;
  const title = `${id} ${name}`;
  const ask = () => document.dispatchEvent(new CustomEvent("kb-ask", { detail: { about: { title, url } } }));
  const seen = observed === null ? element("em", { textContent: words.nothing }) : element("code", { textContent: observed });
  const todo = ["fail", "unknown", "advice"].includes(status);
  const reason = gap ? [element("p", {}, element("strong", { textContent: words.gaps[gap] }))] : [];
  const cells = [
    [badge(status, words.statuses[status])],
    [element("a", { href: url, textContent: title }), button(words.ask, ask, `${words.ask}: ${title}`)],
    [seen, element("code", { className: "kb-check__pointer", textContent: pointer })],
    [prose(expected)],
    todo ? [prose(why), ...reason, prose(fix)] : ["–"],
  ];
  return element(
    "tr",
    { role: "row", "data-status": status },
    ...cells.map((parts, at) => element("td", { role: "cell", "data-label": words[COLUMNS[at]] }, ...parts)),
  );
}

/**
 * Told by text, sign and shape, not by colour alone.
 * @param {Status} status
 * @param {string} text
 */
function badge(status, text) {
  const sign = element("span", { "aria-hidden": "true", textContent: SIGNS[status] });
  return element("span", { className: `kb-status kb-status--${status}` }, sign, text);
}
