import assert from "node:assert/strict";
import { test } from "node:test";

import { locate, words } from "../../docs/theme/scripts/words.js";
import { json } from "./files.js";

for (const { text, words: expected } of await json("tests/data/words.json"))
  test(`Python and the browser cut ${JSON.stringify(text).slice(0, 60)} into the same words`, () => {
    assert.deepEqual(words(text), expected);
  });

test("words have their places in the text as it is written, whatever normalising does to its length", () => {
  const text = "㍿ ｶﾞｲﾄﾞ /24";
  const written = locate(text).map(({ word, start, end }) => [word, text.slice(start, end)]);
  assert.deepEqual(written, [
    ["株式", "㍿"],
    ["式会", "㍿"],
    ["会社", "㍿"],
    ["ガイ", "ｶﾞｲ"],
    ["イド", "ｲﾄﾞ"],
    ["/24", "/24"],
  ]);
});

test("the parts of an identifier have the place of the whole", () => {
  const text = "see mcr.io/alb:1.7.9!";
  const places = new Set(locate(text).slice(1).map(({ start, end }) => text.slice(start, end)));
  assert.deepEqual([...places], ["mcr.io/alb:1.7.9"]);
});
