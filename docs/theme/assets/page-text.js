// The text of a page as the index has it (index/page.py): without permalinks, buttons, line numbers and what is hidden.

export const HEADINGS = "h1, h2, h3, h4, h5, h6";

const SKIPPED =
  "script, style, template, noscript, svg, object, iframe, nav, button, form, select, " +
  ".headerlink, .footnote-backref, .linenos, .linenodiv, .md-source-file, .md-feedback, .md-content__button, " +
  `[hidden], [data-search-exclude]:not(${HEADINGS})`;

export const article = () => document.querySelector("article.md-content__inner");

export function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

export function title(heading) {
  const text = textNodes(heading).map((node) => node.data);
  return text.join("").replace(/\s+/g, " ").trim();
}

// `bind` runs for the page that is shown and for every page that Material's instant navigation brings.
export function onPage(bind) {
  if (window.document$) window.document$.subscribe(() => bind());
  else bind();
}
