// Of the questions that a site answers, those that are near to what is being typed.

import { find, plain } from "./search-marks.js";
import { build, rank } from "./search-rank.js";
import { speller } from "./search-spelling.js";
import { renamer } from "./search-synonyms.js";

const MARK = /[?？]$/;
const TITLED = 1.3; // what a heading counts: it is written for readers
const MOST = 3;
const SHORTEST = 2; // characters typed
const NEAR = 0.4; // of the best score that a question could have

/**
 * @param {import("./types.d.ts").Doc[]} docs
 * @param {RegExp} isQuestion
 * @returns {(typed: string) => string[]}
 */
export function suggester(docs, isQuestion) {
  const asked = docs
    .filter(({ covered = true }) => covered)
    .flatMap(({ title, phrasings = [] }, section) => {
      const heading = plain(title);
      const titled = MARK.test(heading); // "What is read" is no question
      const wordings = phrasings.filter((text) => titled || isQuestion.test(text));
      return [
        ...(titled ? [{ text: heading, shown: heading, section, weight: TITLED }] : []),
        ...wordings.map((text) => ({ text, shown: titled ? heading : sentence(text, isQuestion), section, weight: 1 })),
      ];
    });
  const index = build(asked.map(({ text }) => ({ title: text, text: "", page: "" })));
  const respell = speller(asked.map(({ text }) => text));
  const rename = renamer(docs.flatMap(({ synonyms = [] }) => synonyms));

  return (typed) => {
    if (typed.length < SHORTEST) return [];
    /** @type {Map<number, { shown: string, score: number }>} */
    const best = new Map(); // of each section one question
    for (const written of rename(typed.normalize("NFKC"))) {
      const query = respell(written);
      const { hits, best: most, wanted } = rank(index, query);
      for (const { number, score } of hits) {
        const { text, shown, section, weight } = asked[number];
        const share = (weight * score) / most;
        if (share < NEAR || share <= (best.get(section)?.score ?? 0) || !find(text, wanted, query).length) continue;
        best.set(section, { shown, score: share });
      }
    }
    const nearest = [...best.values()].sort((a, b) => b.score - a.score);
    return [...new Set(nearest.map(({ shown }) => shown))].filter((text) => text !== typed).slice(0, MOST);
  };
}

/**
 * Authors write some questions as users type them.
 * @param {string} question
 * @param {RegExp} isQuestion
 */
function sentence(question, isQuestion) {
  const open = question.replace(MARK, "");
  const begun = isQuestion.test(open) ? open[0].toUpperCase() + open.slice(1) : open; // a term keeps its small letter
  return `${begun}${/[ -~]$/.test(open) ? "?" : "？"}`;
}
