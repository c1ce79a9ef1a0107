import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./page.js";

open("");
const { starters } = await import("../../docs/theme/scripts/starters.js");

const EXAMPLES = { examples: ["First example?", "Second example?"] };
const heading = (id, text, comment = "") => `<h2 id="${id}">${text}</h2>${comment && `<!-- ask\n${comment}\n-->`}`;

/** What a page offers. */
const offered = (html, lang = "en") => starters(open(html, { lang }), EXAMPLES);

test("headings that are questions come first, then the first wording of other sections that is one", () => {
  const html = [
    heading("a", "Limits", "list of limits\nwhich limits are there\nhow many pods"),
    heading("b", "Can I upgrade?", "is an upgrade possible"),
  ].join("");
  assert.deepEqual(offered(html), ["Can I upgrade?", "Which limits are there?"]);
});

test("wordings get the question mark that people leave out, in the language of the page", () => {
  const english = heading("a", "A", "does it work") + heading("b", "B", "Is it fast?");
  assert.deepEqual(offered(english), ["Does it work?", "Is it fast?"]);
  const japanese = heading("a", "制限", "制限はありますか") + heading("b", "速さ", "速いですか。");
  assert.deepEqual(offered(japanese, "ja"), ["制限はありますか？", "速いですか？"]);
});

test("English words for asking make no question on a Japanese page", () => {
  assert.deepEqual(offered(heading("a", "上限", "can overlay"), "ja"), EXAMPLES.examples);
});

test("a page with hardly any question offers the examples, too, each once", () => {
  assert.deepEqual(offered(heading("a", "First example?")), ["First example?", "Second example?"]);
  assert.deepEqual(offered(heading("a", "Plain")), EXAMPLES.examples);
});

test("at most four are offered", () => {
  const html = ["One", "Two", "Three", "Four", "Five"].map((text, at) => heading(`h${at}`, `${text}?`)).join("");
  assert.deepEqual(offered(html), ["One?", "Two?", "Three?", "Four?"]);
});

test("topics that are not covered and headings without an id are not offered", () => {
  const html = '<h2 id="a" class="not-covered">Price?</h2><h2>No id?</h2><h2 id="b" data-search-exclude>See also?</h2>';
  assert.deepEqual(offered(html), EXAMPLES.examples);
});
