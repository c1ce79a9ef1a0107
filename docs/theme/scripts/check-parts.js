// The small parts of a report: buttons, badges, the service's words, commands with a button that copies them.

import { copy, element } from "./element.js";

/**
 * @typedef {import("./types.d.ts").CheckWords} Words
 * @typedef {import("./types.d.ts").FindingStatus} Status
 */

const SIGNS = { fail: "✕", unknown: "?", advice: "i", pass: "✓", "not-applicable": "–" };
const OPTIONS = /(?<![\w-])(--[\w-]+)/; // of a command, which the browser would break at their hyphens
const SEAMS = /(?<=[/=@,;&])/; // where a long path or value may go on in the next line

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
 * In a tab of its own: the report stays beside it, where it was read.
 * @param {string} href
 * @param {string} textContent
 */
export const away = (href, textContent) => element("a", { href, textContent, target: "_blank", rel: "noopener" });

/**
 * A button that has copied says so where it was pressed.
 * @param {HTMLElement} pressed
 * @param {boolean} copied
 */
export const tick = (pressed, copied) => pressed.classList.toggle("kb-check__copied", copied);

/**
 * Code that goes on in the next line between its parts, not within a word.
 * @param {string} text
 */
export function code(text) {
  const made = element("code");
  text.split(OPTIONS).forEach((part, at) => {
    if (at % 2) made.append(element("span", { className: "kb-check__option", textContent: part }));
    else part.split(SEAMS).forEach((piece, nth) => made.append(...(nth ? [element("wbr"), piece] : [piece])));
  });
  return made;
}

/**
 * The service's words; what stands between backticks is code.
 * @param {string} text
 */
export const inline = (text) => text.split("`").map((part, at) => (at % 2 ? code(part) : part));

/** @param {string} text */
export const prose = (text) => element("p", {}, ...inline(text));

/**
 * Told by text, sign and shape, not by colour alone.
 * @param {Status} status
 * @param {string} text
 */
export function badge(status, text) {
  const sign = element("span", { "aria-hidden": "true", textContent: SIGNS[status] });
  return element("span", { className: `kb-status kb-status--${status}` }, sign, text);
}

/**
 * A command with its button.
 * @param {string} text
 * @param {Words} words
 * @param {(text: string) => void} tell announces
 */
export function command(text, words, tell) {
  const line = code(text);
  line.tabIndex = 0;
  const done = async () => {
    const copied = await copy(text);
    if (!copied) getSelection()?.selectAllChildren(line); // not allowed without TLS: one key stroke is left to do
    tick(pressed, copied);
    tell(copied ? words.copied : words.selected);
  };
  const pressed = button(words.copy, done, `${words.copy}: ${text}`);
  return element("div", { className: "kb-check__command" }, line, pressed);
}
