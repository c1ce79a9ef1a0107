// Without the service: the same sections, found in the browser by the rules of the search box.

import { home, root } from "./ask-api.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Doc} Doc
 * @typedef {import("./types.d.ts").Results} Results
 * @typedef {(query: string) => Promise<Results> | Results} Search
 */

const MOST = 4;

/**
 * The HTML of the index; what is parsed this way runs nothing and loads nothing.
 * @param {string} html
 */
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

/**
 * What finds sections for a question, in the form of an Answer of the service. It rejects if there is no index.
 * @param {(docs: Doc[]) => Search} searcher made on first use, over the published index
 */
export function offline(searcher) {
  /** @type {Promise<{ search: Search, titles: Map<string, string> }> | undefined} */
  let ready;

  async function start() {
    const response = await fetch(new URL("search/search_index.json", home));
    if (!response.ok) throw new Error(`search index: ${response.status}`);
    /** @type {{ docs: Doc[] }} */
    const { docs } = await response.json();
    return { search: searcher(docs), titles: new Map(docs.map(({ location, title }) => [location, plain(title)])) };
  }

  return find;

  /**
   * @param {string} question
   * @param {string} lang
   * @returns {Promise<Answer>}
   */
  async function find(question, lang) {
    ready ??= start().catch((error) => {
      ready = undefined;
      throw error;
    });
    const { search, titles } = await ready;
    const { items } = await search(`${question} `); // the space: nothing is being typed any more
    const hits = items.flat().filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
    const citations = hits.slice(0, MOST).map(({ location, text }, place) => ({
      n: place + 1,
      section: location.replace("/#", "#"),
      lang,
      title: titles.get(location) ?? "",
      url: below(new URL(location, home).href),
      quote: plain(text.replaceAll("</p>", "\n</p>")),
      translation_url: null,
    }));
    return { question, lang, status: "offline", answer: "", citations, rules: [], suggestions: [], runners_up: [] };
  }
}

/**
 * A path of the site, as the service would say it.
 * @param {string} url
 */
const below = (url) => (url.startsWith(root.href) ? url.slice(root.href.length) : url);
