// What stands where nothing has been asked yet: questions to begin with, or the way back to what was asked before.

import { button } from "./chat-turn.js";
import { element } from "./element.js";
import { otherPage, starters } from "./starters.js";

/**
 * @param {HTMLElement} ideas filled here
 * @param {import("./types.d.ts").Words} words
 * @param {{ ofPage: () => boolean, pick: (text: string) => void, unfold: () => void }} how `ofPage`: a page's own questions
 */
export function ideasIn(ideas, words, { ofPage, pick, unfold }) {
  let other = { url: "", page: document }; // what the next question is about
  return { bring, show };

  /** @param {string} url the page that the next question is about */
  async function bring(url) {
    other = { url, page: await otherPage(url) };
  }

  /**
   * @param {number} turns so many questions have been asked
   * @param {boolean} folded they are not shown
   * @param {string} [about] the page that the next question is about
   */
  function show(turns, folded, about) {
    ideas.replaceChildren();
    if (folded) ideas.append(button(words.unfold.replace("{n}", String(turns)), unfold));
    else if (!turns) {
      const questions = ofPage() ? starters(about === other.url ? other.page : document, words) : words.examples;
      const list = questions.map((text) => element("li", {}, button(text, () => pick(text))));
      ideas.append(element("p", { textContent: words.starters }), element("ul", {}, ...list));
    }
    ideas.hidden = !ideas.children.length;
  }
}
