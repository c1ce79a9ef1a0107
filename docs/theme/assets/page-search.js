// A first row in Material's search results that hands what was typed to the bot.

import { words as load } from "./ask-api.js";

const query = document.querySelector(".md-search__input");
const results = document.querySelector(".md-search-result");
if (query && results) add((await load()).page);

function add(words) {
  const row = document.createElement("button");
  Object.assign(row, { type: "button", className: "kb-search-ask" });
  results.before(row);
  query.closest("[role=dialog]").ariaLabel = query.ariaLabel; // Material leaves the dialog without a name

  const update = () => {
    const typed = query.value.trim();
    row.hidden = !typed;
    row.textContent = words.search.replace("{query}", () => typed);
  };
  // Material completes a word on → and clears the box by script: neither is an input event.
  for (const kind of ["input", "keyup", "focus"]) query.addEventListener(kind, update);
  query.form.addEventListener("reset", () => setTimeout(update));
  update();

  row.addEventListener("click", () => {
    const question = query.value.trim();
    const toggle = document.getElementById("__search");
    if (toggle.checked) toggle.click();
    document.activeElement.blur(); // what closes should not keep the focus
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
