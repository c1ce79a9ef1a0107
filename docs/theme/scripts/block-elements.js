// Blocks of an answer as elements: paragraphs, lists, tables, code that can be copied, notes. Text goes in as text.

import { copy, element, icon, iconButton } from "./element.js";

/**
 * @typedef {import("./types.d.ts").Block} Block
 * @typedef {import("./types.d.ts").Words} Words
 */

/**
 * @param {Block[]} blocks
 * @param {Words} words
 * @param {(text: string) => (Node | string)[]} linked a text with its links
 * @param {(text: string) => HTMLElement} rest what leads to all of a list, table or code of which a part is shown
 * @param {(text: string) => void} tell read aloud
 * @returns {HTMLElement[]}
 */
export function blockElements(blocks, words, linked, rest, tell) {
  return blocks.flatMap((block) => {
    const made = elementOf(block);
    const more = "more" in block && block.more ? rest(words.more.replace("{n}", String(block.more))) : null;
    return more ? [made, element("p", { className: "kb-more" }, more)] : [made];
  });

  /** @param {Block} block */
  function elementOf(block) {
    switch (block.kind) {
      case "list":
        return list(block);
      case "table":
        return table(block, linked);
      case "code":
        return code(block);
      case "note": {
        const title = block.title ? element("p", { className: "kb-note__title", textContent: block.title }) : null;
        return element("div", { className: "kb-note", role: "note" }, title, ...blockElements(block.blocks, words, linked, rest, tell));
      }
      default:
        return element("p", {}, ...linked(block.text));
    }
  }

  /** @param {import("./types.d.ts").ListBlock} block */
  function list({ items, start }) {
    const rows = items.map(({ text, blocks: inner }) =>
      element("li", {}, text ? element("p", {}, ...linked(text)) : null, ...blockElements(inner, words, linked, rest, tell)),
    );
    return start === null ? element("ul", {}, ...rows) : element("ol", { start }, ...rows);
  }

  /** @param {import("./types.d.ts").CodeBlock} block */
  function code({ text, more }) {
    const pre = element("pre", { tabIndex: 0 }, element("code", { textContent: text }));
    // Half of a command is none.
    const button = more ? null : iconButton("copy", words.copy_code, () => void taken());
    const taken = async () => {
      const done = await copy(text);
      tell(done ? words.copied : words.copy_failed);
      if (done) button?.replaceChildren(icon("done"));
    };
    return element("div", { className: "kb-code" }, pre, button);
  }
}

/**
 * @param {import("./types.d.ts").TableBlock} block
 * @param {(text: string) => (Node | string)[]} linked
 */
function table({ header, rows }, linked) {
  /**
   * @param {"th" | "td"} tag
   * @param {string} text
   */
  const cell = (tag, text) =>
    element(tag, tag === "th" ? { scope: "col" } : {}, ...text.split("\n").map((line) => element("div", {}, ...linked(line))));
  const head = header.length ? element("thead", {}, element("tr", {}, ...header.map((text) => cell("th", text)))) : null;
  const body = rows.map((row) => element("tr", {}, ...row.map((text) => cell("td", text))));
  const made = element("table", {}, head, element("tbody", {}, ...body));
  return element("div", { className: "kb-table", tabIndex: 0 }, made);
}
