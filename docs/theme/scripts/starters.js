// Questions that fit a page, taken from what its authors wrote.

import { sections, title } from "./page-text.js";

const MOST = 4;
const ASKS = /[?？]$|(です|ます|せん)か。?$/;
const ASKS_IN_ENGLISH =
  /^(am|are|can|could|did|do|does|has|have|how|is|may|must|should|was|were|what|when|where|which|who|why|will|would)\b/i;

/**
 * Headings that are questions, then other sections' first phrasing that is one; the examples of `words` where the page
 * has hardly any. At most four.
 * @param {Document} page
 * @param {{ examples: string[] }} words
 */
export function starters(page, words) {
  const { lang } = page.documentElement;
  const headings = [];
  const phrasings = [];
  for (const { heading, asked } of sections(page)) {
    const phrasing = asked.find((line) => isQuestion(line, lang));
    if (ASKS.test(title(heading))) headings.push(title(heading));
    else if (phrasing) phrasings.push(written(phrasing, lang));
  }
  const questions = [...headings, ...phrasings];
  return [...new Set(questions.length < 2 ? [...questions, ...words.examples] : questions)].slice(0, MOST);
}

/**
 * The page at an address, whose own questions are those to ask about it; this page where it cannot be had.
 * @param {string} url
 */
export async function otherPage(url) {
  if (new URL(url, location.href).pathname === location.pathname) return document;
  try {
    return new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  } catch {
    return document;
  }
}

/**
 * @param {string} line
 * @param {string} lang
 */
const isQuestion = (line, lang) => ASKS.test(line) || (lang !== "ja" && ASKS_IN_ENGLISH.test(line));

/**
 * As a reader would write it: phrasings come without capitals and question marks.
 * @param {string} line
 * @param {string} lang
 */
function written(line, lang) {
  const bare = line.replace(/[?？。]$/, "");
  return lang === "ja" ? `${bare}？` : `${bare.charAt(0).toUpperCase()}${bare.slice(1)}?`;
}
