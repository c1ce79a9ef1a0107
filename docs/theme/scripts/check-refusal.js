// Why something was not taken, in words, with the place of the mistake.

import { command, prose } from "./check-parts.js";
import { place } from "./check-pieces.js";
import { element } from "./element.js";

/**
 * What to show, and where the mistake is in the text of the box.
 * @param {import("./check-api.js").Refused} error
 * @param {string} text
 * @param {import("./types.d.ts").CheckWords} words
 * @param {(text: string) => void} tell announces
 */
export function refusal({ kind, wait, message, piece, problem }, text, words, tell) {
  const said = kind === "refused" || message ? message : words[kind].replace("{n}", String(wait));
  /** @type {Element[]} */
  const parts = [prose(piece?.name ? `${piece.name}: ${said}` : said)];
  if (kind === "offline") parts.push(command("kb check snapshot.json", words, tell));
  if (!problem.line) return { parts, offset: null };
  const { before, after, offset } = place(text, problem.line, problem.column ?? 1);
  const mark = element("mark", { textContent: after.slice(0, 1) || " " });
  parts.push(element("pre", {}, `${problem.line}: ${before}`, mark, after.slice(1)));
  return { parts, offset };
}
