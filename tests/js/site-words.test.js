import assert from "node:assert/strict";
import { test } from "node:test";

import { json } from "./files.js";

/** Every key and the placeholders of its text. */
const shape = (words, path = "") =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}${key} ${value.match(/\{\w+\}/g) ?? ""}`] : shape(value, `${path}${key}.`),
  );

test("both languages have the same words, with the same places to fill in", async () => {
  const english = shape(await json("docs/theme/assets/words/en.json"));
  assert.deepEqual(shape(await json("docs/theme/assets/words/ja.json")).sort(), english.sort());
  assert.ok(english.includes("wait {n}"));
});
