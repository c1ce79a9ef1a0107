import assert from "node:assert/strict";
import { test } from "node:test";

import { near, same } from "../../docs/theme/scripts/near-pages.js";

const PAGES = ["", "faq/", "rules/agc004/", "rules/agc005/", "agc/limitations/", "agc/upgrade/", "service/cli/"].map((location) => ({
  location,
  title: location,
  text: "",
}));
const places = (pages) => pages.map(({ location }) => location);

for (const path of ["rules/AGC004/", "Rules/agc004", "rules/agc004/index.html", "rules/agc004.html", "rules/agc004.md"])
  test(`${path} is the page of the rule`, () => assert.equal(same(path, PAGES)?.location, "rules/agc004/"));

test("another page is not the same, nor is the home page", () => {
  assert.equal(same("rules/agc013/", PAGES), undefined);
  assert.equal(same("", PAGES), undefined);
});

test("a slip finds its page first", () => {
  assert.equal(places(near("agc/limitation/", PAGES))[0], "agc/limitations/");
  assert.equal(places(near("upgarde", PAGES))[0], "agc/upgrade/");
});

test("a page that moved to another folder is found by its name", () => {
  assert.equal(places(near("docs/old/limitations", PAGES))[0], "agc/limitations/");
});

test("a rule that is not there has the other rules near, and at most four", () => {
  assert.deepEqual(places(near("rules/agc006", PAGES)).slice(0, 2), ["rules/agc004/", "rules/agc005/"]);
  assert.ok(near("rules/agc006", PAGES).length <= 4);
});

test("nothing is near to what is nothing of the kind", () => {
  assert.deepEqual(near("wp-login.php", PAGES), []);
  assert.deepEqual(near("", PAGES), []);
});
