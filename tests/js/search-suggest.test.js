import assert from "node:assert/strict";
import { test } from "node:test";

import { suggester } from "../../docs/theme/scripts/search-suggest.js";
import { json } from "./files.js";

const DOCS = [
  { location: "faq/#berth", title: "Can a ship berth at night?", text: "", phrasings: ["night berthing", "is the pier lit after sunset"] },
  { location: "pier/#lamps", title: "Lamps", text: "", phrasings: ["how many lamps has the pier", "pier lamps"] },
  { location: "pier/#fees", title: "Fees", text: "", phrasings: ["what does a berth cost"], covered: false },
  { location: "pier/#read", title: "What is read", text: "" },
  { location: "crane/#lift", title: "クレーン", text: "", phrasings: ["クレーンは何トンまで持ち上げられますか", "クレーン 重さ"] },
  { location: "words/", title: "Words", text: "", synonyms: [["pier", "桟橋", "quay"]] },
];
const { page: english } = await json("docs/theme/assets/words/en.json");
const { page: japanese } = await json("docs/theme/assets/words/ja.json");
const asked = new RegExp(english.is_question, "iu");
const suggested = suggester(DOCS, asked);

test("of a section whose heading is a question the heading is suggested, however it was asked", () => {
  assert.deepEqual(suggested("berth"), ["Can a ship berth at night?"]);
  assert.deepEqual(suggested("lit sunset"), ["Can a ship berth at night?"]);
});

test("an author's question is suggested as a sentence, other wordings are not", () => {
  assert.deepEqual(suggested("lamps"), ["How many lamps has the pier?"]);
});

test("slips and other names are forgiven here, too", () => {
  for (const typed of ["lmaps", "quay lamps", "ＬＡＭＰＳ"]) assert.deepEqual(suggested(typed), ["How many lamps has the pier?"], typed);
});

test("questions that the site does not answer, headings that are none and far ones are not suggested", () => {
  for (const typed of ["cost", "what is read", "xyzzy", "b", ""]) assert.deepEqual(suggested(typed), [], typed);
});

test("a question that has been typed is not suggested again", () => {
  assert.deepEqual(suggested("Can a ship berth at night?"), []);
});

test("a Japanese question gets its mark", () => {
  const suggest = suggester(DOCS, new RegExp(japanese.is_question, "iu"));
  assert.deepEqual(suggest("くれーん"), ["クレーンは何トンまで持ち上げられますか？"]);
});

const QUESTIONS = ["can I upgrade", "Which CNI is best", "kubenet?", "is it safe to move", "how do I start"];
const WORDS = ["upgrade", "subnet size", "how to", "is", "cannot connect pods", "why"];
const ASKED = ["kubenet は使えますか", "どれですか？", "kubenet?", "移行できるか", "アップグレードしましたか。", "how do I start"];
const NAMED = ["アップグレード", "サブネットのサイズ", "なか", "移行するかどうか", "CNI とは", "確か", "how to"];

test("a whole question is known from words, in both languages", () => {
  for (const [{ is_question: pattern }, whole, parts] of [
    [english, QUESTIONS, WORDS],
    [japanese, ASKED, NAMED],
  ]) {
    const isQuestion = new RegExp(pattern, "iu");
    assert.deepEqual([...whole, ...parts].filter((text) => isQuestion.test(text)), whole);
  }
});
