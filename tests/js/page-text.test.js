import assert from "node:assert/strict";
import { test } from "node:test";

import { json } from "./files.js";
import { open } from "./page.js";

open("");
const { article, sections, textNodes, title } = await import("../../docs/theme/scripts/page-text.js");

for (const { about, html, text, asked } of await json("tests/data/markup.json"))
  test(`the browser reads a page as the index does: ${about}`, () => {
    const page = open(html);
    const read = textNodes(article()).map((node) => node.data).join("");
    assert.equal(read.replace(/\s/g, ""), text.replace(/\s/g, ""));
    assert.deepEqual(Object.fromEntries(sections(page).map((section) => [section.heading.id, section.asked])), asked);
  });

test("a heading's title is on one line and has no permalink", () => {
  const page = open('<h2 id="a">Subnet\n  <code>size</code><a class="headerlink" href="#a">¶</a><button>Ask</button></h2>');
  assert.equal(title(page.getElementById("a")), "Subnet size");
});

test("a page without an article has no sections", () => {
  const page = open("");
  article().remove();
  assert.equal(article(), null);
  assert.deepEqual(sections(page), []);
});
