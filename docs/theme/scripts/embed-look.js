// The chat looks like the page that it is on, and changes with it: colours, light and dark, its font.

import { palette } from "./embed-colours.js";

/** @typedef {import("./embed-colours.js").Colour} Colour */

// Where a page's links have the colour that it is known by.
const LINKS = ":is(main, [role=main], article, .content) :is(p, li) a[href]:not([class])";

/**
 * @param {HTMLElement} host in the page
 * @param {HTMLElement} stage in its shadow
 */
export function follow(host, stage) {
  let planned = 0;
  const draw = () => {
    planned = 0;
    const { scheme, properties } = palette(seen(host));
    stage.dataset.mdColorScheme = scheme;
    stage.style.colorScheme = scheme === "slate" ? "dark" : "light";
    for (const [name, value] of properties) stage.style.setProperty(name, value);
    const own = getComputedStyle(host);
    const family = own.getPropertyValue("--kb-font") || getComputedStyle(document.body).fontFamily;
    stage.style.setProperty("--kb-family", family);
  };
  const plan = () => (planned ||= requestAnimationFrame(draw));
  const changed = new MutationObserver(plan);
  for (const element of [document.documentElement, document.body]) changed.observe(element, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", plan);
  // A page may fade from light to dark; what it looks like then is known at the end.
  document.addEventListener("transitionend", ({ target }) => {
    if (target === document.body || target === document.documentElement) plan();
  });
  addEventListener("load", plan); // its styles may come late
  draw();
}

/** @param {HTMLElement} host */
function seen(host) {
  const given = getComputedStyle(host);
  /** @param {string} name */
  const own = (name) => colour(given.getPropertyValue(name).trim());
  const link = document.querySelector(LINKS);
  const text = own("--kb-text") ?? colour(getComputedStyle(document.body).color) ?? /** @type {Colour} */ ([0, 0, 0]);
  const linked = link && colour(getComputedStyle(link).color);
  return {
    background: own("--kb-background") ?? ground(),
    text,
    accent: own("--kb-accent") ?? (linked?.join() === text.join() ? null : linked),
  };
}

/**
 * What lies below the page: that of its body, or of its root, or of the browser.
 * @returns {Colour}
 */
function ground() {
  for (const element of [document.body, document.documentElement]) {
    const painted = colour(getComputedStyle(element).backgroundColor);
    if (painted) return painted;
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const dark = scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? [18, 18, 18] : [255, 255, 255];
}

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
const context = canvas.getContext("2d", { willReadFrequently: true });

/**
 * A colour in any form that the browser knows; null for none, and for one that is mostly transparent.
 * @param {string} css
 * @returns {Colour | null}
 */
function colour(css) {
  if (!css || !context || !CSS.supports("color", css)) return null;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return alpha < 128 ? null : [red, green, blue];
}
