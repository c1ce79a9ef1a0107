import assert from "node:assert/strict";
import { test } from "node:test";

import MarkdownIt from "markdown-it";

import { blockMarkdown } from "../../docs/theme/scripts/block-markdown.js";
import { json } from "./files.js";

const paragraph = (text) => ({ kind: "paragraph", text });
const item = (text, ...blocks) => ({ text, blocks });
const list = (items, start = null, more = 0) => ({ kind: "list", items, start, more });
const table = (header, rows, more = 0) => ({ kind: "table", header, rows, more });
const code = (text, language = "", more = 0) => ({ kind: "code", text, language, more });
const note = (title, ...blocks) => ({ kind: "note", note: "tip", title, blocks });
const write = (...blocks) => blockMarkdown(blocks, (n) => `[${n} more](https://docs.example/)`);

/** The blocks that a reader of Markdown sees: a parser of GitHub's kind, and nothing else, tells them. */
function read(text) {
  const tokens = new MarkdownIt("default", { html: true }).parse(text, {});
  return blocks();

  function blocks(end) {
    const parsed = [];
    for (let token = tokens.shift(); token && token.type !== end; token = tokens.shift())
      if (token.type === "paragraph_open") parsed.push(paragraph(inline(tokens.shift())));
      else if (token.type === "fence") parsed.push(code(token.content.replace(/\n$/, ""), token.info));
      else if (token.type === "bullet_list_open") parsed.push(list(items("bullet_list_close")));
      else if (token.type === "ordered_list_open") parsed.push(list(items("ordered_list_close"), token.attrGet("start") ?? 1));
      else if (token.type === "table_open") parsed.push(rows());
      else if (token.type === "blockquote_open") parsed.push({ quote: blocks("blockquote_close") });
      else if (token.type !== "paragraph_close") assert.fail(`${token.type} in ${text}`);
    return parsed;
  }

  function items(end) {
    const parsed = [];
    while (tokens[0].type !== end) {
      assert.equal(tokens.shift().type, "list_item_open");
      const [first, ...others] = blocks("list_item_close");
      parsed.push(first?.kind === "paragraph" ? item(first.text, ...others) : item("", ...[first, ...others].filter(Boolean)));
    }
    tokens.shift();
    return parsed;
  }

  function rows() {
    const cells = [];
    for (let token = tokens.shift(); token.type !== "table_close"; token = tokens.shift())
      if (token.type === "tr_open") cells.push([]);
      else if (token.type === "inline") cells.at(-1).push(inline(token));
    const [header, ...others] = cells;
    return table(header.some(Boolean) ? header : [], others);
  }

  function inline({ children }) {
    return children.map(({ type, content }) => (type === "softbreak" || content === "<br>" ? "\n" : content)).join("");
  }
}

const TRIP = {
  paragraphs: [paragraph("Run `it` with --flags, *now*."), paragraph("# no heading"), paragraph("1. no list")],
  "a list": [list([item("One."), item("- Two."), item("vnet_subnet_id_")])],
  steps: [list([item("Stop."), item("Drain."), item("Look.")], 3)],
  "lists side by side": [list([item("a")]), list([item("b")]), list([item("c")], 1), list([item("d")], 1)],
  "a list in a list": [list([item("Outer.", list([item("inner one"), item("inner two", paragraph("More."))])), item("Last.")])],
  "code in a step": [list([item("Run:", code("kb check --lang en \\\n  --format json", "sh"), paragraph("Look.")), item("Done.")], 1)],
  "a step that begins with code": [list([item("", code("a"))], 1)],
  "a table": [table(["Flag", "a | b"], [["--lang", "ja | en\nor none"], ["`-q`", ""]])],
  "a table without header": [table([], [["a", "b"]])],
  code: [code("az aks show --query '[*]' \\\n    -o json\n\n# <not> a _heading_ & *", "bash"), code("```\nfence\n```")],
};

for (const [name, blocks] of Object.entries(TRIP))
  test(`what is read of the Markdown is what was written: ${name}`, () => {
    assert.deepEqual(read(write(...blocks)), blocks);
  });

test("nothing is escaped within code", () => {
  assert.equal(write(code("kb --plain \\ [a] | *", "sh")), "```sh\nkb --plain \\ [a] | *\n```");
});

test("a note is a quote with its title in front", () => {
  const [{ quote }] = read(write(note("Mind", paragraph("Hot."), code("a\n\nb"))));
  assert.deepEqual(quote, [paragraph("Mind"), paragraph("Hot."), code("a\n\nb")]);
  assert.ok(write(note("Mind", paragraph("Hot."))).startsWith("> **Mind**\n>\n> Hot."));
});

test("what is left out is linked", () => {
  assert.equal(write(list([item("a")], null, 2)), "- a\n\n[2 more](https://docs.example/)");
});

for (const payload of await json("tests/hostile/payloads.json"))
  test(`hostile text stays text in every form: ${JSON.stringify(payload).slice(0, 70)}`, () => {
    const blocks = [
      ...[paragraph(payload), list([item(payload, paragraph(payload))]), note(payload, paragraph(payload))],
      ...[table([payload], [[payload]]), code(payload, payload)],
    ];
    const tokens = new MarkdownIt("default", { html: true }).parse(write(...blocks), {});
    const inner = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
    const made = inner.filter(({ type, content }) => /html|link|image|heading|^hr$|_block$/.test(type) && content !== "<br>");
    assert.deepEqual(made.map(({ type, content }) => [type, content]), []);
    assert.equal(inner.filter(({ type }) => type === "fence").length, 1);
    assert.equal(inner.filter(({ type }) => type === "td_open").length, 1);
  });
