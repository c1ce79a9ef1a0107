// Without the service: the same sections, found in the browser by the rules of the search box.

import { home, root } from "./ask-api.js";

const [SETUP, QUERY, RESULT] = [0, 2, 3]; // messages of search-worker.js
const MOST = 4;

let ready; // {worker, titles}, made on first use

async function start() {
  const response = await fetch(new URL("search/search_index.json", home));
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  const { docs } = await response.json();
  const worker = new Worker(new URL("search-worker.js", import.meta.url));
  worker.postMessage({ type: SETUP, data: { docs, options: {} } });
  return { worker, titles: new Map(docs.map(({ location, title }) => [location, plain(title)])) };
}

// The index has HTML; what is parsed this way runs nothing and loads nothing.
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

// Sections for `question`, in the form of an Answer of the service; its status is "offline". Rejects if there is no index.
export async function find(question, lang) {
  ready ??= start().catch((error) => {
    ready = undefined;
    throw error;
  });
  const { worker, titles } = await ready;
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
    title: titles.get(location),
    url: new URL(location, home).href.slice(root.href.length),
    quote: plain(text.replaceAll("</p>", "\n</p>")),
    translation_url: null,
  }));
  return { question, lang, status: "offline", answer: "", citations, rules: [], suggestions: [], runners_up: [] };
}
