// An answer as Markdown, to be pasted into an issue or a chat: the question, the answer, its quotes and rules with links.

/**
 * `answer` as the service gives it; `address(path)` makes an absolute URL of a path of the answer, or null.
 * @param {Pick<import("./types.d.ts").Answer, "question" | "answer" | "citations" | "rules">} answer
 * @param {(path: string) => string | null} address
 */
export function markdown({ question, answer, citations, rules }, address) {
  /**
   * @param {string} path
   * @param {string} text
   */
  const link = (path, text) => {
    const url = address(path)?.replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"));
    return url ? `[${line(text)}](${url})` : line(text);
  };
  const parts = [
    `## ${line(question)}`,
    lines(answer).join("\n\n"),
    citations.map(({ title, url, quote }, n) => {
      const number = `${n + 1}. `;
      const quoted = lines(quote).map((text) => `${" ".repeat(number.length)}> ${text}`);
      return [number + link(url, title), "", ...quoted].join("\n");
    }).join("\n\n"),
    rules.map(({ id, name, title, url }) => `- ${link(url, `${id} ${name}`)}: ${line(title)}`).join("\n"),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/**
 * A title on one line: a second one could be a heading or a rule of its own.
 * @param {string} text
 */
const line = (text) => plain(text.trim().replace(/\s+/g, " "));

/**
 * The cells of a table's row are separated by tabs.
 * @param {string} text
 */
const lines = (text) => text.split("\n").filter(Boolean).map((part) => plain(part).replace(/\t/g, " | "));

/**
 * Text that Markdown shows as it is.
 * @param {string} text
 */
const plain = (text) =>
  text
    .replace(/[\\`*[\]<>~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu, "\\$&")
    .replace(/^(\s*)([#+=-]|\d+(?=[.)]))/, (_, space, mark) => (/\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`));
