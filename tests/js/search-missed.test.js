import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { open } from "./page.js";

const NONE = "No matching documents";
const CONFIG = JSON.stringify({ base: "..", translations: { "search.result.none": NONE } });
const BOX = `<input><div><div class="md-search-result__meta">Type to start searching</div><ol></ol></div>`;
const page = open(`<script id="__config" type="application/json">${CONFIG}</script><main></main>`);
const { defaultView: view } = page;
globalThis.location = view.location;
globalThis.MutationObserver = view.MutationObserver;
mock.timers.enable({ apis: ["setTimeout"] });
view.setTimeout = globalThis.setTimeout;
const { watch } = await import("../../docs/theme/scripts/search-missed.js");

/** A search box that is watched; `asked` are the requests of the page, to a service with this reply at api/site. */
function box(reply = { ok: true, json: async () => ({ keeps_searches: true }) }) {
  page.querySelector("main").replaceChildren(page.createRange().createContextualFragment(BOX));
  const [query, results] = ["main input", "main ol"].map((each) => page.querySelector(each));
  const asked = [];
  globalThis.fetch = async (url, { body } = {}) => {
    asked.push(body ? [url.pathname, JSON.parse(body)] : [url.pathname]);
    if (!body && reply instanceof Error) throw reply;
    return reply;
  };
  watch(query, results);
  const type = (typed) => {
    query.value = typed;
    query.dispatchEvent(new view.Event("input"));
  };
  /** What Material says once the hits are there. */
  const answer = async (said = NONE) => {
    page.querySelector(".md-search-result__meta").textContent = said;
    await settled();
  };
  const search = async (typed, said) => {
    type(typed);
    await answer(said);
    await pause();
  };
  return { query, asked, type, answer, search };
}

const settled = () => new Promise(setImmediate);

async function pause(time = 1500) {
  mock.timers.tick(time);
  await settled();
}

const SITE = ["/en/api/site"];
const kept = (words) => ["/en/api/searches", { words, lang: "en" }];

test("words without a hit are told to a service that keeps them, each wording once", async () => {
  const { asked, search } = box();
  await search(" Flamingo  gateway ");
  assert.deepEqual(asked, [SITE, kept("Flamingo  gateway")]);
  await search("flamingo gateway");
  await search("フラミンゴ");
  assert.deepEqual(asked.slice(2), [kept("フラミンゴ")]);
});

test("only after a pause, and only what is typed by then", async () => {
  const { asked, type, answer } = box();
  type("flam");
  await answer();
  await pause(1499);
  type("flamingo");
  await answer();
  await pause(1499);
  assert.deepEqual(asked, []);
  await pause(1);
  assert.deepEqual(asked, [SITE, kept("flamingo")]);
});

test("a search with hits, or whose hits are not there yet, asks nothing", async () => {
  const { asked, type, answer, search } = box();
  await search("subnet", "3 matching documents");
  await search("");
  type("flamingo");
  await pause();
  assert.deepEqual(asked, []);
  await answer("1 matching document");
  await pause();
  assert.deepEqual(asked, []);
});

test("what was said of other words is not taken for these", async () => {
  const { asked, search, type, answer } = box();
  await search("flamingo");
  type("subnet");
  await pause();
  await answer("3 matching documents");
  await pause();
  assert.deepEqual(asked, [SITE, kept("flamingo")]);
});

test("from 2 characters to 200", async () => {
  const { asked, search } = box();
  for (const words of ["x", " x ", "🦩", "x".repeat(201)]) await search(words);
  assert.deepEqual(asked, []);
  for (const words of ["鳥類", "🦩".repeat(200)]) await search(words);
  assert.deepEqual(asked, [SITE, kept("鳥類"), kept("🦩".repeat(200))]);
});

test("an unfinished composition is not told", async () => {
  const { query, asked, type, answer } = box();
  query.dispatchEvent(new view.Event("compositionstart"));
  type("ふらみんｇ");
  await answer();
  await pause(60_000);
  assert.deepEqual(asked, []);
  type("フラミンゴ");
  query.dispatchEvent(new view.Event("compositionend"));
  await answer();
  await pause();
  assert.deepEqual(asked, [SITE, kept("フラミンゴ")]);
});

const WITHOUT = {
  "that keeps none": { ok: true, json: async () => ({ keeps_searches: false }) },
  "of an earlier version": { ok: true, json: async () => ({ url: "/" }) },
  "that is none but files": { ok: false, json: async () => ({}) },
  "that answers with a page": { ok: true, json: async () => JSON.parse("<html>") },
  "that is away": new TypeError("Failed to fetch"),
};
for (const [name, reply] of Object.entries(WITHOUT)) {
  test(`a service ${name} is asked once and told nothing`, async () => {
    const { asked, search } = box(reply);
    await search("flamingo");
    await search("heron");
    assert.deepEqual(asked, [SITE]);
  });
}
