// Looks that are loaded with the script that needs them, so that other pages are lighter.

import { asset } from "./ask-api.js";

/**
 * Ends when the style sheet applies, or cannot be had. Instant navigation clears the head of a page, but not its body.
 * @param {string} name
 */
export function style(name) {
  const { href } = asset(name);
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.body.append(link);
  });
}
