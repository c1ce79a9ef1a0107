// The page in place of one that is not there: in the language of its address, with the pages that are near. An address
// that is right but for its case is gone to at once.

import { element } from "../scripts/element.js";
import { near, same } from "../scripts/near-pages.js";

/** @typedef {import("../scripts/types.d.ts").Doc} Doc */

/** @type {NodeListOf<HTMLElement>} */
const languages = document.querySelectorAll(".kb-lost");
const parts = [...languages];
const homes = new Map(parts.map((part) => [part, new URL(part.dataset.kbHome ?? "", location.href)]));
/** @param {HTMLElement} part */
const length = (part) => homes.get(part)?.pathname.length ?? 0;
/** @param {HTMLElement} part */
const holds = (part) => location.pathname.toLowerCase().startsWith((homes.get(part)?.pathname ?? "").toLowerCase());
const shown = parts.filter(holds).sort((a, b) => length(b) - length(a))[0];

if (shown) await help(shown, homes.get(shown) ?? new URL(location.href));

/**
 * @param {HTMLElement} part
 * @param {URL} home
 */
async function help(part, home) {
  for (const other of parts) other.hidden = other !== part;
  document.documentElement.lang = part.lang;
  document.title = part.querySelector("h1")?.textContent ?? "";
  const path = decoded(location.pathname.slice(home.pathname.length));
  const words = part.querySelector("input");
  if (words) words.value = path.replace(/index\.html$/, "").split(/[^\p{L}\p{N}]+/u).join(" ").trim();
  /** @type {Doc[]} */
  const pages = (await (await fetch(new URL("search/search_index.json", home))).json()).docs.filter(
    (/** @type {Doc} */ { location: place }) => !place.includes("#"),
  );
  const meant = same(path, pages);
  if (meant) return location.replace(new URL(meant.location + location.search + location.hash, home));
  const list = part.querySelector("ul");
  const links = near(path, pages).map(({ location: place, title }) =>
    element("li", {}, element("a", { href: new URL(place, home).href, textContent: title })),
  );
  list?.append(...links);
  if (list?.parentElement) list.parentElement.hidden = !links.length;
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
