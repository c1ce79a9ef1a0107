// Where a reader is on a page, told in headings: their ids are the same in every language, the lengths of texts are not.

import { chosen, place } from "../scripts/language-choice.js";

const EYE = 100; // px below the top of the window: where the header ends

/** The headings of the page: how far below the window's top each is, and how far what follows it is below that. */
function headings() {
  const marked = [...document.querySelectorAll("article :is(h1, h2, h3, h4)[id]")];
  const tops = [...marked, document.querySelector("footer")].map((element) => element?.getBoundingClientRect().top ?? 0);
  return marked.map(({ id }, at) => ({ id, top: tops[at], length: tops[at + 1] - tops[at] }));
}

/**
 * Goes to this page in another language, which has the same headings.
 * @param {HTMLAnchorElement} twin
 */
export function leave({ href, hreflang, pathname }) {
  const here = scrollY ? headings().findLast(({ top }) => top <= EYE) : null;
  place(here ? JSON.stringify({ path: pathname, id: here.id, part: (EYE - here.top) / here.length }) : "");
  chosen(hreflang);
  location.assign(href);
}

/** Scrolls to where the reader was before the language changed, if it did. */
export function arrive() {
  const { path, id, part } = JSON.parse(place("") || "{}");
  if (path !== location.pathname) return;
  const go = () => {
    const here = headings().find((heading) => heading.id === id);
    if (here) scrollBy({ top: here.top + part * here.length - EYE, behavior: "instant" });
  };
  go();
  if (document.readyState !== "complete") addEventListener("load", go); // pictures have their heights
}
