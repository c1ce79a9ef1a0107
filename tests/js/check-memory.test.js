import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { store, stored } from "../../docs/theme/scripts/check-memory.js";

const INPUT = {
  given: [{ text: "{}", name: "aks.json" }],
  kinds: ["az aks show"],
  draft: { text: "{", at: 0 },
  planned: "install-agc",
};

/** What a tab keeps, up to `room` characters. */
class Storage {
  items = new Map();
  room = 1000;

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    if (value.length > this.room) throw new Error("full");
    this.items.set(key, value);
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

beforeEach(() => {
  globalThis.sessionStorage = new Storage();
});

test("the input comes back as it was", () => {
  assert.equal(stored(), null);
  store(INPUT);
  assert.deepEqual(stored(), INPUT);
});

test("without documents and text nothing is left", () => {
  store(INPUT);
  store({ ...INPUT, given: [], kinds: [], draft: { text: "", at: null } });
  assert.equal(globalThis.sessionStorage.items.size, 0);
});

test("what does not fit leaves nothing older behind", () => {
  store(INPUT);
  store({ ...INPUT, given: [{ text: "x".repeat(2000), name: "" }] });
  assert.equal(stored(), null);
});

test("what is damaged or refused counts as nothing", () => {
  for (const damaged of ["", "{", "null", "[]", '{"given":[]}', '{"given":{},"kinds":[],"draft":{"text":""}}']) {
    globalThis.sessionStorage.items.set("kb-check", damaged);
    assert.equal(stored(), null, damaged);
  }
  globalThis.sessionStorage = undefined;
  store(INPUT);
  assert.equal(stored(), null);
});
