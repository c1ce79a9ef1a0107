import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** What a tab keeps; `broken`: storage that refuses everything. */
class Storage {
  kept = new Map();
  broken = false;

  getItem(key) {
    if (this.broken) throw new Error("refused");
    return this.kept.get(key) ?? null;
  }

  setItem(key, value) {
    if (this.broken) throw new Error("refused");
    this.kept.set(key, value);
  }
}

let loads = 0;

/** The memory of a page that is loaded anew. */
const load = () => import(`../../docs/theme/scripts/chat-memory.js?${(loads += 1)}`);

beforeEach(() => {
  globalThis.sessionStorage = new Storage();
});

test("a conversation survives a change of the page", async () => {
  const before = await load();
  const turn = before.add("Can I upgrade?");
  turn.answer = { answer: "Yes." };
  before.setOpen(true);
  const after = await load();
  assert.deepEqual(after.turns(), [{ id: turn.id, question: "Can I upgrade?", history: [], answer: { answer: "Yes." } }]);
  assert.equal(after.isOpen(), true);
});

test("a follow-up carries the last five questions, oldest first", async () => {
  const { add } = await load();
  for (const question of ["1", "2", "3", "4", "5", "6"]) add(question);
  assert.deepEqual(add("7").history, ["2", "3", "4", "5", "6"]);
});

test("a question about a section, or of a shared conversation, carries that in place of earlier questions", async () => {
  const { add } = await load();
  add("1");
  assert.deepEqual(add("2", ["Subnet size"]).history, ["Subnet size"]);
  assert.deepEqual(add("3", []).history, []);
});

test("the last thirty turns are kept, each with an id of its own", async () => {
  const { add, turns } = await load();
  for (let at = 1; at <= 32; at++) add(String(at));
  assert.deepEqual([turns().length, turns()[0].question, turns().at(-1).question], [30, "3", "32"]);
  assert.equal(new Set(turns().map(({ id }) => id)).size, 30);
  assert.match(turns()[0].id, /^[0-9a-f]{16}$/);
});

test("what is cleared is gone after a reload, too", async () => {
  const { add, clear } = await load();
  add("1");
  clear();
  assert.deepEqual((await load()).turns(), []);
});

for (const damaged of ["", "{", "null", "[]", '{"turns": 1}', '"text"'])
  test(`damaged storage begins a new conversation: ${JSON.stringify(damaged)}`, async () => {
    globalThis.sessionStorage.setItem("kb-chat", damaged);
    const { isOpen, turns } = await load();
    assert.deepEqual([turns(), isOpen()], [[], false]);
  });

test("without storage the conversation lives as long as the page", async () => {
  globalThis.sessionStorage.broken = true;
  const { add, turns } = await load();
  add("1");
  assert.deepEqual(turns().map(({ question }) => question), ["1"]);
});
