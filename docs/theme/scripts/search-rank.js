// BM25 over the words of words.js: every word may be missing (questions carry particles), but covering more of the
// query counts, a word in a title counts more, and the last word may still be being typed.

import { locate, words as split } from "./words.js";

/** @typedef {{ postings: Map<string, Map<number, number>>, norms: number[] }} Index word → section → weighted count */

const TITLE = 3; // one occurrence in the section's title counts as this many in its text
const PAGE = 0.5; // and one in the title of its page
const K1 = 1.2;
const B = 0.6;
const TYPED = 0.8; // a word that only begins with what was typed, or is its plural or singular
const PAIR = 0.4; // a word of four kana is three pairs, so a pair weighs less than a Latin word,
const HIRAGANA_PAIR = 0.25; // and one with a particle or an ending still less
const COVERED = 0.5; // share of the score that depends on how much of the query was found

// Words that say nothing about the subject; they rank (a FAQ title has them) but cannot make a hit.
const EMPTY = new Set(
  (
    "a about after an and any are as at be before but by can could did do does for from had has have how i if in into " +
    "is it its may me my no not of on one or our should so than that the their them then there these they this to us " +
    "use was we what when where which while who why will with would you your"
  ).split(" "),
);

/**
 * The index that rank() reads, over sections as plain text; `page` is the title of a section's page.
 * @param {{ title: string, text: string, page: string }[]} sections
 * @returns {Index}
 */
export function build(sections) {
  /** @type {Index["postings"]} */
  const postings = new Map();
  const lengths = sections.map(({ title, text, page }, number) => {
    /**
     * @param {string} written
     * @param {number} weight
     */
    const add = (written, weight) => {
      const words = split(written);
      for (const word of words) {
        const counts = postings.get(word) ?? new Map();
        counts.set(number, (counts.get(number) ?? 0) + weight);
        postings.set(word, counts);
      }
      return words.length;
    };
    add(page, PAGE);
    return add(title, TITLE) + add(text, 1);
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1);
  return { postings, norms: lengths.map((length) => K1 * (1 - B + (B * length) / (mean || 1))) };
}

/**
 * Words of the index that begin with the last word of the query, unless a space after it says that it is complete.
 * @param {Index} index
 * @param {string} query
 */
export function completions({ postings }, query) {
  const last = split(query).at(-1);
  if (!last || /\s$/.test(query) || EMPTY.has(last)) return [];
  return [...postings.keys()].filter((word) => word.startsWith(last) && word !== last);
}

/**
 * By how a word is written.
 * @param {string} written
 * @param {number} hiragana what a pair with hiragana weighs
 */
const weight = (written, hiragana) =>
  /[\u3041-\u309f]/.test(written) ? hiragana : /^[\u3005-\u9fff]+$/.test(written) ? PAIR : 1;

/**
 * What it tells that a word is there which `size` sections have.
 * @param {Index} index
 * @param {number} size
 */
const rarity = ({ norms }, size) => Math.log(1 + (norms.length - size + 0.5) / (size + 0.5));

/**
 * What a word of a name tells: there a particle counts as any pair, because a name with more of them says more.
 * @param {Index} index
 * @param {string} word
 * @param {string} written
 */
export const weigh = (index, word, written) =>
  weight(written, PAIR) * rarity(index, index.postings.get(word)?.size ?? 0);

/**
 * `subnets` as `subnet`; other words as they are.
 * @param {string} word
 */
export const singular = (word) => (/^[a-z]{2,}[^\Ws]s$/.test(word) ? word.slice(0, -1) : word);

/**
 * The other number of an English word, if the index has it.
 * @param {Index} index
 * @param {string} word
 */
const inOtherNumber = ({ postings }, word) =>
  [singular(word), `${word}s`].filter((other) => other !== word && /^[a-z]+$/.test(other) && postings.has(other));

/**
 * Hits in no order, the score that no hit exceeds, and the words to look for in a hit's text.
 * @param {Index} index
 * @param {string} query
 */
export function rank(index, query) {
  const asked = new Map(locate(query).map(({ word, start, end }) => [word, query.slice(start, end)]));
  const words = [...asked.keys()];
  const last = split(query).at(-1);
  const longer = completions(index, query);
  /** @type {Map<number, { score: number, covered: number }>} */
  const scores = new Map();
  /** @type {string[]} */
  const forms = [];
  let total = 0;
  for (const word of words) {
    const counts = new Map(index.postings.get(word));
    const others = EMPTY.has(word) ? [] : inOtherNumber(index, word); // "is" is not the plural of "i"
    for (const other of word === last ? [...others, ...longer] : others) {
      forms.push(other);
      for (const [number, count] of index.postings.get(other) ?? [])
        counts.set(number, Math.max(counts.get(number) ?? 0, TYPED * count));
    }
    const idf = weight(asked.get(word) ?? "", HIRAGANA_PAIR) * rarity(index, counts.size);
    total += idf;
    for (const [number, count] of counts) {
      const hit = scores.get(number) ?? { score: 0, covered: 0 };
      hit.score += (idf * count * (K1 + 1)) / (count + index.norms[number]);
      hit.covered += idf;
      scores.set(number, hit);
    }
  }
  const hits = [...scores].map(([number, { score, covered }]) => ({
    number,
    score: score * (1 - COVERED + (COVERED * covered) / total),
  }));
  const subject = words.filter((word) => !EMPTY.has(word));
  return { hits, best: total * (K1 + 1), wanted: new Set([...(subject.length ? subject : words), ...forms]) };
}
