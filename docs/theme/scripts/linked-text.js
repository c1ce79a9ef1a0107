// Links of what is quoted, in the text that goes in as text.

import { address } from "./ask-api.js";
import { element } from "./element.js";
import { linking } from "./link-places.js";

/** @typedef {import("./types.d.ts").QuotedLink} QuotedLink */

/**
 * As elements.
 * @param {QuotedLink[]} [links]
 */
export const linker = (links) => linking(links, anchor, (text) => text);

/**
 * To pages of the web and of this site only; those of others open beside the conversation.
 * @param {QuotedLink} link
 * @returns {Node | string}
 */
function anchor({ text, url }) {
  const away = /^https?:/.test(url);
  const href = away ? url : address(url);
  return href ? element("a", { href, ...(away ? { target: "_blank", rel: "noopener" } : {}) }, text) : text;
}
