// Looks that are loaded with what needs them.

import { asset } from "./ask-api.js";
import { element } from "./element.js";

/**
 * Resolves when the style sheet is there, or cannot be had.
 * @param {string} name
 */
export function styled(name) {
  const sheet = element("link", { rel: "stylesheet", href: asset(name).href });
  const loaded = new Promise((done) => (sheet.onload = sheet.onerror = done));
  document.head.append(sheet);
  return loaded;
}
