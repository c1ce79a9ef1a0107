// The search without the service, in the page itself: a page may start no worker of another host.

import { offline } from "./offline-search.js";
import { searcher } from "./search.js";

export const find = offline((docs) => searcher(docs));
