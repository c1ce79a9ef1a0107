// A first row in Material's search results that hands what was typed to the bot.

import { words as load } from "../scripts/ask-api.js";
import { element } from "../scripts/element.js";

/** @type {HTMLInputElement | null} */
const box = document.querySelector(".md-search__input");
const list = document.querySelector(".md-search-result");
if (box && list) add(box, list, (await load()).page);

/**
 * @param {HTMLInputElement} query
 * @param {Element} results
 * @param {{ search: string }} words
 */
function add(query, results, words) {
  const row = element("button", { type: "button", className: "kb-search-ask" });
  results.before(row);
  query.closest("[role=dialog]")?.setAttribute("aria-label", query.ariaLabel ?? ""); // Material gives the dialog no name

  const update = () => {
    const typed = query.value.trim();
    row.hidden = !typed;
    row.textContent = words.search.replace("{query}", () => typed);
  };
  // Material completes a word on → and clears the box by script: neither is an input event.
  for (const kind of ["input", "keyup", "focus"]) query.addEventListener(kind, update);
  query.form?.addEventListener("reset", () => setTimeout(update));
  update();

  row.addEventListener("click", () => {
    const question = query.value.trim();
    /** @type {HTMLInputElement | null} */
    const toggle = document.querySelector("#__search");
    if (toggle?.checked) toggle.click();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // what closes should not keep the focus
    document.dispatchEvent(new CustomEvent("kb-ask", { detail: { question } }));
  });

  // Material closes the search on Tab and takes the focus back to the box on other keys; it listens on the window.
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || row.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    row.focus();
  });
  row.addEventListener("keydown", (event) => {
    if (["Tab", "Enter", " "].includes(event.key)) event.stopPropagation();
  });
}
