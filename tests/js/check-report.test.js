import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./page.js";

globalThis.location = open("").defaultView.location;
const { findingsOf, leftUnread } = await import("../../docs/theme/scripts/check-report.js");

const WORDS = {
  statuses: { fail: "fails", pass: "passes", unknown: "unknown", advice: "advice", "not-applicable": "does not apply" },
  status: "Status",
  rule: "Rule",
  evidence: "Observed",
  fix: "What to do",
  findings: "Findings",
  ask: "Ask",
  nothing: "nothing given",
  expected: "expected",
  why: "why",
  gaps: {},
  see: "see {rule}",
};

const finding = (more) => ({
  id: "AGC006",
  name: "regional-peering",
  status: "pass",
  gap: null,
  observed: "aks=v@? agc=w@? peered=true",
  shown: "nodes of one: v (region not given); AGC: w (region not given); peered",
  expected: "one network",
  pointer: "/vnets",
  why: "",
  fix: "",
  ...more,
});

const evidence = (given) => {
  const [table] = findingsOf([given], (pointer) => pointer, WORDS, () => {});
  return table.querySelector("td[data-label='Observed']").firstElementChild;
};

test("what was observed is said in the words for people, not by the keys of the data", () => {
  const shown = evidence(finding({}));
  assert.equal(shown.localName, "code");
  assert.equal(shown.textContent, "nodes of one: v (region not given); AGC: w (region not given); peered");
});

test("where nothing was observed, the page says so", () => {
  assert.equal(evidence(finding({ observed: null, shown: null })).textContent, "nothing given");
});

test("why stands behind what is expected, and only where something is to be done", () => {
  const labels = (given) => {
    const [table] = findingsOf([finding(given)], (pointer) => pointer, WORDS, () => {});
    return [...table.querySelectorAll("td[data-label='Observed'] strong")].map(({ textContent }) => textContent);
  };
  assert.deepEqual(labels({ status: "fail" }), ["expected: ", "why: "]);
  assert.deepEqual(labels({ status: "pass" }), ["expected: "]);
});

test("what was left out is named with its place", () => {
  const [note] = leftUnread([{ pointer: "/1", message: "Use `az aks show` instead." }], (pointer) => `aks.json ${pointer}`);
  assert.equal(note.textContent, "aks.json /1: Use az aks show instead.");
  assert.equal(note.querySelectorAll("code").length, 2);
});
