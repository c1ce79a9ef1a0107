// Questions that fit a page, taken from what its authors wrote.

import { HEADINGS, title } from "./page-text.js";

const MOST = 4;
const ASKS = /[?？]$|(です|ます|せん)か。?$/;
const ASKS_IN_ENGLISH =
  /^(am|are|can|could|did|do|does|has|have|how|is|may|must|should|was|were|what|when|where|which|who|why|will|would)\b/i;
const PHRASINGS = /^\s*ask\b:?\s*(.*)$/s;

// Headings that are questions, then other sections' first phrasing that is one (the authors' `ask` comments); the
// examples of `words` where the page has hardly any. At most four.
export function starters(document, words) {
  const { lang } = document.documentElement;
  const [headings, phrasings] = [[], []];
  for (const { heading, asked } of sections(document)) {
    const phrasing = asked.find((line) => isQuestion(line, lang));
    if (ASKS.test(title(heading))) headings.push(title(heading));
    else if (phrasing) phrasings.push(written(phrasing, lang));
  }
  const found = [...headings, ...phrasings];
  return [...new Set(found.length < 2 ? [...found, ...words.examples] : found)].slice(0, MOST);
}

// The headings that the bot knows, each with the phrasings below it.
function sections(document) {
  const content = document.querySelector("article.md-content__inner");
  if (!content) return [];
  const found = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const lines = node.nodeType === Node.COMMENT_NODE && PHRASINGS.exec(node.data)?.[1]; // [, lines] is minified wrongly
    if (lines) found.at(-1)?.asked.push(...lines.split("\n").map((line) => line.trim().replace(/^- /, "")).filter(Boolean));
    else if (node.matches?.(HEADINGS) && node.id) found.push({ heading: node, asked: [] });
  }
  return found.filter(({ heading }) => !heading.matches(".not-covered, [data-search-exclude]"));
}

const isQuestion = (line, lang) => ASKS.test(line) || (lang !== "ja" && ASKS_IN_ENGLISH.test(line));

// As a reader would write it: phrasings come without capitals and question marks.
function written(line, lang) {
  const bare = line.replace(/[?？。]$/, "");
  return lang === "ja" ? `${bare}？` : `${bare[0].toUpperCase()}${bare.slice(1)}?`;
}
