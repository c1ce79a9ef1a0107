import assert from "node:assert/strict";
import { test } from "node:test";

import { respell, vocabulary } from "../../docs/theme/scripts/search-spelling.js";
import { renamer } from "../../docs/theme/scripts/search-synonyms.js";

const SITE = [
  "The harbour master counts containers. Containers wait at the harbour; a lighthouse warns them.",
  "コンテナーはレストランの前のターミナルへ運ぶ。ターミナルのゲート、アップロード、ノードとノート。",
];
const typed = (query) => respell(vocabulary(SITE), query);

for (const [slip, word, kind] of [
  ["contaners", "containers", "a letter left out"],
  ["harbuor", "harbour", "two letters swapped"],
  ["lighthousse", "lighthouse", "a letter put in"],
  ["harbowr", "harbour", "another letter"],
  ["ターミネル", "ターミナル", "another kana"],
  ["アプロード", "アップロード", "a small kana left out"],
  ["アツプロード", "アップロード", "a large kana for a small one"],
  ["コンテナ", "コンテナー", "a vowel left short"],
  ["ターミナール", "ターミナル", "a vowel made long"],
  ["レズトラン", "レストラン", "a voiced kana"],
  ["れすとらん", "レストラン", "hiragana for a loan word"],
  ["ターミネルゲート", "ターミナルゲート", "a slip in one part of a compound"],
])
  test(`${kind} is forgiven: ${slip} is ${word}`, () => assert.equal(typed(`${slip} `), `${word} `));

test("what is typed slips before it is complete", () => {
  assert.equal(typed("ligthho"), "lighthouse");
  assert.equal(typed("ターミネ"), "ターミナル");
});

test("what begins a word of the site is that word, not a near one", () => {
  assert.equal(typed("contain"), "containers");
  assert.equal(typed("レスト"), "レストラン");
});

test("words of the site stay, however near they are to others", () => {
  for (const query of ["harbour containers ", "ノート ", "ノード ", "ターミナルのゲート "]) assert.equal(typed(query), query);
});

test("what is near no word of the site stays as it is typed", () => {
  for (const query of ["flamingo ", "フラミンゴ ", "できますか", "港", "cat ", ""]) assert.equal(typed(query), query);
});

test("versions, paths and identifiers are exact", () => {
  for (const query of ["harbuor/1.2 ", "harbuor-7 ", "harbuor2 "]) assert.equal(typed(query), query);
});

test("an identifier with a number is found without its zeros and with a space", () => {
  const known = vocabulary(["Berth007 is full, berth070 is not."]);
  for (const query of ["berth7", "Berth 7", "berth-07", "berth007"]) assert.equal(respell(known, `${query} `), "berth007 ");
  for (const query of ["berth8 ", "pier 7 ", "berth7.1 "]) assert.equal(respell(known, query), query);
});

test("of words that are equally near the more frequent one is meant", () => {
  const known = vocabulary(["boat boat boat", "bolt"]);
  assert.equal(respell(known, "bowt "), "boat ");
});

// The glossary

const GLOSSARY = [
  ["港湾管理者", "Harbour Master", "HM", "ハーバーマスター", "港長"],
  ["コンテナー", "container", "TEU", "箱"],
];
const renamed = renamer(GLOSSARY);

test("another way of writing a term is searched by its main names, too", () => {
  assert.deepEqual(renamed("HM の規則"), ["HM の規則", "港湾管理者 の規則", "Harbour Master の規則"]);
});

test("main names are searched in the other language, too", () => {
  assert.deepEqual(renamed("container"), ["container", "コンテナー"]);
});

test("width and kana of a term do not matter", () => {
  assert.deepEqual(renamed("はーばーますたー")[1], "港湾管理者");
});

test("a term is no part of a longer word", () => {
  for (const query of ["HMS", "港長官", "豆腐箱根", "ハーバーマスターズ"]) assert.deepEqual(renamed(query), [query]);
});

test("without a glossary a query is what was typed", () => {
  assert.deepEqual(renamer([])("HM"), ["HM"]);
});
