// What the reader gives: a box, files, an example. It is folded while findings are read, and everything that was taken
// can be opened in the box again.

import { button } from "./check-parts.js";
import { element } from "./element.js";

/**
 * @typedef {import("./types.d.ts").CheckWords} Words
 * @typedef {import("./types.d.ts").Piece} Piece
 */

/**
 * What is done with it: `text` stands for the document at `at`, or is one more; `leave` takes one out.
 * @typedef {object} Takers
 * @property {(text: string, at: number | null) => void} text
 * @property {(files: File[]) => void} files
 * @property {() => void} example
 * @property {(at: number) => void} leave
 * @property {() => void} typed the box holds something else
 * @property {() => void} clear
 */

/**
 * @param {HTMLElement} host what takes files that are dropped
 * @param {Words} words
 * @param {Takers} take
 */
export function entry(host, words, take) {
  /** @type {Piece[]} */
  let given = [];
  /** @type {number | null} */
  let edited = null; // which document the box shows

  const box = element("textarea", {
    id: "kb-check-text",
    rows: 8,
    spellcheck: false,
    autocomplete: "off",
    placeholder: words.placeholder,
  });
  const label = element("label", { htmlFor: box.id, textContent: words.label });
  const files = element("input", { type: "file", multiple: true, hidden: true, onchange: chosen });
  const close = button(words.close, () => (fold(), take.typed(), edit.focus()));
  close.hidden = true;
  const clear = button(words.clear, take.clear);
  clear.hidden = true; // beside documents it is in the bar
  const form = element(
    "form",
    { className: "kb-check", onsubmit: submit },
    label,
    box,
    element(
      "div",
      { className: "kb-check__row" },
      element("button", { type: "submit", className: "kb-check__button kb-check__button--main", textContent: words.send }),
      button(words.files, () => files.click()),
      button(words.example, take.example),
      close,
      clear,
      files,
    ),
    element("p", { className: "kb-check__note", textContent: words.privacy }),
  );
  const list = element("ul", { className: "kb-check__pieces", "aria-label": words.given });
  const edit = button(words.add, () => open(null));
  const all = element("div", { className: "kb-check__all" }, edit, button(words.clear, take.clear));
  const bar = element("div", { className: "kb-check__bar", hidden: true }, list, all);

  function fold() {
    form.hidden = true;
    edited = null;
    box.value = "";
  }

  const draft = () => ({ text: box.value, at: edited });

  function noticed() {
    clear.hidden = Boolean(given.length) || !box.value;
  }

  /**
   * The box with `text`: else empty, or with the document at `at`.
   * @param {number | null} at
   * @param {string} [text]
   */
  function open(at, text) {
    edited = at;
    form.hidden = false;
    close.hidden = !given.length;
    label.textContent = at === null ? words.label : `${words.edit}: ${given[at].name || list.children[at].firstElementChild?.textContent}`;
    box.value = text ?? (at === null ? "" : given[at].text.replace(/^\n+/, ""));
    noticed();
    box.setSelectionRange(0, 0);
    box.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    take.text(box.value, edited);
  }

  function chosen() {
    take.files([...(files.files ?? [])]);
    files.value = "";
  }

  /**
   * What was taken, and what each of it is. `same`: it was shown before, and what is edited stays so.
   * @param {Piece[]} pieces
   * @param {string[]} kinds
   */
  function show(pieces, kinds, same = false) {
    given = pieces;
    if (!same) edited = null;
    bar.hidden = !pieces.length;
    noticed();
    close.hidden = !pieces.length;
    if (!same) label.textContent = words.label;
    list.replaceChildren(...pieces.map(({ name }, at) => chip(name, kinds[at] ?? "", at)));
  }

  /**
   * @param {string} name
   * @param {string} kind
   * @param {number} at
   */
  function chip(name, kind, at) {
    return element(
      "li",
      {},
      element("code", { textContent: kind }),
      name ? ` ${name}` : "",
      button(words.edit, () => open(at), `${words.edit}: ${kind} ${name}`),
      button("×", () => take.leave(at), `${words.remove}: ${kind} ${name}`),
    );
  }

  // A text that is pasted into the empty box is checked at once.
  box.addEventListener("paste", () => box.value || setTimeout(() => form.requestSubmit()));
  box.addEventListener("input", () => (noticed(), take.typed()));
  box.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") form.requestSubmit();
  });
  for (const type of ["dragover", "dragleave", "drop"])
    host.addEventListener(type, (event) => {
      event.preventDefault();
      host.classList.toggle("kb-check--over", type === "dragover");
    });
  host.addEventListener("drop", ({ dataTransfer }) => {
    if (!dataTransfer) return;
    if (dataTransfer.files.length) return take.files([...dataTransfer.files]);
    if (form.hidden) open(null);
    box.value = dataTransfer.getData("text");
    form.requestSubmit();
  });

  return { form, bar, box, show, fold, open, draft };
}
