// From a citation to its words on the page: marks on the page that a citation's link opened.

import { onPage } from "../scripts/page-text.js";
import { arrive, arriveAgain, find, id, remember } from "../scripts/quote-marks.js";
import { fragment } from "../scripts/quote-words.js";

export { find, fragment, remember };

/**
 * A text fragment is for other tabs and other people. A link followed here must not have one: instant navigation would
 * leave an entry too many in the history, and the first such words of the page would be shown instead of the section's.
 * Within the page the browser follows it, and a link to where one is only scrolls: instant navigation would restore an
 * older place.
 * @param {MouseEvent} event
 */
function plain(event) {
  /** @type {HTMLAnchorElement | null} */
  const link = event.target instanceof Element ? event.target.closest("a[href*=':~:']") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const { href } = link;
  link.href = href.split(":~:")[0];
  if (link.pathname === location.pathname) link.target = "_self"; // instant navigation leaves such links alone
  if (link.href === location.href) {
    event.preventDefault();
    document.getElementById(id(link.hash))?.scrollIntoView();
  }
  setTimeout(() => {
    link.href = href;
    link.removeAttribute("target");
  });
}

onPage(arriveAgain);
addEventListener("click", plain, true);
addEventListener("hashchange", arrive);
addEventListener("click", () => setTimeout(arrive)); // a link to where one already is changes nothing in the URL
