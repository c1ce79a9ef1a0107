import assert from "node:assert/strict";
import { test } from "node:test";
import { worst } from "../../docs/theme/scripts/check-worst.js";

const finding = (status, gap, shown) => ({ id: "R", status, gap, shown, fix: `${status} ${gap}` });
const cluster = (name, ...findings) => ({ name, findings });

test("of one cluster the findings are as they are, and of none there are none", () => {
  const findings = [finding("pass", null, "seen")];
  assert.equal(worst([cluster("a", ...findings)])[0], findings[0]);
  assert.deepEqual(worst([]), []);
});

test("of several clusters a rule has the worst finding, which names what was seen in each", () => {
  const [merged] = worst([
    cluster("a", finding("pass", null, "x")),
    cluster("b", finding("advice", null, "y")),
    cluster("", finding("fail", null, null)),
    cluster("d", finding("unknown", "source", "z")),
  ]);
  assert.deepEqual([merged.status, merged.shown], ["fail", "?: -; d: z; b: y; a: x"]);
});

test("data that lack come before a source that is silent", () => {
  const [merged] = worst([cluster("a", finding("unknown", "source", "x")), cluster("b", finding("unknown", "data", null))]);
  assert.deepEqual([merged.gap, merged.fix, merged.shown], ["data", "unknown data", "b: -; a: x"]);
});

test("of several clusters a rule has the commands of all, each once", () => {
  const [merged] = worst([
    cluster("a", { ...finding("fail", null, "x"), commands: ["one", "two"] }),
    cluster("b", { ...finding("pass", null, "y"), commands: ["two"] }),
  ]);
  assert.deepEqual(merged.commands, ["one", "two"]);
});
