import assert from "node:assert/strict";
import { test } from "node:test";

import { find, marked, plain, teaser } from "../../docs/theme/scripts/search-marks.js";
import { build, completions, rank } from "../../docs/theme/scripts/search-rank.js";
import { searcher } from "../../docs/theme/scripts/search.js";
import { words } from "../../docs/theme/scripts/words.js";

const section = (title, text = "", page = "") => ({ title, text, page });

/** The numbers of the sections that a query finds, best first. */
function ranked(sections, query) {
  const { hits } = rank(build(sections), query);
  return hits.sort((a, b) => b.score - a.score).map(({ number }) => number);
}

/** The stretches of `text` that a query marks. */
const stretches = (text, query) => find(text, new Set(words(query)), query).map(([start, end]) => text.slice(start, end));

// Ranking

test("a word in a title counts more than one in the text", () => {
  assert.deepEqual(ranked([section("Other", "overlay"), section("overlay", "other")], "overlay "), [1, 0]);
});

test("who has more of the query comes before who has one word often", () => {
  const often = section("A", "overlay overlay overlay overlay of one kind");
  const both = section("B", "overlay on a subnet of one kind or another");
  assert.deepEqual(ranked([often, both], "overlay subnet "), [1, 0]);
});

test("one word many times in a short section does not outweigh a long one that has all of the query", () => {
  const often = section("", "overlay ".repeat(10));
  const both = section("", `overlay and subnet ${"with many other words ".repeat(4)}`);
  const other = section("", "a subnet of another kind");
  assert.deepEqual(ranked([often, both, other], "overlay subnet "), [1, 0, 2]);
});

test("a rare word tells more than a common one", () => {
  const sections = [section("", "cluster network"), section("", "cluster pod"), section("", "cluster kubenet")];
  assert.equal(ranked(sections, "cluster kubenet ")[0], 2);
});

test("a section is found by its page's title, too, though later", () => {
  assert.deepEqual(ranked([section("A", "text", "overlay"), section("B", "overlay")], "overlay "), [1, 0]);
});

test("the last word may still be being typed, unless a space follows it", () => {
  const sections = [section("Kubenet"), section("Overlay")];
  assert.deepEqual(ranked(sections, "kub"), [0]);
  assert.deepEqual(ranked(sections, "kub "), []);
  assert.deepEqual(completions(build(sections), "the kub"), ["kubenet"]);
  assert.deepEqual(completions(build([section("Theme")]), "the"), []);
});

test("plural and singular are found for each other, the word as it is typed before both", () => {
  const sections = [section("", "a pier of stone"), section("", "two piers of stone"), section("", "a glass of wine")];
  assert.deepEqual(ranked(sections, "piers of wood "), [1, 0, 2]);
  assert.deepEqual(ranked(sections, "pier "), [0, 1]);
  assert.deepEqual(ranked(sections, "glass "), [2]);
  assert.deepEqual([...rank(build(sections), "piers ").wanted], ["piers", "pier"]);
});

test("empty words rank but are not looked for in a hit's text", () => {
  const index = build([section("How to upgrade"), section("Upgrade")]);
  assert.deepEqual([...rank(index, "how to upgrade ").wanted], ["upgrade"]);
  assert.deepEqual([...rank(index, "how to ").wanted], ["how", "to"]);
  const alike = build([section("", "a pier is where one uses boats")]); // "is" and "uses" are no plurals that anybody meant
  assert.deepEqual([...rank(alike, "can i use a pier ").wanted], ["pier"]);
});

test("nothing is found in nothing", () => {
  assert.deepEqual(ranked([], "overlay"), []);
  assert.deepEqual(ranked([section("Overlay")], ""), []);
});

// Marks

test("HTML of the search index becomes lines of text", () => {
  assert.equal(plain("<p>a &lt;b&gt; &amp;amp;</p><ul><li><b>c</b></li></ul>").trim(), "a <b> &amp;\n\n\nc");
});

test("pairs of characters that follow each other are one stretch", () => {
  assert.deepEqual(stretches("この サブネット です", "サブネット"), ["サブネット"]);
});

