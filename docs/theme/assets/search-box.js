// What Material's search box lacks: what was typed as a question to the bot, questions that the site answers while one
// types, Enter that asks a whole question, and a search for text that no key has typed.

import { home, shareable, words as load } from "../scripts/ask-api.js";
import { element } from "../scripts/element.js";
import { watch } from "../scripts/search-missed.js";
import { suggester } from "../scripts/search-suggest.js";
import { styled } from "../scripts/style-sheet.js";

/**
 * @param {HTMLInputElement} query
 * @param {Element} results
 */
export async function equip(query, results) {
  watch(query, results);
  const [{ page: words }] = await Promise.all([load(), styled("search-box.css")]);
  const isQuestion = new RegExp(words.is_question, "iu");
  const row = link("kb-search-ask");
  const similar = element("div", { role: "group", ariaLabel: words.questions });
  // Among the results, where Material's arrow keys find every link; not first, because that is Material's count.
  results.before(element("div", { className: "kb-search-asks" }, row, similar));

  /** @type {(typed: string) => string[]} */
  let suggest = () => [];
  const update = () => {
    const typed = query.value.trim();
    row.hidden = !typed;
    fill(row, typed, words.search.replace("{query}", () => typed));
    similar.replaceChildren(...suggest(typed).map((question) => fill(link("kb-search-question"), question, question)));
  };
  // Material completes a word on → and clears the box by script: neither is an input event.
  for (const kind of ["input", "keyup", "focus"]) query.addEventListener(kind, update);
  query.form?.addEventListener("reset", () => setTimeout(update));

  // Material listens to keys: what is pasted by mouse, dropped or dictated would not be searched.
  const search = () => query.dispatchEvent(new Event("keyup"));
  query.addEventListener("input", search);
  search(); // and what came before this script

  // Material opens the best hit on Enter, closes the search on Tab and takes the focus back to the box on other keys; it
  // listens on the window.
  query.addEventListener("keydown", (event) => {
    if (event.isComposing || row.hidden) return;
    if (event.key === "Enter" && isQuestion.test(query.value.trim())) ask(query.value.trim());
    else if (event.key === "Tab" && !event.shiftKey) row.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  suggest = await suggestions(isQuestion).catch(() => suggest); // without an index there are none
  update();
}

/** @param {RegExp} isQuestion */
async function suggestions(isQuestion) {
  const response = await fetch(new URL("search/search_index.json", home));
  return suggester((await response.json()).docs, isQuestion);
}

/** @param {string} className */
function link(className) {
  // Material reads the score of whatever leads somewhere; the best hit stays the best.
  const made = element("a", { className }, element("span", { "data-md-score": "0" }));
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // else Material would go to the page of the chat
    ask(made.dataset.question ?? "");
  });
  made.addEventListener("keydown", (event) => {
    if (["Tab", "Enter"].includes(event.key)) event.stopPropagation();
  });
  return made;
}

/**
 * @param {HTMLAnchorElement} made
 * @param {string} question
 * @param {string} text
 */
function fill(made, question, text) {
  made.href = shareable(question);
  made.dataset.question = question;
  if (made.firstElementChild) made.firstElementChild.textContent = text;
  return made;
}

/** @param {string} question */
function ask(question) {
  /** @type {HTMLInputElement | null} */
  const toggle = document.querySelector("#__search");
  if (toggle?.checked) toggle.click();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // what closes should not keep the focus
  document.dispatchEvent(new CustomEvent("kb-ask", { detail: { question } }));
}
