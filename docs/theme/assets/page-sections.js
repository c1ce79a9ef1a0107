// A button beside every section's permalink that asks about this section.

import { words as load } from "../scripts/ask-api.js";
import { element } from "../scripts/element.js";
import { article, onPage, title } from "../scripts/page-text.js";

// Not where a question box is, nor on headings that the bot does not know.
const ASKABLE = ":is(h1, h2, h3)[id]:not(.not-covered, [data-search-exclude])";

const { page: words } = await load();

onPage(() => {
  const content = article();
  if (!content || content.querySelector("[data-kb-ask]")) return;
  for (const heading of content.querySelectorAll(ASKABLE)) add(heading);
});

/** @param {Element} heading */
function add(heading) {
  if (heading.querySelector(".kb-section")) return;
  const name = title(heading);
  const label = words.section.replace("{title}", () => name);
  const ask = () => {
    const about = { title: name, url: new URL(`#${heading.id}`, location.href).href };
    document.dispatchEvent(new CustomEvent("kb-ask", { detail: { about } }));
  };
  heading.ariaLabel = name; // else the heading is called after its buttons, too
  heading.append(element("button", { type: "button", className: "kb-section", title: label, ariaLabel: label, onclick: ask }));
}