test("words that touch are one stretch, whatever their scripts", () => {
  assert.deepEqual(stretches("この CNI構成 です", "CNI構成"), ["CNI構成"]);
});

test("a particle is not marked with the noun behind it", () => {
  assert.deepEqual(stretches("ポッドのサイズ", "サブネットのサイズ"), ["サイズ"]);
});

test("a pair that two words share by chance is not marked", () => {
  assert.deepEqual(stretches("ネットワーク", "サブネット"), []);
  assert.deepEqual(stretches("推奨されています", "サイズ"), []);
});

test("hiragana is marked only as it was asked", () => {
  assert.deepEqual(stretches("ください", "サイズ"), []);
  assert.deepEqual(stretches("サイズ", "サイズ"), ["サイズ"]);
});

test("an identifier is marked whole, whichever part of it was asked", () => {
  assert.deepEqual(stretches("use alb-controller:1.7.9 here", "1.7.9"), ["alb-controller:1.7.9"]);
});

test("what is shown is escaped, marks apart", () => {
  assert.equal(marked('<b> & "overlay"', [[7, 14]]), "&lt;b&gt; &amp; &quot;<mark data-md-highlight>overlay</mark>&quot;");
});

test("a long text is cut at words, shortly before its first mark", () => {
  const text = `${"before ".repeat(20)}overlay${" after".repeat(20)}`;
  const start = text.indexOf("overlay");
  const html = marked(text, [[start, start + 7]], 30);
  assert.equal(html, "…before before <mark data-md-highlight>overlay</mark> after after after after after after after…");
});

test("a teaser shows the two first blocks with marks, or the first block at all", () => {
  const text = "Nothing here.\nAn overlay.\nMore overlay.\nStill overlay.";
  const mark = "<mark data-md-highlight>overlay</mark>";
  assert.equal(teaser(text, new Set(["overlay"]), "overlay"), `<p>An ${mark}.</p><p>More ${mark}.</p>`);
  assert.equal(teaser(text, new Set(["kubenet"]), "kubenet"), "<p>Nothing here.</p>");
});

// Results

const DOCS = [
  { location: "faq/", title: "FAQ", text: "" },
  { location: "faq/#move", title: "Move a cluster", text: "<p>Move from <code>kubenet</code>.</p>", phrasings: ["migrate it"] },
  { location: "faq/#price", title: "Price", text: "<p>Not covered.</p>" },
  { location: "plugins/", title: "Plugins", text: "<p>kubenet and overlay</p>" },
];
const locations = ({ items }) => items.map((group) => group.map(({ location }) => location));

test("hits are grouped by page, and each group holds its page", () => {
  assert.deepEqual(locations(searcher(DOCS)("move ")), [["faq/#move", "faq/"]]);
});

test("the page of a group is unmarked and without a score if only its section was found", () => {
  const [[, page]] = searcher(DOCS)("move ").items;
  assert.deepEqual(page, { ...DOCS[0], score: 0, terms: {} });
});

test("the stretches found are told, longest first, for the page that the reader opens", () => {
  const [[hit]] = searcher(DOCS)("a cluster kubenet ").items;
  assert.deepEqual(Object.keys(hit.terms), ["cluster", "kubenet"]);
  assert.equal(hit.title, "Move a <mark data-md-highlight>cluster</mark>");
});

test("another wording of the authors' finds a section without being shown", () => {
  const [[hit]] = searcher(DOCS)("migrate ").items;
  assert.deepEqual([hit.location, hit.terms, hit.text], ["faq/#move", {}, "<p>Move from kubenet.</p>"]);
});

test("a page that asks for less weight comes later", () => {
  const search = (boost) => locations(searcher(DOCS.map((doc) => (doc.location === "plugins/" ? { ...doc, boost } : doc)))("kubenet "));
  assert.deepEqual(search(5)[0], ["plugins/"]);
  assert.deepEqual(search(0.5)[0], ["faq/#move", "faq/"]);
});

test("hits far below the best one are left out", () => {
  const rest = Array.from({ length: 20 }, (_, at) => ({ location: `${at}/`, title: "Other", text: "<p>on a cluster</p>" }));
  const best = { location: "best/", title: "kubenet overlay cluster", text: "" };
  assert.deepEqual(locations(searcher([...rest, best])("kubenet overlay cluster ")), [["best/"]]);
});

