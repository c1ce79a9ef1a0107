// An answer as Markdown, to be pasted into an issue or a chat: the question, the answer in the forms of its page, its
// sources and rules with links.

import { aged, blocksOf, isSaid, parts, titled } from "./answer-parts.js";
import { behind, blockMarkdown, plain } from "./block-markdown.js";
import { linking } from "./link-places.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Citation} Citation
 * @typedef {import("./types.d.ts").Words} Words
 */

/**
 * `answer` as the service gives it; `address(path)` makes an absolute URL of a path of the answer, or null.
 * @param {Pick<Answer, "question" | "answer" | "citations" | "rules" | "checks" | "word" | "written" | "version" | "outside">} answer
 * @param {(path: string) => string | null} address
 * @param {Pick<Words, "version" | "more" | "also" | "stale" | "written">} words
 */
export function markdown(answer, address, words) {
  const { question, citations, rules, word, written, version, outside = [] } = answer;
  const { checks, before, lead, after } = parts(answer);
  const said = [
    `## ${line(question)}`,
    word ? `**${plain(word)}**` : "",
    ...(written ? [plain(written.text), `*${plain(words.written)}*`] : []),
    ...[...checks.map(({ text }) => text), ...before].map(plain),
    citations.length ? quote(lead, citations[0]) : "",
    ...after.map((each) => (typeof each === "string" ? plain(each) : quote(blocksOf(each), each))),
    version ? plain(words.version.replace("{version}", version)) : "",
    outside.map(({ title, url }) => `- ${link(url, title)}`).join("\n"),
    citations.map(source).join("\n\n"),
    rules.map(({ id, name, title, url }) => `- ${link(url, `${id} ${name}`)}: ${line(title)}`).join("\n"),
  ];
  return `${said.filter(Boolean).join("\n\n")}\n`;

  /**
   * @param {string} path
   * @param {string} text
   */
  function link(path, text) {
    const url = /^https?:/.test(path) ? path : address(path);
    return url ? `[${line(text)}](${url.replace(/[()]/g, (bracket) => `%2${"()".indexOf(bracket) + 8}`)})` : line(text);
  }

  /**
   * @param {import("./types.d.ts").Block[]} blocks
   * @param {Citation} cited
   */
  function quote(blocks, { url, links }) {
    const pieces = linking(links, (to) => link(to.url, to.text), plain);
    return blockMarkdown(blocks, (n) => link(url, words.more.replace("{n}", String(n))), (text) => pieces(text).join(""));
  }

  /**
   * @param {Citation} cited
   * @param {number} place
   */
  function source(cited, place) {
    const number = `${place + 1}. `;
    const also = (cited.also ?? []).map((other) => link(other.url, titled(other)));
    const lines = [
      [link(cited.url, titled(cited)), also.length ? `(${words.also} ${also.join(", ")})` : ""].filter(Boolean).join(" "),
      cited.stale ? plain(aged(cited.stale, words)) : "",
      isSaid(cited, answer) ? "" : behind("> ", "> ", quote(blocksOf(cited), cited)),
    ];
    return behind(number, " ".repeat(number.length), lines.filter(Boolean).join("\n\n"));
  }
}

/**
 * A title on one line: a second one could be a heading or a rule of its own.
 * @param {string} text
 */
const line = (text) => plain(text.trim().replace(/\s+/g, " "));
