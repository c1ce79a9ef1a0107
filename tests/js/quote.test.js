import assert from "node:assert/strict";
import { test } from "node:test";

import { fragment, places } from "../../docs/theme/scripts/quote-words.js";
import { open } from "./page.js";

open("");
const { find } = await import("../../docs/theme/scripts/quote-marks.js");

const words = (text) => decodeURIComponent(text.replace(":~:text=", ""));

test("a short quote is its own fragment", () => {
  assert.equal(words(fragment("An upgrade is possible.")), "An upgrade is possible.");
});

test("dashes and commas are encoded, because they mean something in a fragment", () => {
  assert.equal(fragment("pre-check, then & go"), ":~:text=pre%2Dcheck%2C%20then%20%26%20go");
});

test("of several blocks the first that tells is taken, of short ones the longest", () => {
  assert.equal(words(fragment("Yes.\nThis is a sentence long enough to tell.\nAnother such sentence is here.")), "This is a sentence long enough to tell.");
  assert.equal(words(fragment("Plugin\tSupported\nkubenet\tNo")), "Supported");
});

test("kana and ideographs tell twice as much", () => {
  assert.equal(words(fragment("短い。\nオーバーレイへ移行できます。")), "オーバーレイへ移行できます。");
});

test("of a long block both ends stand for it", () => {
  const long = `It begins with this sentence here. ${"Much more is said in between. ".repeat(12)}It ends with this sentence here.`;
  assert.equal(fragment(long), ":~:text=It%20begins%20with%20this%20sentence%20here.,It%20ends%20with%20this%20sentence%20here.");
});

test("nothing but white space has no fragment", () => {
  assert.equal(fragment(" \n\t"), "");
});

test("words are found across pieces, whatever the white space between", () => {
  assert.deepEqual(places(["One ", "two\n", "  three four"], "two three"), [
    { piece: 1, start: 0, end: 3 },
    { piece: 2, start: 2, end: 7 },
  ]);
});

test("the first place wins, and what is not there has none", () => {
  assert.deepEqual(places(["again", "again"], "again"), [{ piece: 0, start: 0, end: 5 }]);
  assert.deepEqual(places(["some text"], "other"), []);
  assert.deepEqual(places(["some text"], "  "), []);
});

test("on a page the words below the heading are found, without buttons between them", () => {
  const page = open(`
    <p>No. It fails.</p>
    <h2 id="a">No. It fails.</h2>
    <p>Some text. No.<button>Ask</button> <b>It</b> fails. More.</p>
  `);
  const ranges = find("No. It fails.", page.body, page.getElementById("a"));
  assert.deepEqual(ranges.map(String), ["No.", "It", "fails."]);
  assert.ok(ranges.every((range) => range.startContainer.parentElement.closest("p") === page.querySelector("h2 + p")));
});

test("without a heading the whole page is looked through", () => {
  const page = open("<p>No. It fails.</p>");
  assert.deepEqual(find("It fails.", page.body, null).map(String), ["It fails."]);
});
