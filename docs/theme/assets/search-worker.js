// In place of Material's search worker, whose index and query disagree about Japanese words. It speaks the same
// messages, so Material's own search box and result list stay: SETUP → READY, QUERY → RESULT.

import { searcher } from "../scripts/search.js";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];

let search = searcher([]);

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    search = searcher(data.docs, data.options.suggest);
    postMessage({ type: READY });
  } else if (type === QUERY) postMessage({ type: RESULT, data: search(data) });
});
