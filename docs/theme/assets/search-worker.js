// In place of Material's search worker, whose index and query disagree about Japanese words. It speaks the same
// messages, so Material's own search box and result list stay: SETUP → READY, QUERY → RESULT.

"use strict";

importScripts("words.js", "search-rank.js", "search-marks.js");

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const WEAKEST = 0.2; // hits below this share of the best one's score are chance
const MOST = 40;

let sections = []; // {doc, page: number of its page's section, title, text, asked}: plain text
let index;
let suggest;

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    setup(data);
    postMessage({ type: READY });
  } else if (type === QUERY) postMessage({ type: RESULT, data: search(data) });
});

function setup({ docs, options }) {
  suggest = options.suggest;
  const pages = new Map(); // a page comes before its sections
  sections = docs.map((doc, number) => {
    const [location] = doc.location.split("#");
    if (!pages.has(location)) pages.set(location, number);
    // The author's alternative phrasings are searched but not shown; `kb site` adds them, MkDocs alone does not.
    const asked = (doc.phrasings ?? []).join("\n");
    return { doc, page: pages.get(location), title: kbMarks.plain(doc.title), text: kbMarks.plain(doc.text), asked };
  });
  index = kbRank.build(
    sections.map(({ title, text, asked, page }, number) => ({
      title,
      text: `${text}\n${asked}`,
      page: page === number ? "" : sections[page].title,
    })),
  );
}

// Hits grouped by page; each group holds its page, even if only a section of it was found.
function search(typed) {
  const query = typed.normalize("NFKC");
  const { hits: all, wanted } = kbRank.rank(index, query);
  // Pages may ask for less or more weight: `search: {boost: 0.5}` in their front matter.
  const hits = all.map((hit) => ({ ...hit, score: hit.score * (sections[hit.number].doc.boost ?? 1) }));
  hits.sort((a, b) => b.score - a.score || a.number - b.number);
  const groups = new Map();
  for (const { number, score } of hits.filter(({ score }) => score >= WEAKEST * hits[0].score).slice(0, MOST)) {
    const section = sections[number];
    const item = shown(section, score, wanted, query);
    if (!Object.keys(item.terms).length && !kbMarks.find(section.asked, wanted, query).length) continue;
    const { page } = section;
    groups.set(page, [...(groups.get(page) ?? []), item]);
  }
  for (const [page, items] of groups) {
    const { doc } = sections[page];
    if (!items.some((item) => item.location === doc.location)) items.push({ ...doc, score: 0, terms: {} });
  }
  return { items: [...groups.values()], ...(suggest && { suggest: suggestion(query) }) };
}

// `terms` are the stretches found, longest first: Material marks them again on the page that the reader opens.
function shown({ doc, title, text }, score, wanted, query) {
  const inTitle = kbMarks.find(title, wanted, query);
  const inText = kbMarks.find(text, wanted, query);
  const cut = (from) => ([start, end]) => from.slice(start, end).toLowerCase();
  const found = new Set([...inTitle.map(cut(title)), ...inText.map(cut(text))]);
  return {
    ...doc,
    title: kbMarks.marked(title, inTitle),
    text: kbMarks.teaser(text, wanted, query),
    score,
    terms: Object.fromEntries([...found].sort((a, b) => b.length - a.length).map((term) => [term, true])),
  };
}

// The commonest completion of a Latin word being typed.
function suggestion(query) {
  const spread = (word) => index.postings.get(word).size;
  const longer = kbRank.completions(index, query).filter((word) => /^[a-z]+$/.test(word));
  return longer.sort((a, b) => spread(b) - spread(a)).slice(0, 1);
}
