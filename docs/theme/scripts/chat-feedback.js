// Thumbs below an answer. Nothing is sent before one is pressed; pressing it again takes the vote back.

import { address, lang, vote } from "./ask-api.js";
import { save } from "./chat-memory.js";
import { element, iconButton } from "./element.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Reason} Reason
 * @typedef {import("./types.d.ts").Turn} Turn
 */

/** @type {Reason[]} */
const REASONS = ["wrong", "incomplete", "unclear", "not_what_i_meant"];

let switchedOff = false; // the service has no feedback: not asked for again

/**
 * {tools, more}: two buttons for the row of tools, and what a thumb down opens below it.
 * @param {Turn} turn
 * @param {Answer} given its answer
 * @param {import("./types.d.ts").Words} words
 * @param {(text: string) => void} say tells the reader
 */
export function feedback(turn, given, words, say) {
  const up = iconButton("up", words.helpful, () => press("up"));
  const down = iconButton("down", words.not_helpful, () => press("down"));
  const more = element("div", { className: "kb-feedback" });
  let sent = Promise.resolve(0); // the reply to the last vote: each waits for the one before, so none overtakes it
  let kept = { vote: turn.vote, reason: turn.reason }; // what the service has
  draw();
  return { tools: switchedOff ? [] : [up, down], more };

  function draw() {
    up.ariaPressed = String(turn.vote === "up");
    down.ariaPressed = String(turn.vote === "down");
    more.replaceChildren();
    if (turn.vote === "down") more.append(reasons());
    if (turn.vote === "down" && turn.reason === "not_what_i_meant") more.append(runnersUp());
  }

  /** @param {"up" | "down"} choice */
  function press(choice) {
    send(turn.vote === choice ? null : choice, null);
  }

  /**
   * @param {"up" | "down" | null} choice
   * @param {Reason | null} reason
   */
  async function send(choice, reason) {
    Object.assign(turn, { vote: choice, reason });
    draw();
    more.scrollIntoView({ block: "nearest" });
    /** @type {HTMLElement | null} */
    const pressed = more.querySelector("[aria-pressed=true]");
    pressed?.focus(); // it was drawn anew
    const { status, citations, lang: spoken } = given;
    const section = citations[0]?.section ?? null;
    const about = { answer: turn.id, question: turn.question, lang: spoken ?? lang, status, section };
    const own = (sent = sent.then(() => vote({ ...about, vote: choice, reason })));
    const reply = await own;
    if (reply === 404) {
      switchedOff = true;
      const chat = more.closest(".kb-chat") ?? more;
      for (const part of chat.querySelectorAll(".kb-feedback, .kb-tool[aria-pressed]")) part.remove();
    } else if (reply === 0 || reply >= 400) {
      if (own !== sent) return; // another choice is on its way
      Object.assign(turn, kept);
      draw();
      say(words.vote_failed);
    } else {
      kept = { vote: choice, reason };
      say(choice ? words.thanks : words.vote_withdrawn);
    }
    save();
  }

  function reasons() {
    const buttons = REASONS.map((reason) =>
      element("button", {
        type: "button",
        textContent: words.reasons[reason],
        "aria-pressed": String(turn.reason === reason),
        onclick: () => send("down", turn.reason === reason ? null : reason),
      }),
    );
    const group = element("div", { className: "kb-feedback__reasons", role: "group", "aria-label": words.why }, ...buttons);
    return element("div", {}, element("p", { textContent: words.why }), group);
  }

  // What came next: the reader may have meant one of these.
  function runnersUp() {
    const rows = (given.runners_up ?? []).map(({ title, url, lang: written }) => {
      const href = address(url);
      return element("li", { lang: written }, href ? element("a", { href, textContent: title }) : title);
    });
    const title = element("p", { textContent: rows.length ? words.runners_up : words.no_runners_up });
    return element("div", { className: "kb-feedback__others" }, title, rows.length ? element("ul", {}, ...rows) : null);
  }
}
