import assert from "node:assert/strict";
import { test } from "node:test";

import MarkdownIt from "markdown-it";

import { markdown } from "../../docs/theme/scripts/answer-markdown.js";
import { json } from "./files.js";

const address = (path) => (path.startsWith("/") ? `https://docs.example${path}` : null);
const ANSWER = {
  question: "Can I use <kubenet> or a *_private_* one?",
  answer: "No. See [x].\n1. Upgrade first.",
  citations: [
    { title: "kubenet (old)", url: "/en/faq/#kubenet", quote: "No.\nPlugin\tSupported" },
    { title: "vnet_subnet_id", url: "javascript:alert(1)", quote: "# not a heading" },
  ],
  rules: [{ id: "AGC001", name: "kubenet", title: "kubenet is not used", url: "/en/rules/agc001/" }],
};
const TEXT = String.raw`## Can I use \<kubenet\> or a \*\_private\_\* one?

No. See \[x\].

1\. Upgrade first.

1. [kubenet (old)](https://docs.example/en/faq/#kubenet)

   > No.
   > Plugin | Supported

2. vnet_subnet_id

   > \# not a heading

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

test("an answer is a heading, its text, numbered quotes and rules", () => {
  assert.equal(markdown(ANSWER, address), TEXT);
});

test("what is read of the Markdown is what was written", () => {
  assert.deepEqual(shown(markdown(ANSWER, address)), [
    ANSWER.question,
    "No. See [x].",
    "1. Upgrade first.",
    "kubenet (old)",
    "No.\nPlugin | Supported",
    "vnet_subnet_id",
    "# not a heading",
    "AGC001 kubenet: kubenet is not used",
  ]);
});

test("brackets of an address do not end the link", () => {
  const cited = { title: "A", url: "/a_(b)/", quote: "A." };
  const text = markdown({ ...ANSWER, citations: [cited], rules: [] }, address);
  assert.deepEqual(
    tokens(text).filter(({ type }) => type === "link_open").map((link) => link.attrGet("href")),
    ["https://docs.example/a_%28b%29/"],
  );
});

test("an answer without quotes and rules is its question and its text", () => {
  const bare = { question: "Price?", answer: "Not covered.", citations: [], rules: [] };
  assert.equal(markdown(bare, address), "## Price?\n\nNot covered.\n");
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
    const text = markdown(hostile(payload), address);
    assert.equal(shown(text)[0], payload.trim().replace(/\s+/g, " ").replaceAll("\0", "\ufffd"));
    const found = tokens(text);
    assert.deepEqual(found.filter(({ type }) => !MADE.has(type)).map(({ type, content }) => [type, content]), []);
    assert.deepEqual(found.filter(({ type }) => type === "heading_open").map(({ tag }) => tag), ["h2"]);
    assert.equal(found.filter(({ type }) => type === "list_item_open").length, 2);
    assert.deepEqual(
      found.filter(({ type }) => type === "link_open").map((link) => link.attrGet("href")),
      ["https://docs.example/en/faq/#a", "https://docs.example/en/rules/agc001/"],
    );
  });
