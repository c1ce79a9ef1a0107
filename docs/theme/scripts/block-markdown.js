// Blocks of an answer as Markdown that is read as it was written: GitHub's, with tables.

/**
 * @typedef {import("./types.d.ts").Block} Block
 */

/**
 * `rest(n)`: a link to all of a list, table or code of which n parts are left out; `write`: a text with its links.
 * @param {Block[]} blocks
 * @param {(n: number) => string} rest
 * @param {(text: string) => string} [write]
 * @returns {string}
 */
export function blockMarkdown(blocks, rest, write = plain) {
  let lists = 0; // side by side: the same mark would make one list of two
  const parts = blocks.map((block) => {
    lists = block.kind === "list" ? lists + 1 : 0;
    const text = markdownOf(block, lists % 2 === 0);
    return "more" in block && block.more ? `${text}\n\n${rest(block.more)}` : text;
  });
  return parts.join("\n\n");

  /**
   * @param {Block} block
   * @param {boolean} other
   */
  function markdownOf(block, other) {
    switch (block.kind) {
      case "list":
        return list(block, other);
      case "table":
        return table(block, write);
      case "code":
        return code(block);
      case "note": {
        const title = block.title && `**${plain(block.title)}**`;
        return behind("> ", "> ", [title, blockMarkdown(block.blocks, rest, write)].filter(Boolean).join("\n\n"));
      }
      default:
        return write(block.text);
    }
  }

  /**
   * @param {import("./types.d.ts").ListBlock} block
   * @param {boolean} other
   */
  function list({ items, start }, other) {
    const written = items.map(({ text, blocks: inner }, n) => {
      const mark = start === null ? (other ? "* " : "- ") : `${start + n}${other ? ")" : "."} `;
      return behind(mark, " ".repeat(mark.length), [text && write(text), blockMarkdown(inner, rest, write)].filter(Boolean).join("\n\n"));
    });
    return written.join(items.some(({ blocks: inner }) => inner.length) ? "\n\n" : "\n");
  }
}

/**
 * @param {import("./types.d.ts").TableBlock} block
 * @param {(text: string) => string} write
 */
function table({ header, rows }, write) {
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  /** @param {string[]} cells */
  const line = (cells) => {
    const written = Array.from({ length: width }, (_, n) => (cells[n] ?? "").split(/\r\n?|\n/).map(write).join("<br>"));
    return `| ${written.join(" | ")} |`;
  };
  return [line(header), `|${" --- |".repeat(width)}`, ...rows.map(line)].join("\n");
}

/** @param {import("./types.d.ts").CodeBlock} block */
function code({ text, language }) {
  let fence = "```";
  while (text.includes(fence)) fence += "`";
  return `${fence}${language.replace(/[^\w+#.-]/g, "")}\n${text}\n${fence}`;
}

/**
 * Lines with a mark before the first and its width before the others.
 * @param {string} mark
 * @param {string} others
 * @param {string} text
 */
export const behind = (mark, others, text) =>
  text.split("\n").map((line, n) => `${n ? others : mark}${line}`.trimEnd()).join("\n");

/**
 * Text that Markdown shows as it is.
 * @param {string} text
 */
export const plain = (text) =>
  text
    .replace(/[\\`*[\]<>~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, "\\$&")
    .replace(/^([^\S\n]*)([#+=-]|\d+(?=[.)]))/gm, (_, space, mark) => (/\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`));
