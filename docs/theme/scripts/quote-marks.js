// A quote that the reader follows from a citation: remembered on the way, found and marked where they arrive.

import { article, textNodes } from "./page-text.js";
import { places } from "./quote-words.js";

/** @typedef {{ pathname: string, id: string, quote: string }} Kept */

const KEPT = "kb-quote";

/**
 * Called when the reader follows a citation: the words travel beside the URL, because a text fragment is lost when
 * a page is not loaded anew and says nothing to browsers without them.
 * @param {string} url
 * @param {string} quote
 */
export function remember(url, quote) {
  const { pathname, hash } = new URL(url, location.href);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ pathname, id: id(hash), quote }));
  } catch {
    // No storage, no marks: the link itself still works.
  }
}

/** Marks the remembered words if this is their page and section, shows them, and forgets them. */
export function arrive() {
  const kept = recall();
  if (!kept || !mark(kept)) return; // instant navigation changes the URL first and the page later
  sessionStorage.removeItem(KEPT);
  marked = kept;
}

/** @type {Kept | null} */
let marked = null;

/** Instant navigation may bring the same page once more when only the section changes; marks are lost with the old one. */
export function arriveAgain() {
  if (marked && !mark(marked)) marked = null;
  arrive();
}

/** @param {Kept} kept */
function mark({ pathname, id: section, quote }) {
  if (pathname !== location.pathname || section !== id(location.hash)) return false;
  const heading = document.getElementById(section);
  const ranges = find(quote, article() ?? document.body, heading);
  if (!ranges.length) return false;
  if (globalThis.Highlight) CSS.highlights.set("kb-quote", new Highlight(...ranges));
  show(ranges[0], heading);
  return true;
}

/** @returns {Kept | null} */
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} hash */
export const id = (hash) => decodeURIComponent(hash.slice(1).split(":~:")[0]);

/**
 * The first place after the heading that has these words. One range per text node, so that nothing between them that is
 * not text (a permalink, a button) is marked.
 * @param {string} quote
 * @param {Element} root
 * @param {Element | null} heading
 */
export function find(quote, root, heading) {
  /** @param {Node} node */
  const below = (node) =>
    !heading || (heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING && !heading.contains(node));
  const nodes = textNodes(root).filter(below);
  return places(nodes.map((node) => node.data), quote).map(({ piece, start, end }) => {
    const range = new Range();
    range.setStart(nodes[piece], start);
    range.setEnd(nodes[piece], end);
    return range;
  });
}

/**
 * The heading tells where one is; only if the words are too far below it, they come to the middle instead. Once more
 * when the page gets another width, as when the chat opens beside it, for as long as the reader has not touched it.
 * @param {Range} range
 * @param {Element | null} heading
 */
function show(range, heading) {
  const block = range.startContainer.parentElement;
  block?.closest("details")?.setAttribute("open", "");
  const scroll = () => {
    const far = heading && range.getBoundingClientRect().bottom - heading.getBoundingClientRect().top > innerHeight * 0.8;
    requestAnimationFrame(() => (far || !heading ? block?.scrollIntoView({ block: "center" }) : heading.scrollIntoView()));
  };
  scroll();
  settle.abort();
  settle = new AbortController();
  const { signal } = settle;
  const resized = new ResizeObserver(scroll);
  resized.observe(article() ?? document.body);
  signal.addEventListener("abort", () => resized.disconnect());
  for (const touch of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(touch, () => settle.abort(), { signal, passive: true });
}

let settle = new AbortController(); // ends the watching of the quote that was shown before
