// A page as a browser has it, for the scripts under test: its window's names become global ones.

import { JSDOM } from "jsdom";

const NAMES = ["document", "Comment", "Element", "HTMLElement", "Node", "NodeFilter", "Range", "Text"];

/** Opens a page whose article holds `html`; returns its document. */
export function open(html, { lang = "en", url = "https://docs.example/en/faq/" } = {}) {
  const body = `<article class="md-content__inner">${html}</article>`;
  const { window } = new JSDOM(`<!doctype html><html lang="${lang}"><body>${body}</body></html>`, { url });
  for (const name of NAMES) globalThis[name] = window[name];
  globalThis.window = window;
  return window.document;
}
