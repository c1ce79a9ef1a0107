// Links of what is quoted, in the text that goes in as text.

import { address } from "./ask-api.js";
import { element } from "./element.js";

/** @typedef {import("./types.d.ts").QuotedLink} QuotedLink */

/**
 * What makes texts, one after the other, into what is shown of them: each link stands where its words first do.
 * @param {QuotedLink[]} links
 */
export function linker(links) {
  const left = [...links];
  return linked;

  /**
   * @param {string} text
   * @returns {(Node | string)[]}
   */
  function linked(text) {
    const next = left.findIndex((link) => text.includes(link.text));
    if (next < 0) return [text];
    const [link] = left.splice(next, 1);
    const at = text.indexOf(link.text);
    return [...linked(text.slice(0, at)), anchor(link), ...linked(text.slice(at + link.text.length))];
  }
}

/**
 * To pages of the web and of this site only; those of others open beside the conversation.
 * @param {QuotedLink} link
 */
function anchor({ text, url }) {
  const away = /^https?:/.test(url);
  const href = away ? url : address(url);
  return href ? element("a", { href, ...(away ? { target: "_blank", rel: "noopener" } : {}) }, text) : text;
}
