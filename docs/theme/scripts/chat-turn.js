// One turn of a conversation as an element: its question, and its answer or why there is none.

import { show } from "./ask-answer.js";
import { address, shareable } from "./ask-api.js";
import { markdown } from "./answer-markdown.js";
import { feedback } from "./chat-feedback.js";
import { explained } from "./chat-summary.js";
import { copy, element, iconButton } from "./element.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Trouble} Trouble
 * @typedef {import("./types.d.ts").Turn} Turn
 * @typedef {import("./types.d.ts").Words} Words
 */

/**
 * What the reader may do with a turn.
 * @typedef {object} Actions
 * @property {(turn: Turn) => void} again ask once more
 * @property {(turn: Turn) => void} instead search this site
 * @property {(question: string) => void} pick ask what is suggested
 * @property {(text: string) => void} say read aloud
 */

/**
 * @param {Turn} turn
 * @param {Words} words
 * @param {Actions} actions
 */
export function turnElement(turn, words, actions) {
  const { answer, failure } = turn;
  const title = element("h2", { className: "kb-turn__question", textContent: turn.question, tabIndex: -1 });
  const status = answer ? answer.status : (failure?.kind ?? "asking");
  const body = element("div", { className: "kb-answer", "data-status": status });
  if (answer) body.append(...show(answer, words, actions.pick, actions.say), ...tools(turn, answer, words, actions));
  else if (failure) body.append(note(explained(failure, words)), retries(turn, failure, words, actions));
  else body.append(note(words.asking, " kb-answer__wait"));
  const busy = String(!answer && !failure);
  return element("article", { className: "kb-turn", "data-turn": turn.id, "aria-busy": busy }, title, body);
}

/** @param {string} text */
const note = (text, more = "") => element("p", { className: `kb-answer__note${more}`, textContent: text });

/**
 * @param {string} textContent
 * @param {() => void} onclick
 */
export const button = (textContent, onclick) =>
  element("button", { type: "button", className: "kb-button", textContent, onclick });

/**
 * @param {Turn} turn
 * @param {Answer} answer
 * @param {Words} words
 * @param {Actions} actions
 */
function tools(turn, answer, words, { again, say }) {
  const row = element("div", { className: "kb-tools" });
  if (answer.status === "offline") {
    row.append(button(words.retry, () => again(turn)));
    return [row];
  }
  const copyNote = element("span", { className: "kb-tools__note" });
  /** @param {string} text */
  const tell = (text) => {
    copyNote.textContent = text;
    say(text);
  };
  /** @param {string} text */
  const copied = async (text) => tell((await copy(text)) ? words.copied : words.copy_failed);
  const votes = feedback(turn, answer, words, tell);
  row.append(
    iconButton("copy", words.copy, () => copied(markdown(answer, address, words))),
    iconButton("link", words.copy_link, () => copied(shareable(turn.question, turn.history))),
    ...votes.tools,
    copyNote,
  );
  return [row, votes.more];
}

/**
 * @param {Turn} turn
 * @param {Trouble} failure
 * @param {Words} words
 * @param {Actions} actions
 */
function retries(turn, { kind }, words, { again, instead }) {
  const row = element("div", { className: "kb-tools" }, button(words.retry, () => again(turn)));
  if (kind !== "offline" && kind !== "stopped") row.append(button(words.search_instead, () => instead(turn)));
  return row;
}
