// The language menu leads to the same place of the same page; who prefers another language than the page's is told of it.

import { lang } from "../scripts/ask-api.js";
import { chosen, place } from "../scripts/language-choice.js";
import { onPage } from "../scripts/page-text.js";

const LINKS = ":is(.md-header, .kb-hint) a[hreflang]";

function bind() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(LINKS);
  for (const link of links) {
    const twin = document.head.querySelector(`link[hreflang="${link.hreflang}"]`);
    if (twin) link.href = twin.getAttribute("href") ?? ""; // instant navigation brings a new head, but no new menu
    link.hash = location.hash;
  }
}

addEventListener("hashchange", bind);
addEventListener("click", async (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  (await import("./language-place.js")).leave(link);
});
onPage(bind);

if (place()) import("./language-place.js").then(({ arrive }) => arrive());
if (![navigator.languages[0].split("-")[0], chosen()].includes(lang)) import("./language-hint.js").then(({ offer }) => offer(bind));
