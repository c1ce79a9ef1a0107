import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces, place, read, valid, placed } from "../../docs/theme/scripts/check-pieces.js";

const texts = (source) => pieces(source).map(({ text }) => text);

test("one document is one piece, with the name of its file", () => {
  assert.deepEqual(pieces('{"a": 1}\n', "aks.json"), [{ text: '{"a": 1}\n', name: "aks.json" }]);
});

test("documents one after another are taken apart, and keep the lines that they have in the source", () => {
  assert.deepEqual(texts('{"a": 1}\n{"b": 2}\n\n[3]'), ['{"a": 1}', '\n{"b": 2}', "\n\n\n[3]"]);
});

test("a closing bracket at the end of a line divides nothing inside of a document", () => {
  const source = '{"a": [{"b": 1}\n, {"c": 2}]}';
  assert.deepEqual(texts(source), [source]);
});

test("the name of an image, as kubectl prints it, becomes a JSON text", () => {
  assert.deepEqual(texts("mcr.io/alb-controller:1.7.9\n"), ['"mcr.io/alb-controller:1.7.9"']);
});

test("a number is JSON already, and what is no JSON stays as it is", () => {
  assert.deepEqual(texts("17"), ["17"]);
  assert.deepEqual(texts('{"a": }'), ['{"a": }']);
});

test("nothing but white space is no piece", () => {
  assert.deepEqual(texts(" \n\t\n"), []);
});

test("only JSON is valid", () => {
  assert.deepEqual(["{}", "null", "", "{'a': 1}", "NaN"].map(valid), [true, true, false, false, false]);
});

test("files of PowerShell are UTF-16, all others UTF-8, with or without a byte order mark", async () => {
  const utf16 = new Blob([new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])]);
  assert.equal(await read(utf16), "{}");
  assert.equal(await read(new Blob(['{"名": 1}'])), '{"名": 1}');
  assert.equal(await read(new Blob(["\ufeff{}"])), "{}");
});

test("a place is found by line and whole characters", () => {
  assert.deepEqual(place('{\n"𠮷": x}', 2, 6), { before: '"𠮷": ', after: "x}", offset: 8 });
  assert.deepEqual(place("abc", 1, 1), { before: "", after: "abc", offset: 0 });
});

test("of a long line thirty characters on each side are shown", () => {
  const { before, after, offset } = place(`${"a".repeat(50)}${"b".repeat(50)}`, 1, 51);
  assert.deepEqual([before, after, offset], ["a".repeat(30), "b".repeat(30), 50]);
});

test("a line behind the last is the last one", () => {
  assert.deepEqual(place("a\nb", 9, 1), { before: "", after: "b", offset: 2 });
});

test("a pointer into one of several documents names it by its kind and file", () => {
  const given = [{ text: "{}", name: "" }, { text: "{}", name: "subnet.json" }];
  assert.equal(placed("/1/addressPrefix", given, ["az aks show", "subnet"]), "subnet subnet.json /addressPrefix");
  assert.equal(placed("/0", given, ["az aks show", "subnet"]), "az aks show");
  assert.equal(placed("/planned", given, []), "/planned");
  assert.equal(placed("/0/name", given.slice(1), ["az aks list"]), "/0/name", "a list that is given alone");
});
