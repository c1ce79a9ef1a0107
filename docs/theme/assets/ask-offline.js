// Without the service: the same sections, found in the browser by the rules of the search box.

import { asset, home, root } from "../scripts/ask-api.js";

/**
 * @typedef {import("../scripts/types.d.ts").Answer} Answer
 * @typedef {import("../scripts/types.d.ts").Doc} Doc
 * @typedef {import("../scripts/types.d.ts").Results} Results
 * @typedef {{ worker: Worker, titles: Map<string, string> }} Search
 */

const [SETUP, QUERY, RESULT] = [0, 2, 3]; // messages of search-worker.js
const MOST = 4;

/** @type {Promise<Search> | undefined} */
let ready; // on first use

/** @returns {Promise<Search>} */
async function start() {
  const response = await fetch(new URL("search/search_index.json", home));
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  /** @type {{ docs: Doc[] }} */
  const { docs } = await response.json();
  const worker = new Worker(asset("search-worker.js"));
  worker.postMessage({ type: SETUP, data: { docs, options: {} } });
  return { worker, titles: new Map(docs.map(({ location, title }) => [location, plain(title)])) };
}

/**
 * The index has HTML; what is parsed this way runs nothing and loads nothing.
 * @param {string} html
 */
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

/**
 * Sections for `question`, in the form of an Answer of the service. Rejects if there is no index.
 * @param {string} question
 * @param {string} lang
 * @returns {Promise<Answer>}
 */
export async function find(question, lang) {
  ready ??= start().catch((error) => {
    ready = undefined;
    throw error;
  });
  const { worker, titles } = await ready;
  /** @type {Results} */
  const { items } = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => data.type === RESULT && resolve(data.data);
    worker.onerror = reject;
    worker.postMessage({ type: QUERY, data: `${question} ` }); // the space: nothing is being typed any more
  });
  const hits = items.flat().filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const citations = hits.slice(0, MOST).map(({ location, text }, place) => ({
    n: place + 1,
    section: location.replace("/#", "#"),
    lang,
    title: titles.get(location) ?? "",
    url: new URL(location, home).href.slice(root.href.length),
    quote: plain(text.replaceAll("</p>", "\n</p>")),
    translation_url: null,
  }));
  return { question, lang, status: "offline", answer: "", citations, rules: [], suggestions: [], runners_up: [] };
}
