// The conversation: a list of turns and the box below it. It mounts into any host: the panel, a page, a form.

import { Failure, LONGEST, address, ask as request, lang, shareable } from "./ask-api.js";
import { show } from "./ask-answer.js";
import { markdown } from "./answer-markdown.js";
import { feedback } from "./chat-feedback.js";
import * as memory from "./chat-memory.js";
import { copy, element, icon, iconButton } from "./element.js";
import { starters } from "./starters.js";

const COUNTED = 0.8; // of the longest question: from here on the counter is shown

// `asked(question)` is told of every question. A <form> as host is the box itself: earlier turns stay folded there.
export function mount(host, words, asked = () => {}) {
  const landing = host.matches("form");
  const form = landing ? host : element("form");
  const thread = element("div", { className: "kb-chat__thread" });
  const ideas = element("div", { className: "kb-chat__ideas" });
  const said = element("p", { className: "kb-unseen", role: "status" });
  const chat = element("div", { className: `kb-chat${landing ? " kb-chat--landing" : ""}` });
  const box = element("textarea", { name: "ask", rows: 1, placeholder: landing ? words.placeholder : words.short, autocomplete: "off" });
  box.id = "kb-question";
  box.enterKeyHint = "send";
  box.setAttribute("aria-describedby", "kb-count");
  const count = element("span", { className: "kb-ask__count", id: "kb-count" });
  const clear = element("button", { type: "button", className: "kb-ask__clear", textContent: words.clear, onclick: forget });
  const send = element("button", { type: "submit", className: "kb-ask__send", title: words.send }, icon("send"));
  send.append(element("span", { textContent: words.send }));
  const chips = element("div", { className: "kb-ask__about" });
  let about = null; // {title, url}: what the next question is about
  let running = null; // {turn, stop: AbortController}
  let folded = landing && memory.turns().length > 0;

  form.classList.add("kb-ask");
  form.noValidate = true;
  form.replaceChildren(
    element("label", { htmlFor: box.id, textContent: words.label }),
    chips,
    element("div", { className: "kb-ask__row" }, box, send),
    element("div", { className: "kb-ask__foot" }, element("span", { textContent: words.note }), count, clear),
  );
  if (landing) {
    host.before(chat);
    chat.append(thread, host, ideas, said);
  } else {
    chat.append(thread, ideas, form, said);
    host.replaceChildren(chat);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", measure);
  box.addEventListener("keydown", (event) => {
    // While an input method composes, Enter chooses a word. (229: Safari ends composing before the key.)
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  // Material takes single letters for shortcuts, also from buttons.
  chat.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && event.key !== "Escape") event.stopPropagation();
  });

  draw();
  resume();
  return { ask, focus: () => box.focus(), inspire, setAbout, destroy: () => running?.stop.abort() };

  function submit() {
    const question = box.value.trim();
    if (question && question.length <= LONGEST) ask(question);
    else box.focus();
  }

  // One that is the last question already is only shown again: an address with ?ask= may be loaded twice.
  function ask(question, again = true) {
    folded = false;
    const last = memory.turns().at(-1);
    if (!again && last?.question === question) {
      draw();
      return reveal(last);
    }
    if (running) stop();
    const turn = memory.add(question, about?.title);
    setAbout(null);
    box.value = "";
    measure();
    asked(question);
    draw();
    reveal(turn);
    run(turn);
  }

  // A turn that was under way when the page was left is asked again.
  function resume() {
    const last = memory.turns().at(-1);
    if (!last || last.answer || last.failure) return;
    folded = false;
    draw();
    run(last);
  }

  async function run(turn) {
    const mine = (running = { turn, stop: new AbortController() });
    delete turn.failure;
    redraw(turn);
    try {
      turn.answer = await request(turn.question, turn.history, mine.stop.signal);
    } catch (error) {
      if (mine.stop.signal.aborted) return;
      const { kind, message, wait } = error instanceof Failure ? error : new Failure("failed");
      turn.failure = { kind, message, wait };
      if (kind === "offline") await search(turn);
    }
    if (mine.stop.signal.aborted) return;
    running = null;
    memory.save();
    redraw(turn);
    say(summary(turn));
  }

  // In place of the answer that the service did not give.
  async function search(turn) {
    try {
      const { find } = await import("./ask-offline.js");
      turn.answer = await find(turn.question, lang);
      delete turn.failure;
    } catch {
      // Not even the index can be had: what failed stays.
    }
  }

  // A later question wins over one that is still under way.
  function stop() {
    const { turn } = running;
    running.stop.abort();
    running = null;
    turn.failure = { kind: "stopped", message: "", wait: 0 };
    redraw(turn);
  }

  function forget() {
    running?.stop.abort();
    running = null;
    memory.clear();
    setAbout(null);
    draw();
    box.focus();
    say(words.cleared);
  }

  function draw() {
    const turns = memory.turns();
    thread.hidden = folded || !turns.length;
    clear.hidden = !turns.length || folded;
    thread.replaceChildren(...turns.map(render));
    inspire();
  }

  function redraw(turn) {
    const at = thread.querySelector(`[data-turn="${turn.id}"]`);
    const inside = at?.contains(document.activeElement);
    at?.replaceWith(render(turn));
    if (inside) question(turn)?.focus({ preventScroll: true });
  }

  // What to ask on this page while nothing has been asked, or the way back to what was.
  function inspire() {
    ideas.replaceChildren();
    const { length } = memory.turns();
    if (folded) ideas.append(button(words.unfold.replace("{n}", length), unfold));
    else if (!length) {
      const questions = host.closest("dialog") ? starters(document, words) : words.examples;
      const list = questions.map((text) => element("li", {}, button(text, () => pick(text))));
      ideas.append(element("p", { textContent: words.starters }), element("ul", {}, ...list));
    }
    ideas.hidden = !ideas.children.length;
    measure(); // what is not shown has no height
  }

  function unfold() {
    folded = false;
    draw();
    reveal(memory.turns().at(-1), true);
  }

  function render(turn) {
    const { answer, failure } = turn;
    const title = element("h2", { className: "kb-turn__question", textContent: turn.question, tabIndex: -1 });
    const body = element("div", { className: "kb-answer" });
    body.dataset.status = answer ? answer.status : (failure?.kind ?? "asking");
    if (answer) body.append(...show(answer, words, pick), ...tools(turn));
    else if (failure) body.append(element("p", { className: "kb-answer__note", textContent: told(failure) }), retries(turn));
    else body.append(element("p", { className: "kb-answer__note kb-answer__wait", textContent: words.asking }));
    const made = element("article", { className: "kb-turn" }, title, body);
    made.dataset.turn = turn.id;
    made.ariaBusy = String(!answer && !failure);
    return made;
  }

  function tools(turn) {
    const { answer, question } = turn;
    const note = element("span", { className: "kb-tools__note" });
    const tell = (text, aloud = true) => {
      note.textContent = text;
      if (aloud) say(text);
    };
    const copied = async (text) => tell((await copy(text)) ? words.copied : words.copy_failed);
    const row = element("div", { className: "kb-tools" });
    if (answer.status === "offline") {
      row.append(button(words.retry, () => again(turn)));
      return [row];
    }
    const votes = feedback(turn, words, tell);
    row.append(
      iconButton("copy", words.copy, () => copied(markdown(answer, address))),
      iconButton("link", words.copy_link, () => copied(shareable(question))),
      ...votes.tools,
      note,
    );
    return [row, votes.more];
  }

  function retries(turn) {
    const row = element("div", { className: "kb-tools" }, button(words.retry, () => again(turn)));
    if (!["offline", "stopped"].includes(turn.failure.kind)) row.append(button(words.search_instead, () => instead(turn)));
    return row;
  }

  function again(turn) {
    if (running) stop();
    delete turn.answer;
    run(turn);
    question(turn).focus({ preventScroll: true });
  }

  async function instead(turn) {
    await search(turn);
    memory.save();
    redraw(turn);
    say(summary(turn));
  }

  function told({ kind, message, wait }) {
    const text = kind === "busy" || !message ? words[kind] : message;
    return wait ? `${text}${words.wait.replace("{n}", wait)}` : text;
  }

  function summary({ answer, failure }) {
    if (failure) return told(failure);
    const found = answer.citations.length;
    if (answer.status === "offline") return found ? words.offline_found : words.offline_none;
    return found ? `${answer.answer} ${words.count.replace("{n}", found)}` : answer.answer;
  }

  // The chosen button goes away with its list; focus moves on to the question that it asked.
  function pick(text) {
    ask(text);
    question(memory.turns().at(-1)).focus({ preventScroll: true });
  }

  function question(turn) {
    return thread.querySelector(`[data-turn="${turn.id}"] .kb-turn__question`);
  }

  function reveal(turn, focus = false) {
    const title = question(turn);
    title.parentElement.scrollIntoView({ block: landing ? "nearest" : "start" });
    if (focus) title.focus({ preventScroll: true });
  }

  function setAbout(subject) {
    about = subject;
    chips.replaceChildren();
    if (!about) return;
    const text = element("span", { textContent: words.about.replace("{title}", about.title) });
    const off = iconButton("close", words.about_off, () => {
      setAbout(null);
      box.focus();
    });
    chips.append(text, off);
  }

  function measure() {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
    const { length } = box.value.trim();
    const over = length > LONGEST;
    count.textContent = length > COUNTED * LONGEST ? `${length} / ${LONGEST}${over ? ` ${words.too_long}` : ""}` : "";
    box.ariaInvalid = String(over);
    send.ariaDisabled = String(over);
  }

  function say(text) {
    said.textContent = text;
  }
}

function button(textContent, onclick) {
  return element("button", { type: "button", className: "kb-button", textContent, onclick });
}
