import assert from "node:assert/strict";
import { test } from "node:test";

import { aged, blocksOf, isSaid, parts, titled } from "../../docs/theme/scripts/answer-parts.js";
import { json } from "./files.js";

const LEAD = [{ kind: "paragraph", text: "A pot holds 5 litres." }];
const FIRST = { quote: "Yes.\nA pot holds 5 litres.", blocks: LEAD };
const check = (status) => ({ id: "POT1", status });

test("what stands before the first quote, the quote in its forms, and what stands behind it", () => {
  const answer = "The site does not explicitly cover “steel”.\nYes.\nA pot holds 5 litres.\n\nWater boils.";
  assert.deepEqual(parts({ answer, citations: [FIRST] }), {
    checks: [],
    before: ["The site does not explicitly cover “steel”."],
    lead: LEAD,
    after: ["Water boils."],
  });
});

test("a further quote in forms of its own stands among the lines behind the first", () => {
  const steps = { quote: "Fill it:\nWater\nMilk", blocks: [{ kind: "list", items: [{ text: "Water" }, { text: "Milk" }] }] };
  const answer = `${FIRST.quote}\nOf milk, too:\n${steps.quote}\nWater boils.`;
  assert.deepEqual(parts({ answer, citations: [FIRST, steps] }).after, ["Of milk, too:", steps, "Water boils."]);
});

test("the first lines are those of judged values: of the failing ones where some fail", () => {
  const answer = "5 fails.\nNot stated.\nYes.\nA pot holds 5 litres.";
  const judged = (...checks) => parts({ answer, citations: [FIRST], checks });
  assert.deepEqual(judged(check("fail"), check("pass")).checks, [{ status: "fail", text: "5 fails." }]);
  assert.deepEqual(judged(check("fail"), check("pass")).before, ["Not stated."]);
  assert.deepEqual(judged(check("pass"), check("unknown")).before, []);
});

test("an answer without quotes is what stands before them", () => {
  const split = parts({ answer: "Not covered.", citations: [] });
  assert.deepEqual(split, { checks: [], before: ["Not covered."], lead: [], after: [] });
  assert.deepEqual(parts({ answer: "5 fails.", citations: [], checks: [check("fail")] }).checks.length, 1);
});

test("of another service, whose answer is not made of its quotes, each line is a fact", () => {
  const split = parts({ answer: "In short:\nPots are large.", citations: [FIRST] });
  assert.deepEqual(split, { checks: [], before: [], lead: [], after: ["In short:", "Pots are large."] });
});

test("a quote without forms is paragraphs", () => {
  assert.deepEqual(blocksOf({ quote: "One.\n\nTwo." }), [
    { kind: "paragraph", text: "One." },
    { kind: "paragraph", text: "Two." },
  ]);
});

test("a quote is said if the answer has all of it", () => {
  assert.equal(isSaid({ quote: "Two." }, { answer: "One.\nTwo." }), true);
  assert.equal(isSaid({ quote: "Two. Three." }, { answer: "One.\nTwo." }), false);
});

test("a heading comes with the beginning of its page's title", () => {
  assert.equal(titled({ title: "How to fix", path: ["POT1 size: the pot is large", "Part"] }), "POT1 size › How to fix");
  assert.equal(titled({ title: "直し方", path: ["鍋：大きさ"] }), "鍋 › 直し方");
  assert.equal(titled({ title: "Pots", path: [] }), "Pots");
  assert.equal(titled({ title: "Pots" }), "Pots");
});

test("a citation says in the reader's language why it may be out of date, whatever its source is called", async () => {
  for (const lang of ["ja", "en"]) {
    const words = await json(`docs/theme/assets/words/${lang}.json`);
    for (const why of ["changed", "old"]) {
      const line = aged({ why, since: "2026-01-02", source: "$& {since} <b>", url: "https://x" }, words);
      assert.ok(line.includes("$& {since} <b>") && line.includes("2026-01-02") && !line.includes("\n"));
    }
  }
});
