import assert from "node:assert/strict";
import { test } from "node:test";

import { explained, summary } from "../../docs/theme/scripts/chat-summary.js";
import { json } from "./files.js";

const words = await json("docs/theme/assets/words/en.json");
const cited = (count) => Array.from({ length: count }, () => ({}));

test("what the service says of a failure is passed on, but for a limit, which says how long to wait", () => {
  assert.equal(explained({ kind: "failed", message: "The question is too long.", wait: 0 }, words), "The question is too long.");
  assert.equal(explained({ kind: "failed", message: "", wait: 0 }, words), words.failed);
  assert.equal(
    explained({ kind: "busy", message: "Slow down.", wait: 12 }, words),
    "Too many questions at once. You can ask again in 12 seconds.",
  );
});

test("of an answer its text and the number of its sources are read aloud", () => {
  const answer = { status: "answered", answer: "Yes.", citations: cited(2) };
  assert.equal(summary({ answer }, words), "Yes. Sources: 2.");
  assert.equal(summary({ answer: { ...answer, citations: [] } }, words), "Yes.");
});

test("a search in the browser says that it was one, and whether it found something", () => {
  const answer = { status: "offline", answer: "", citations: cited(1) };
  assert.equal(summary({ answer }, words), words.offline_found);
  assert.equal(summary({ answer: { ...answer, citations: [] } }, words), words.offline_none);
});

test("a failure is told in place of an answer", () => {
  assert.equal(summary({ failure: { kind: "stopped", message: "", wait: 0 } }, words), words.stopped);
});
