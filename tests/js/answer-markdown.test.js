import assert from "node:assert/strict";
import { test } from "node:test";

import MarkdownIt from "markdown-it";

import { markdown } from "../../docs/theme/scripts/answer-markdown.js";
import { json } from "./files.js";

const address = (path) => (path.startsWith("/") ? `https://docs.example${path}` : null);
const words = await json("docs/theme/assets/words/en.json");
const written = (answer) => markdown(answer, address, words);
const ANSWER = {
  question: "Can I use <kubenet> or a *_private_* one?",
  answer: "No. See [x].\n1. Upgrade first.",
  verdict: "no",
  word: "No",
  citations: [
    {
      title: "kubenet (old)",
      path: ["Plugins: which"],
      url: "/en/faq/#kubenet",
      quote: "No. See [x].",
      blocks: [{ kind: "paragraph", text: "See [x]." }],
      also: [{ title: "Old", path: ["Notes"], url: "/en/notes/#old" }],
    },
    {
      title: "vnet_subnet_id",
      url: "javascript:alert(1)",
      quote: "1. Upgrade first. # not a heading",
      blocks: [{ kind: "table", header: [], rows: [["# not", "a heading"]], more: 2 }],
    },
  ],
  rules: [{ id: "AGC001", name: "kubenet", title: "kubenet is not used", url: "/en/rules/agc001/" }],
};
const TEXT = String.raw`## Can I use \<kubenet\> or a \*\_private\_\* one?

**No**

See \[x\].

1\. Upgrade first.

1. [Plugins › kubenet (old)](https://docs.example/en/faq/#kubenet) (Also in: [Notes › Old](https://docs.example/en/notes/#old))

2. vnet_subnet_id

   > |  |  |
   > | --- | --- |
   > | \# not | a heading |
   >
   > 2 more

- [AGC001 kubenet](https://docs.example/en/rules/agc001/): kubenet is not used
`;

/** The tokens of a Markdown text, those inside of lines, too; HTML in it would be one. */
function tokens(text) {
  const blocks = new MarkdownIt("default", { html: true }).parse(text, {});
  return blocks.flatMap((block) => [block, ...(block.children ?? [])]);
}

/** The texts that a reader sees, one per line of text. */
const shown = (text) =>
  new MarkdownIt("default", { html: true })
    .parse(text, {})
    .filter(({ type }) => type === "inline")
    .map(({ children }) => children.map(({ type, content }) => (type === "softbreak" ? "\n" : content)).join(""));

test("an answer is a heading, its text, numbered sources and rules", () => {
  assert.equal(written(ANSWER), TEXT);
});

test("what is read of the Markdown is what was written", () => {
  assert.deepEqual(shown(written(ANSWER)), [
    ANSWER.question,
    "No",
    "See [x].",
    "1. Upgrade first.",
    "Plugins › kubenet (old) (Also in: Notes › Old)",
    "vnet_subnet_id",
    ...["", "", "# not", "a heading"],
    "2 more",
    "AGC001 kubenet: kubenet is not used",
  ]);
});

test("judged values and what is not stated come before the quote", () => {
  const citations = [ANSWER.citations[0]];
  const checks = [{ status: "fail" }];
  const answer = { ...ANSWER, answer: "5 fails.\nNot stated.\nNo. See [x].", word: null, citations, checks, rules: [] };
  assert.deepEqual(shown(written(answer)).slice(1, 4), ["5 fails.", "Not stated.", "See [x]."]);
});

test("brackets of an address do not end the link", () => {
  const cited = { title: "A", url: "/a_(b)/", quote: "A." };
  const text = written({ ...ANSWER, citations: [cited], rules: [] });
  assert.deepEqual(
    tokens(text).filter(({ type }) => type === "link_open").map((link) => link.attrGet("href")),
    ["https://docs.example/a_%28b%29/"],
  );
});

test("an answer without quotes and rules is its question and its text", () => {
  const bare = { question: "Price?", answer: "Not covered.", citations: [], rules: [] };
  assert.equal(written(bare), "## Price?\n\nNot covered.\n");
});

// A cited title and quote, a rule and the question itself, each made of the payload.
const hostile = (payload) => ({
  question: payload,
  answer: payload,
  citations: [{ title: payload, url: "/en/faq/#a", quote: payload }],
  rules: [{ id: "AGC001", name: "kubenet", title: payload, url: "/en/rules/agc001/" }],
});
const MADE = new Set([
  ...["heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"],
  ...["ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"],
  ...["blockquote_open", "blockquote_close", "link_open", "link_close"],
]);

