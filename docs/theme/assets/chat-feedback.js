// Thumbs below an answer. Nothing is sent before one is pressed; pressing it again takes the vote back.

import { address, lang, vote } from "./ask-api.js";
import { save } from "./chat-memory.js";
import { element, iconButton } from "./element.js";

const REASONS = ["wrong", "incomplete", "unclear", "not_what_i_meant"];

let switchedOff = false; // the service has no feedback: not asked for again

// {tools, more}: two buttons for the row of tools, and what a thumb down opens below it. `say(text)` tells the reader.
export function feedback(turn, words, say) {
  const up = iconButton("up", words.helpful, () => press("up"));
  const down = iconButton("down", words.not_helpful, () => press("down"));
  const more = element("div", { className: "kb-feedback" });
  draw();
  return { tools: switchedOff ? [] : [up, down], more };

  function draw() {
    up.ariaPressed = String(turn.vote === "up");
    down.ariaPressed = String(turn.vote === "down");
    more.replaceChildren(...(turn.vote === "down" ? [reasons(), runnersUp()] : []).filter(Boolean));
  }

  function press(choice) {
    send(turn.vote === choice ? null : choice, null);
  }

  async function send(choice, reason) {
    const before = [turn.vote, turn.reason];
    [turn.vote, turn.reason] = [choice, reason];
    draw();
    more.scrollIntoView({ block: "nearest" });
    if (reason) more.querySelector("[aria-pressed=true]").focus(); // the pressed button was drawn anew
    const { id: answer, question, answer: given } = turn;
    const { status, citations, lang: spoken } = given;
    const section = citations[0]?.section ?? null;
    const reply = await vote({ answer, vote: choice, reason, question, lang: spoken ?? lang, status, section });
    if (reply === 404) {
      switchedOff = true;
      for (const part of document.querySelectorAll(".kb-feedback, .kb-tool[aria-pressed]")) part.remove();
    } else if (reply === 0 || reply >= 400) {
      [turn.vote, turn.reason] = before;
      draw();
      say(words.vote_failed, true);
    } else say(choice ? words.thanks : words.vote_withdrawn);
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
    const group = element("div", { className: "kb-feedback__reasons", role: "group" }, ...buttons);
    group.ariaLabel = words.why;
    return element("div", {}, element("p", { textContent: words.why }), group);
  }

  // What came next: the reader may have meant one of these.
  function runnersUp() {
    const found = (turn.answer.runners_up ?? []).map(({ title, url, lang: written }) => [title, address(url), written]);
    if (turn.reason !== "not_what_i_meant") return null;
    const rows = found.map(([textContent, href, written]) =>
      element("li", { lang: written }, href ? element("a", { href, textContent }) : textContent),
    );
    const title = element("p", { textContent: rows.length ? words.runners_up : words.no_runners_up });
    return element("div", { className: "kb-feedback__others" }, title, rows.length ? element("ul", {}, ...rows) : null);
  }
}
