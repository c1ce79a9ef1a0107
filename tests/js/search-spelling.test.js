import assert from "node:assert/strict";
import { test } from "node:test";

import { speller } from "../../docs/theme/scripts/search-spelling.js";
import { sound } from "../../docs/theme/scripts/search-sounds.js";
import { renamer } from "../../docs/theme/scripts/search-synonyms.js";

const SITE = [
  "The harbour master counts containers. Containers wait at the harbour; a lighthouse warns them.",
  "コンテナーはレストランの前のターミナルへ運ぶ。ターミナルのゲート、アップロード、ノードとノート。",
];
const typed = speller(SITE);

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
  ["lighthouseharbour", "lighthouse harbour", "a space left out"],
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
  const spelled = speller(["Berth007 is full, berth070 is not."]);
  for (const query of ["berth7", "Berth 7", "berth-07", "berth007"]) assert.equal(spelled(`${query} `), "berth007 ");
  for (const query of ["berth8 ", "pier 7 ", "berth7.1 "]) assert.equal(spelled(query), query);
});

test("a long text is taken as it is", () => {
  assert.equal(typed(`${"harbuor ".repeat(25)}`), "harbour ".repeat(25));
  assert.equal(typed(`${"harbuor ".repeat(26)}`), "harbuor ".repeat(26));
});

test("of words that are equally near the more frequent one is meant", () => {
  assert.equal(speller(["boat boat boat", "bolt"])("bowt "), "boat ");
});

// Names in katakana

for (const [name, kana] of Object.entries({
  ...{ slack: "スラック", terraform: "テラフォーム", windows: "ウィンドウズ", prometheus: "プロメテウス", redis: "レディス" },
  ...{ cluster: "クラスタ", gateway: "ゲートウェイ", cilium: "シリウム", calico: "カリコ", markdown: "マークダウン" },
  ...{ complex: "コンプレックス", charts: "チャートス", level: "レベル", yellow: "イエロー" },
}))
  test(`${kana} ${name === "yellow" ? "does not sound" : "sounds"} like ${name}`, () => {
    assert.equal(sound(kana) === sound(name), name !== "yellow");
  });

test("a name that the site writes in Latin letters is found as it sounds", () => {
  const spelled = speller(["Terraform and Slack, Slack. A fort.", "スタックとスタート"]);
  assert.equal(spelled("テラフォームとスラック "), "terraformとslack ");
});

test("a word that the site also has in katakana stays in katakana", () => {
  const spelled = speller(["upgrade", "アップグレードのアップグレード"]);
  assert.equal(spelled("アプグレード "), "アップグレード ");
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
