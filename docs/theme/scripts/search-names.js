// How well a query names a section: its title, its address, or a question that its author expects. A page that is called
// what was typed comes before pages that mention it.

import { singular, weigh } from "./search-rank.js";
import { locate } from "./words.js";

/**
 * @typedef {import("./search-rank.js").Index} Index
 * @typedef {{ words: Map<string, { word: string, as: string }>, weight: number }} Name words in the singular, as they are
 *   in the index and as they are written; and what the name counts
 */

const NUMBER = 0.7; // a word in the other number, of the same word: windows may be no window
const SHARP = 2; // names that share half of their words with the query say little

/**
 * @param {string} text
 * @param {number} weight
 * @returns {Name}
 */
export const name = (text, weight) => ({ words: written(text), weight });

/**
 * @param {string} text
 * @returns {Name["words"]}
 */
const written = (text) =>
  new Map(locate(text).map(({ word, start, end }) => [singular(word), { word, as: text.slice(start, end) }]));

/**
 * From 0 to 1: the share of words that the best of `names` and the query have in common, rare ones counting more.
 * @param {Index} index
 * @param {string} query
 * @returns {(names: Name[]) => number}
 */
export function naming(index, query) {
  const asked = written(query);
  /** @param {Name["words"]} words */
  const sum = (words) => [...words.values()].reduce((total, { word, as }) => total + weigh(index, word, as), 0);
  const whole = sum(asked);
  return (names) =>
    Math.max(
      0,
      ...names.map(({ words, weight }) => {
        let shared = 0;
        for (const [key, { word, as }] of words) {
          const typed = asked.get(key)?.word;
          if (typed) shared += (typed === word ? 1 : NUMBER) * weigh(index, word, as);
        }
        return shared ? weight * ((2 * shared) / (whole + sum(words))) ** SHARP : 0;
      }),
    );
}