test("full-width letters are typed for the same words", () => {
  assert.deepEqual(locations(searcher(DOCS)("ｋｕｂｅｎｅｔ ")), locations(searcher(DOCS)("kubenet ")));
});

// Names

const HARBOUR = [
  { location: "boats/", title: "Boats", text: "<p>Each harbour has a lighthouse, and the lighthouse a lamp.</p>" },
  { location: "boats/#light", title: "Lighthouse", text: "<p>It shows the way.</p>", phrasings: ["which lamp shows the way"] },
  { location: "guide/lighthouse/", title: "At night", text: "<p>Sailing by its light.</p>", boost: 0.5 },
  { location: "guide/lighthouse/#lamps", title: "Lamps", text: "<p>A lamp burns oil. A lamp is lit.</p>" },
  { location: "terms/", title: "Terms", text: "<p>Pharos: lighthouse. Beacon.</p>", synonyms: [["Lighthouse", "灯台", "pharos"]] },
];
/** Where the best hit leads, as Material's Enter does. */
const opened = (query) => searcher(HARBOUR)(query).items[0]?.toSorted((a, b) => b.score - a.score)[0].location;

test("what is called what was typed comes before what mentions it", () => {
  assert.equal(opened("lighthouse "), "boats/#light");
});

test("a page is also called as its address ends, whatever weight it asks for", () => {
  assert.equal(searcher(HARBOUR.slice(2))("lighthouse ").items[0][0].location, "guide/lighthouse/");
});

test("a page that is called what was typed comes before a section whose id says so", () => {
  const docs = [{ location: "a/#piers", title: "B", text: "stone" }, { location: "piers/", title: "C", text: "stone" }];
  assert.equal(searcher(docs)("piers ").items[0][0].location, "piers/");
});

test("a page called so by title and address comes before another one's section of that title, though this says it oftener", () => {
  const docs = [
    { location: "settings/", title: "Settings", text: "" },
    { location: "settings/#a", title: "Piers", text: "piers ".repeat(9) },
    { location: "piers/", title: "Build piers", text: "of any kind", boost: 0.5 },
  ];
  assert.equal(searcher(docs)("piers ").items[0][0].location, "piers/");
});

test("a question that the author expects names its section", () => {
  assert.equal(opened("which lamp shows the way? "), "boats/#light");
  assert.equal(opened("lamp "), "guide/lighthouse/#lamps");
});

test("another name of the glossary finds what the site calls otherwise, and slips are forgiven", () => {
  for (const query of ["pharos ", "灯台", "lighthuose ", "ｌｉｇｈｔｈｏｕｓｅ "]) assert.equal(opened(query), "boats/#light", query);
});

test("what a hit shows is marked in the site's spelling", () => {
  const [[{ terms }]] = searcher(HARBOUR)("lighthuose ").items;
  assert.deepEqual(Object.keys(terms), ["lighthouse"]);
});

test("the commonest completion is suggested where that is asked for", () => {
  assert.deepEqual(searcher(DOCS, true)("ku").suggest, ["kubenet"]);
  assert.equal("suggest" in searcher(DOCS)("ku"), false);
});

test("nothing typed finds nothing", () => {
  assert.deepEqual(searcher(DOCS)("").items, []);
});

test("how a question ends is no part of the thing that it is about", () => {
  const docs = [
    { location: "a/", title: "手順", text: "変えます", phrasings: ["サブネットの大きさはどうやって変えますか"] },
    { location: "b/", title: "サブネットの大きさ", text: "ちょうど /24 です。" },
  ];
  const listed = (typed) => searcher(docs)(typed).items;
  const plainly = listed("サブネットの大きさ");
  assert.equal(plainly[0].at(-1).location, "b/");
  for (const ending of ["は？", "は", "とは", "って?", "?", "とは？ "]) {
    assert.deepEqual(listed(`サブネットの大きさ${ending}`), plainly, ending);
  }
  assert.deepEqual(listed("は？"), []);
});
