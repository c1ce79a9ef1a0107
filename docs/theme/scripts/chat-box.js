// The box below a conversation: the question being written, how long it is, and the section that it is about.

import { LONGEST } from "./ask-api.js";
import { element, icon, iconButton } from "./element.js";

/** @typedef {import("./types.d.ts").Subject} Subject */

const COUNTED = 0.8; // of the longest question: from here on the counter is shown

/**
 * @param {HTMLFormElement} form is filled anew
 * @param {import("./types.d.ts").Words} words
 * @param {string} placeholder
 * @param {(question: string) => void} ask
 * @param {() => void} forget the reader clears the conversation
 */
export function questionBox(form, words, placeholder, ask, forget) {
  const box = element("textarea", {
    name: "ask",
    rows: 1,
    placeholder,
    autocomplete: "off",
    id: "kb-question",
    enterKeyHint: "send",
    "aria-describedby": "kb-count",
    oninput: measure,
    onkeydown,
  });
  const count = element("span", { className: "kb-ask__count", id: "kb-count" });
  const clear = element("button", { type: "button", className: "kb-ask__clear", textContent: words.clear, onclick: forget });
  const send = element("button", { type: "submit", className: "kb-ask__send", title: words.send }, icon("send"));
  send.append(element("span", { textContent: words.send }));
  const chips = element("div", { className: "kb-ask__about" });
  /** @type {Subject | null} */
  let about = null; // what the next question is about

  form.classList.add("kb-ask");
  form.noValidate = true;
  form.replaceChildren(
    element("label", { htmlFor: box.id, textContent: words.label }),
    chips,
    element("div", { className: "kb-ask__row" }, box, send),
    element("div", { className: "kb-ask__foot" }, element("span", { textContent: words.note }), count, clear),
  );
  form.onsubmit = submit;
  return { about: () => about, clear, empty, focus: () => box.focus(), measure, setAbout };

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    // While an input method composes, Enter chooses a word. (229: Safari ends composing before the key.)
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const question = box.value.trim();
    if (question && question.length <= LONGEST) ask(question);
    else box.focus();
  }

  function empty() {
    setAbout(null);
    box.value = "";
    measure();
  }

  /** @param {Subject | null} subject */
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
}