for (const payload of await json("tests/hostile/payloads.json"))
  test(`hostile text stays text when it is pasted: ${JSON.stringify(payload).slice(0, 70)}`, () => {
    const text = written(hostile(payload));
    assert.equal(shown(text)[0], payload.trim().replace(/\s+/g, " ").replaceAll("\0", "\ufffd"));
    const parsed = tokens(text);
    assert.deepEqual(parsed.filter(({ type }) => !MADE.has(type)).map(({ type, content }) => [type, content]), []);
    assert.deepEqual(parsed.filter(({ type }) => type === "heading_open").map(({ tag }) => tag), ["h2"]);
    assert.equal(parsed.filter(({ type }) => type === "list_item_open").length, 2);
    assert.deepEqual(
      parsed.filter(({ type }) => type === "link_open").map((link) => link.attrGet("href")),
      ["https://docs.example/en/faq/#a", "https://docs.example/en/rules/agc001/"],
    );
  });

test("what a model phrased stands above the quotes and is called so", () => {
  const said = written({ ...ANSWER, written: { text: "Upgrade *first*. [1]", sentences: [] } });
  const [text, label, quote] = ["Upgrade \\*first\\*. \\[1\\]", words.written, "See \\[x\\]."].map((part) => said.indexOf(part));
  assert.ok(text > 0 && text < label && label < quote);
  assert.ok(!written(ANSWER).includes(words.written));
});

test("an answer of one of several versions says which", () => {
  assert.equal(written({ ...ANSWER, version: "2.0*b" }).match(/^Version .*$/m)?.[0], String.raw`Version 2.0\*b`);
  assert.doesNotMatch(written(ANSWER), /Version/);
});

test("a source that may be out of date says so below its title, and no other one", () => {
  const stale = { why: "changed", since: "2026-01-02", source: "The *manual*", url: "https://example.com/manual" };
  const [first, second] = ANSWER.citations;
  const line = words.stale.changed.replace("{source}", stale.source).replace("{since}", stale.since);
  const read = shown(written({ ...ANSWER, citations: [first, { ...second, stale }] }));
  assert.equal(read[read.indexOf("vnet_subnet_id") + 1], line);
  assert.equal(read.filter((text) => text.includes("manual")).length, 1);
});

test("a refusal keeps its links to other documents, of web addresses alone", () => {
  const outside = [
    { title: "Pricing [of] it", url: "https://example.com/pricing(1)" },
    { title: "Odd", url: "javascript:alert(1)" },
  ];
  const text = written({ question: "Price?", answer: "Not covered. See Pricing.", citations: [], rules: [], outside });
  assert.match(text, /^- \[Pricing \\\[of\\\] it\]\(https:\/\/example\.com\/pricing%281%29\)\n- Odd\n$/m);
});

test("the links of a quote stand where their words first do, but in code", () => {
  const links = [
    { text: "Pricing (2026)", url: "https://example.com/p_(x)" },
    { text: "AGC004", url: "/rules/agc004/" },
    { text: "evil", url: "javascript:alert(1)" },
  ];
  const blocks = [
    { kind: "code", text: "check AGC004", language: "", more: 0 },
    { kind: "list", items: [{ text: "See Pricing (2026) and evil.", blocks: [] }], start: null, more: 0 },
    { kind: "table", header: ["Rule"], rows: [["AGC004"], ["AGC004 again"]], more: 0 },
  ];
  const quote = "check AGC004\nSee Pricing (2026) and evil.\nRule\nAGC004\nAGC004 again";
  const cited = { n: 1, section: "a", lang: "en", title: "A", path: [], url: "/a/", quote, blocks, links };
  const answer = { question: "Q", answer: quote, citations: [cited], rules: [], checks: [], word: null };
  const text = written(answer);
  assert.match(text, /See \[Pricing \(2026\)\]\(https:\/\/example\.com\/p_%28x%29\) and evil\./);
  assert.match(text, /\| \[AGC004\]\(https:\/\/docs\.example\/rules\/agc004\/\) \|\n\| AGC004 again \|/);
  assert.match(text, /\ncheck AGC004\n/);
});
