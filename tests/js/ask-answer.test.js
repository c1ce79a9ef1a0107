import assert from "node:assert/strict";
import { test } from "node:test";

import { json } from "./files.js";
import { open } from "./page.js";

const { location } = open("").defaultView;
globalThis.location = location; // where a path of an answer leads
const { show } = await import("../../docs/theme/scripts/ask-answer.js");

const AGED = { why: "changed", since: "2026-01-02", source: "A <b>manual</b>", url: "https://example.com/manual" };
const cited = (n, more) => ({ n, section: "a", lang: "en", title: `Title ${n}`, path: [], url: "/a/", quote: "Pots hold 5.", blocks: [], ...more });
const answer = (...citations) => ({ lang: "en", status: "answered", answer: "Pots hold 5.", citations, rules: [], suggestions: [], checks: [] });

/** Each source's lines: those of its own, not those of its quote. */
function sources(words, given) {
  const shown = show(given, words, () => {}, () => {}).find(({ className }) => className === "kb-answer__sources");
  return [...shown.querySelectorAll("li")].map((row) => [...row.children].filter(({ tagName }) => tagName !== "DETAILS").map((part) => part.textContent));
}

for (const lang of ["ja", "en"])
  test(`a source that may be out of date says so below its title, and no other one (${lang})`, async () => {
    const words = await json(`docs/theme/assets/words/${lang}.json`);
    const line = words.stale.changed.replace("{source}", AGED.source).replace("{since}", AGED.since);
    assert.deepEqual(sources(words, answer(cited(1), cited(2, { stale: AGED }))), [["Title 1"], ["Title 2", line]]);
  });
