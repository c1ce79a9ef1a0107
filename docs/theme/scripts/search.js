// The sections of a site, searched: hits grouped by page, as Material's result list draws them.

import { find, marked, plain, teaser } from "./search-marks.js";
import { name, naming } from "./search-names.js";
import { build, completions, rank } from "./search-rank.js";
import { speller } from "./search-spelling.js";
import { renamer } from "./search-synonyms.js";

/**
 * @typedef {import("./types.d.ts").Doc} Doc
 * @typedef {import("./types.d.ts").Item} Item
 * @typedef {{ doc: Doc, page: number, title: string, text: string, asked: string,
 *   names: import("./search-names.js").Name[] }} Section
 */

const WEAKEST = 0.2; // hits below this share of the best one's score are chance
const MOST = 40;
const SCALE = 100; // Material rounds scores to two digits
const NAMED = 1; // what a section's name counts, of the best score that words may have
const GLOSSARY = 0.5; // it mentions everything
const RENAMED = 0.85; // what is found by another name of what was typed
const AGREED = 1.6; // an address that the page's title repeats: the page is about it, whatever weight it asks for
const ID = 0.8; // the id of a section, of a name: who writes it does not think of readers
const ASKED = 0.7; // a question that the author expects, of a name
const ENDING = /(?<=.{3})(とは|って|は)?[\s?]*$/u; // how a question about a thing ends, which is no part of it

/**
 * A function from what was typed to its results. `suggest`: complete the word that is being typed.
 * @param {Doc[]} docs
 * @param {unknown} [suggest]
 * @returns {(typed: string) => import("./types.d.ts").Results}
 */
export function searcher(docs, suggest) {
  const sections = read(docs);
  const index = build(
    sections.map(({ title, text, asked, page }, number) => ({
      title,
      text: `${text}\n${asked}`,
      page: page === number ? "" : sections[page].title,
    })),
  );
  const rename = renamer(docs.flatMap(({ synonyms = [] }) => synonyms));
  // A glossary also lists how words are misspelt.
  const spelt = sections.filter(({ doc }) => !doc.synonyms);
  const respell = speller(spelt.flatMap(({ title, text, asked }) => [title, text, asked]));

  return (typed) => {
    // Pages may ask for less or more weight: `search: {boost: 0.5}` in their front matter.
    const written = typed.normalize("NFKC").replace(ENDING, "");
    const queries = new Set(rename(written).map(respell));
    const query = [...queries].join(" ");
    /** @type {Set<string>} */
    const wanted = new Set();
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [place, each] of [...queries].entries()) {
      const ranked = rank(index, each);
      const named = naming(index, each);
      for (const word of ranked.wanted) wanted.add(word);
      for (const { number, score } of ranked.hits) {
        const { doc, names } = sections[number];
        const fused = score * (doc.boost ?? (doc.synonyms ? GLOSSARY : 1)) + NAMED * ranked.best * named(names);
        const share = ((place ? RENAMED : 1) * fused) / ranked.best;
        scores.set(number, Math.max(scores.get(number) ?? 0, share));
      }
    }
    const scored = [...scores].map(([number, score]) => ({ number, score: SCALE * score }));
    scored.sort((a, b) => b.score - a.score || a.number - b.number);
    /** @type {Map<number, Item[]>} */
    const groups = new Map();
    for (const { number, score } of scored.filter((hit) => hit.score >= WEAKEST * scored[0].score).slice(0, MOST)) {
      const section = sections[number];
      const hit = shown(section, score, wanted, query);
      if (!Object.keys(hit.terms).length && !find(section.asked, wanted, query).length) continue;
      groups.set(section.page, [...(groups.get(section.page) ?? []), hit]);
    }
    // Each group holds its page, even if only a section of it was found.
    for (const [page, items] of groups) {
      const { doc } = sections[page];
      if (!items.some((hit) => hit.location === doc.location)) items.push({ ...doc, score: 0, terms: {} });
    }
    return { items: [...groups.values()], ...(suggest ? { suggest: suggestion(written) } : {}) };
  };

  /**
   * The commonest completion of a Latin word being typed.
   * @param {string} query
   */
  function suggestion(query) {
    /** @param {string} word */
    const spread = (word) => index.postings.get(word)?.size ?? 0;
    const longer = completions(index, query).filter((word) => /^[a-z]+$/.test(word));
    return longer.sort((a, b) => spread(b) - spread(a)).slice(0, 1);
  }
}

/**
 * As plain text, each with the number of its page's section. A page comes before its sections.
 * @param {Doc[]} docs
 * @returns {Section[]}
 */
function read(docs) {
  /** @type {Map<string, number>} */
  const pages = new Map();
  return docs.map((doc, number) => {
    const [location] = doc.location.split("#");
    const page = pages.get(location) ?? number;
    pages.set(location, page);
    // The author's alternative phrasings are searched but not shown; `kb site` adds them, MkDocs alone does not.
    const { phrasings = [], boost = 1 } = doc;
    const title = plain(doc.title);
    const address = doc.location.split(/[/#]+/).findLast(Boolean)?.replaceAll("-", " ") ?? "";
    const called = doc.location.includes("#") ? ID : title.toLowerCase().includes(address) ? AGREED : 1;
    const names = [name(title, 1), name(address, called), ...phrasings.map((question) => name(question, ASKED * boost))];
    return { doc, page, title, text: plain(doc.text), asked: [address, ...phrasings].join("\n"), names };
  });
}

/**
 * `terms` are the stretches found, longest first: Material marks them again on the page that the reader opens.
 * @param {Section} section
 * @param {number} score
 * @param {Set<string>} wanted
 * @param {string} query
 * @returns {Item}
 */
function shown({ doc, title, text }, score, wanted, query) {
  const inTitle = find(title, wanted, query);
  const inText = find(text, wanted, query);
  /** @param {string} from */
  const cut = (from) => (/** @type {[number, number]} */ [start, end]) => from.slice(start, end).toLowerCase();
  const terms = new Set([...inTitle.map(cut(title)), ...inText.map(cut(text))]);
  return {
    ...doc,
    title: marked(title, inTitle),
    text: teaser(text, wanted, query),
    score,
    terms: Object.fromEntries([...terms].sort((a, b) => b.length - a.length).map((term) => [term, true])),
  };
}
