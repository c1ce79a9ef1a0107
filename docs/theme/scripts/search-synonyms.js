// The site's own glossary: who types another way of writing a term (AGC, クーベネット) searches for its main name, too.

import { normalise } from "./words.js";

const SCRIPTS = ["a-z0-9", "\\u30a1-\\u30fa\\u30fc", "\\u3005-\\u3007\\u4e00-\\u9fff"]; // in none of them a term ends inside a word

/**
 * The query as it is, and with the main names of these groups for all their other terms: one in each language, first in
 * its row of the glossary.
 * @param {string[][]} groups
 * @returns {(query: string) => string[]}
 */
export function renamer(groups) {
  const renames = [0, 1].map((place) => {
    /** @type {Map<string, string>} */
    const names = new Map();
    for (const group of groups)
      for (const term of group.map(normalise))
        if (term && !normalise(group[place]).includes(term) && !names.has(term)) names.set(term, group[place]);
    return renaming(names);
  });
  return (query) => [...new Set([query, ...renames.map((rename) => rename(query))])];
}

/**
 * @param {Map<string, string>} names by the terms that they take the place of
 * @returns {(query: string) => string}
 */
function renaming(names) {
  const terms = [...names.keys()].sort((a, b) => b.length - a.length).map(whole);
  if (!terms.length) return (query) => query;
  const any = new RegExp(terms.join("|"), "g");
  return (query) => {
    const plain = normalise(query);
    if (plain.length !== query.length) return query; // places would shift
    let renamed = "";
    let done = 0;
    for (const { 0: term, index } of plain.matchAll(any)) {
      renamed += query.slice(done, index) + names.get(term);
      done = index + term.length;
    }
    return renamed + query.slice(done);
  };
}

/**
 * A pattern of the term where no letter of its ends' scripts goes on.
 * @param {string} term
 */
function whole(term) {
  /** @param {string} letter */
  const script = (letter) => SCRIPTS.find((range) => new RegExp(`[${range}]`).test(letter)) ?? "\\0";
  const literal = term.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return `(?<![${script(term[0])}])${literal}(?![${script(term.at(-1) ?? "")}])`;
}
