// The conversation: a list of turns and the box below it. It mounts into any host: the panel, a page, a form.

import { titled } from "../scripts/answer-parts.js";
import { Failure, ask as request, lang } from "../scripts/ask-api.js";
import { questionBox } from "../scripts/chat-box.js";
import * as memory from "../scripts/chat-memory.js";
import { ideasIn } from "../scripts/chat-ideas.js";
import { places } from "../scripts/chat-places.js";
import { summary } from "../scripts/chat-summary.js";
import { turnElement } from "../scripts/chat-turn.js";
import { element, focused } from "../scripts/element.js";

export { starters } from "../scripts/starters.js";

/**
 * @typedef {import("../scripts/types.d.ts").Answer} Answer
 * @typedef {import("../scripts/types.d.ts").Turn} Turn
 * @typedef {object} Aids
 * @property {(turn: Turn) => void} [asked] is told of every question
 * @property {(question: string, lang: string) => Promise<Answer>} find sections, without the service
 */

/**
 * A <form> as host is the box itself: earlier turns stay folded there.
 * @param {HTMLElement} host
 * @param {import("../scripts/types.d.ts").Words} words
 * @param {Aids} aids
 */
export function mount(host, words, { asked = () => {}, find }) {
  const landing = host instanceof HTMLFormElement;
  const form = landing ? host : element("form");
  const thread = element("div", { className: "kb-chat__thread" });
  const ideas = element("div", { className: "kb-chat__ideas" });
  const said = element("p", { className: "kb-unseen", role: "status" });
  const say = (/** @type {string} */ text) => void (said.textContent = text);
  const chat = element("div", { className: `kb-chat${landing ? " kb-chat--landing" : ""}` });
  const { focus, reveal } = places(thread);
  const box = questionBox(form, words, landing ? words.placeholder : words.short, ask, forget);
  /** @type {{ turn: Turn, stop: AbortController } | null} */
  let running = null;
  // The chosen button goes away with its list; focus moves on to the question that it asked.
  const pick = (/** @type {string} */ text) => focus(ask(text));
  const offered = ideasIn(ideas, words, { ofPage: () => Boolean(host.closest("dialog")), pick, unfold });
  let folded = landing && memory.turns().length > 0;

  if (landing) {
    host.before(chat);
    chat.append(thread, host, ideas, said);
  } else {
    chat.append(thread, ideas, form, said);
    host.replaceChildren(chat);
  }
  // Material takes single letters for shortcuts, also from buttons.
  chat.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && event.key !== "Escape") event.stopPropagation();
  });

  const unfoldQuotes = () => {
    for (const quote of thread.querySelectorAll("details")) quote.open = true; // paper cannot be pressed
  };
  addEventListener("beforeprint", unfoldQuotes);

  draw();
  const target = landing || host.closest("dialog") ? null : document.querySelector(":target");
  if (target) target.scrollIntoView(); // the thread has pushed it down
  else latest();
  resume();
  return { ask, replay, focus: box.focus, inspire, latest, setAbout, destroy };

  function destroy() {
    running?.stop.abort();
    removeEventListener("beforeprint", unfoldQuotes);
  }

  /** @param {import("../scripts/types.d.ts").Subject} subject */
  async function setAbout(subject) {
    box.setAbout(subject);
    await offered.bring(subject.url);
    inspire();
  }

  /**
   * One that is the last question already is only shown again: an address with ?ask= may be loaded twice.
   * @param {string} question
   */
  function ask(question, repeat = true) {
    folded = false;
    const last = memory.turns().at(-1);
    if (!repeat && last?.question === question) {
      draw();
      reveal(last);
      return last;
    }
    if (running) stop(running);
    const about = box.about();
    const turn = memory.add(question, about ? [titled({ ...about, path: [about.page] })] : undefined);
    box.empty();
    asked(turn);
    draw();
    reveal(turn);
    run(turn);
    return turn;
  }

  /**
   * A conversation that somebody shared: its questions one after the other, unless they are here already.
   * @param {string[]} questions
   */
  async function replay(questions) {
    const last = memory.turns().at(-1);
    if (last && [...last.history, last.question].join("\n") === questions.join("\n")) return void ask(last.question, false);
    if (running) stop(running);
    folded = false;
    for (const [place, question] of questions.entries()) {
      const turn = memory.add(question, questions.slice(0, place));
      asked(turn);
      draw();
      reveal(turn);
      await run(turn);
      if (turn.failure?.kind === "stopped" || !thread.isConnected) return;
    }
  }

  // A turn that was under way when the page was left is asked again.
  function resume() {
    const last = memory.turns().at(-1);
    if (!last || last.answer || last.failure) return;
    folded = false;
    draw();
    run(last);
  }

  /** @param {Turn} turn */
  async function run(turn) {
    const mine = (running = { turn, stop: new AbortController() });
    delete turn.failure;
    redraw(turn);
    try {
      const answer = await request(turn.question, turn.history, mine.stop.signal);
      turn.answer = { ...answer, word: answer.verdict && words.verdicts[answer.verdict] };
    } catch (error) {
      if (mine.stop.signal.aborted) return;
      const { kind, message, wait } = error instanceof Failure ? error : new Failure("failed");
      turn.failure = { kind, message, wait };
      if (kind === "offline") await search(turn);
    }
    if (mine.stop.signal.aborted) return;
    running = null;
    finish(turn);
  }

  /** @param {Turn} turn */
  function finish(turn) {
    memory.save();
    redraw(turn);
    reveal(turn);
    say(summary(turn, words));
  }

  /**
   * In place of the answer that the service did not give.
   * @param {Turn} turn
   */
  async function search(turn) {
    try {
      turn.answer = await find(turn.question, lang);
      delete turn.failure;
    } catch {
      // Not even the index can be had: what failed stays.
    }
  }

  /**
   * A later question wins over one that is still under way.
   * @param {{ turn: Turn, stop: AbortController }} under
   */
  function stop(under) {
    under.stop.abort();
    running = null;
    under.turn.failure = { kind: "stopped", message: "", wait: 0 };
    redraw(under.turn);
  }

  function forget() {
    running?.stop.abort();
    running = null;
    memory.clear();
    box.setAbout(null);
    draw();
    box.focus();
    say(words.cleared);
  }

  function draw() {
    const turns = memory.turns();
    thread.hidden = folded || !turns.length;
    box.clear.hidden = !turns.length || folded;
    thread.replaceChildren(...turns.map(render));
    inspire();
  }

  /** @param {Turn} turn */
  function redraw(turn) {
    const at = thread.querySelector(`[data-turn="${turn.id}"]`);
    const inside = at?.contains(focused());
    at?.replaceWith(render(turn));
    if (inside) focus(turn);
  }

  // What to ask on this page while nothing has been asked, or the way back to what was.
  function inspire() {
    offered.show(memory.turns().length, folded, box.about()?.url);
    box.measure(); // what is not shown has no height
  }

  function unfold() {
    folded = false;
    draw();
    focus(latest());
  }

  // Who comes back sees the newest answer, not the oldest.
  function latest() {
    const last = folded ? undefined : memory.turns().at(-1);
    if (last) reveal(last);
    return last;
  }

  /** @param {Turn} turn */
  function render(turn) {
    return turnElement(turn, words, { again, instead, pick, say });
  }

  /** @param {Turn} turn */
  function again(turn) {
    if (running) stop(running);
    delete turn.answer;
    run(turn);
    focus(turn);
  }

  /** @param {Turn} turn */
  async function instead(turn) {
    await search(turn);
    finish(turn);
  }
}
