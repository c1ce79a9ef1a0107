// What keys and fingers reach: code and tables that are wider than the page are scrolled by keys on every device, where
// Material sees to code beside a mouse only; and a heading that is tapped shows its mark, as one below a mouse does.

import { article, onPage } from "../scripts/page-text.js";

const seen = new ResizeObserver((entries) => {
  for (const { target } of entries)
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
});

onPage(() => {
  const content = article();
  seen.disconnect();
  for (const wide of content?.querySelectorAll("pre > code, .md-typeset__scrollwrap") ?? []) seen.observe(wide);
  content?.addEventListener("click", tap);
});

/** @param {Event} event */
function tap({ target }) {
  const heading = target instanceof Element ? target.closest("h2, h3") : null;
  for (const other of document.querySelectorAll("[data-kb-tapped]")) other.toggleAttribute("data-kb-tapped", other === heading);
  heading?.toggleAttribute("data-kb-tapped", true);
}
