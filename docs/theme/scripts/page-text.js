// The text of a page as the index has it: without permalinks, buttons, line numbers and what is hidden. What that is
// stands in index/reading/markup.json, which index/reading/markup.py reads, too.

import markup from "../../../index/reading/markup.json" with { type: "json" };

const HEADINGS = markup.headings.join();

const { elements, classes } = markup.skipped;
const SKIPPED = [
  ...elements,
  ...classes.map((name) => `.${name}`),
  "[hidden]",
  "[aria-hidden=true]",
  "[data-pagefind-ignore]",
  `[data-search-exclude]:not(${HEADINGS})`,
].join();
const COMMENT = new RegExp(`^(?:${markup.phrasings.comment})$`);
const LINE = new RegExp(markup.phrasings.line, "g");

/** @returns {HTMLElement | null} */
export const article = (page = document) => page.querySelector("article.md-content__inner");

/**
 * The text and comment nodes below `root` and its headings, in order, what is skipped left out.
 * @param {Node} root
 * @param {number} kinds what to show, of NodeFilter
 */
function nodes(root, kinds) {
  const { FILTER_ACCEPT, FILTER_REJECT, SHOW_ELEMENT } = NodeFilter;
  const walker = root.ownerDocument?.createTreeWalker(root, kinds | SHOW_ELEMENT, (node) =>
    node instanceof Element && node.matches(SKIPPED) ? FILTER_REJECT : FILTER_ACCEPT,
  );
  const accepted = [];
  while (walker?.nextNode()) accepted.push(walker.currentNode);
  return accepted;
}

/** @param {Node} root */
export const textNodes = (root) => nodes(root, NodeFilter.SHOW_TEXT).filter((node) => node instanceof Text);

/** @param {Element} heading */
export function title(heading) {
  const text = textNodes(heading).map((node) => node.data);
  return text.join("").replace(/\s+/g, " ").trim();
}

/**
 * The headings that the bot knows, each with the other wordings of its question: the authors' `ask` comments.
 * @param {Document} page
 */
export function sections(page) {
  /** @type {{ heading: Element, asked: string[], silent?: boolean }[]} */
  const headings = [];
  const content = article(page);
  for (const node of content ? nodes(content, NodeFilter.SHOW_COMMENT) : [])
    if (node instanceof Comment) note(node.data, headings.at(-1));
    else if (node instanceof Element && node.id && node.matches(HEADINGS)) headings.push({ heading: node, asked: [] });
  return headings.filter(({ heading, silent }) => !silent && !heading.matches(".not-covered, [data-search-exclude]"));
}

/**
 * What a comment below a heading says of its section.
 * @param {string} comment @param {{ asked: string[], silent?: boolean } | undefined} section
 */
function note(comment, section) {
  if (section && comment.trim() === "not-covered") section.silent = true;
  section?.asked.push(...phrasings(comment));
}

/** @param {string} comment */
function phrasings(comment) {
  const [, lines = ""] = COMMENT.exec(comment) ?? [];
  return [...lines.matchAll(LINE)].map(([, line]) => line);
}

/**
 * `bind` runs for the page that is shown and for every page that Material's instant navigation brings.
 * @param {() => void} bind
 */
export function onPage(bind) {
  if (window.document$) window.document$.subscribe(() => bind());
  else bind();
}
