import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, hex, mix, palette } from "../../docs/theme/scripts/embed-colours.js";

const [BLACK, WHITE] = [[0, 0, 0], [255, 255, 255]];
const PAGES = {
  plain: { background: WHITE, text: BLACK, accent: null },
  pale: { background: [253, 250, 243], text: [190, 190, 190], accent: [153, 204, 204] },
  dark: { background: [27, 27, 31], text: [223, 223, 214], accent: [52, 81, 178] },
  middle: { background: [128, 128, 128], text: [120, 120, 120], accent: [128, 128, 128] },
  loud: { background: [255, 0, 0], text: [0, 255, 0], accent: [0, 0, 255] },
  grey: { background: [119, 119, 119], text: WHITE, accent: [255, 0, 255] },
  equal: { background: BLACK, text: BLACK, accent: BLACK },
};

const colours = (page) =>
  Object.fromEntries(
    palette(page).properties.map(([name, value]) => [name, [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16))]),
  );

/** Which of these can be told from which ground, and how well. */
const PAIRS = [
  ["--md-default-fg-color", "--md-default-bg-color"],
  ["--md-default-fg-color", "--kb-tint"],
  ["--md-typeset-a-color", "--kb-card"],
  ["--md-typeset-a-color", "--kb-tint"],
  ["--kb-soft", "--md-default-bg-color"],
  ["--kb-soft", "--kb-tint"],
  ["--md-primary-bg-color", "--md-primary-fg-color"],
];

/** What chat.css has of its own: --kb-error, --kb-yes, --kb-mind. */
const STATED = Object.fromEntries(
  Object.entries({ default: ["#b3261e", "#1b6e3c", "#8a5300"], slate: ["#ff9d92", "#8fd9a8", "#f0c274"] }).map(([scheme, all]) => [
    scheme,
    all.map((css) => [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16))),
  ]),
);

for (const [name, page] of Object.entries(PAGES))
  test(`all text can be read on a ${name} page`, () => {
    const chosen = colours(page);
    for (const [text, ground] of PAIRS) {
      assert.ok(contrast(chosen[text], chosen[ground]) >= 4.5, `${text} on ${ground}: ${contrast(chosen[text], chosen[ground])}`);
    }
    assert.ok(contrast(chosen["--md-primary-fg-color"], chosen["--md-default-bg-color"]) >= 3);
    const own = palette(page).scheme === "slate" ? STATED.slate : STATED.default;
    for (const colour of own)
      for (const ground of ["--md-default-bg-color", "--kb-tint"]) assert.ok(contrast(colour, chosen[ground]) >= 4.5, `${colour} on ${ground}`);
  });

test("a dark or light page keeps its own background", () => {
  for (const background of [WHITE, [251, 241, 219], [27, 27, 31], [46, 52, 64], [0, 43, 54]])
    assert.deepEqual(colours({ background, text: BLACK, accent: null })["--md-default-bg-color"], background);
});

test("a page keeps its own colours where they can be read", () => {
  const chosen = colours({ background: WHITE, text: [60, 60, 67], accent: [52, 81, 178] });
  assert.deepEqual(chosen["--md-default-fg-color"], [60, 60, 67]);
  assert.deepEqual(chosen["--md-typeset-a-color"], [52, 81, 178]);
  assert.deepEqual(chosen["--md-primary-fg-color"], [52, 81, 178]);
});

test("the scheme is the one whose text is lighter or darker than the page", () => {
  assert.equal(palette(PAGES.plain).scheme, "default");
  assert.equal(palette(PAGES.dark).scheme, "slate");
});

test("contrast is that of WCAG, whichever way round", () => {
  assert.equal(contrast(BLACK, WHITE), 21);
  assert.equal(contrast(WHITE, BLACK), 21);
  assert.equal(contrast(WHITE, WHITE), 1);
  assert.equal(contrast(WHITE, [118, 118, 118]).toFixed(2), "4.54");
});

test("colours are mixed by parts and written as browsers read them", () => {
  assert.deepEqual(mix(BLACK, WHITE, 0.2), [51, 51, 51]);
  assert.equal(hex([1, 171, 255]), "#01abff");
});
