// What the chat finds without the service, on this site: its search worker looks for it, in the background.

import { asset } from "../scripts/ask-api.js";
import { offline } from "../scripts/offline-search.js";

/** @typedef {import("../scripts/types.d.ts").Results} Results */

const [SETUP, QUERY, RESULT] = [0, 2, 3]; // messages of search-worker.js

export const find = offline((docs) => {
  const worker = new Worker(asset("search-worker.js"));
  worker.postMessage({ type: SETUP, data: { docs, options: {} } });
  return (query) =>
    new Promise((/** @type {(results: Results) => void} */ resolve, reject) => {
      worker.onmessage = ({ data }) => data.type === RESULT && resolve(data.data);
      worker.onerror = reject;
      worker.postMessage({ type: QUERY, data: query });
    });
});
