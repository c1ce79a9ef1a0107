// An answer of the service as elements. Everything is inserted as text: pages of any site may be quoted.

import { address, home } from "./ask-api.js";
import { element } from "./element.js";
import { arrive, remember } from "./quote-marks.js";
import { fragment } from "./quote-words.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Citation} Citation
 * @typedef {import("./types.d.ts").Words} Words
 * @typedef {import("./types.d.ts").Properties<HTMLElement>} Look
 */

const SENTENCE = /[^。！？.!?]+[。！？.!?]*/g;

/**
 * @param {Answer} answer
 * @param {Words} words
 * @param {(question: string) => void} choose called for a suggestion that the reader picks
 */
export function show({ answer, lang, status, citations, rules, suggestions }, words, choose) {
  const cards = new Map(citations.map((cited) => [cited.n, element("li", { value: cited.n }, ...citation(cited, words))]));
  const said = answer || (citations.length ? words.offline_found : words.offline_none);
  const lines = said.split("\n").filter(Boolean);
  return [
    element("div", { className: "kb-answer__text", lang: answer ? lang : "" }, ...lines.map(paragraph)),
    group("sources", "ol", [...cards.values()], status === "offline" ? words.found : words.sources),
    group("rules", "ul", rules.length ? [...rules.map(chip), check()].map((part) => element("li", {}, part)) : [], words.rules),
    group("choices", "ul", suggestions.map((question) => element("li", {}, choice(question))), words[status]),
  ].filter((part) => part !== null);

  /**
   * @param {string} name
   * @param {"ol" | "ul"} list
   * @param {HTMLElement[]} rows
   * @param {string} title
   */
  function group(name, list, rows, title) {
    if (!rows.length) return null;
    const className = `kb-answer__${name}`;
    return element("section", { className }, element("h3", { textContent: title }), element(list, {}, ...rows));
  }

  /**
   * A quoted line with the numbers of its quotes; what the bot says of the question has none.
   * @param {string} line
   */
  function paragraph(line) {
    const numbers = citations.filter((cited) => supports(cited.quote, line));
    return element("p", {}, line, ...numbers.slice(0, 2).map(number));
  }

  /**
   * The number behind a sentence: marks its quote, leads to its heading.
   * @param {Citation} cited
   */
  function number(cited) {
    const made = link(cited, String(cited.n), { className: "kb-number" });
    made.setAttribute("aria-label", `${words.source} ${cited.n}: ${cited.title}`);
    /**
     * @param {boolean} on
     * @param {string[]} events
     */
    const mark = (on, events) => {
      for (const event of events)
        made.addEventListener(event, () => cards.get(cited.n)?.classList.toggle("kb-marked", on));
    };
    mark(true, ["pointerenter", "focus"]);
    mark(false, ["pointerleave", "blur"]);
    return element("sup", {}, made);
  }

  // Whether a cluster keeps these rules is told by the check page.
  function check() {
    return element("a", { href: new URL("check/", home).href, className: "kb-answer__check", textContent: words.check_cluster });
  }

  /** @param {string} question */
  function choice(question) {
    return element("button", { type: "button", textContent: question, onclick: () => choose(question) });
  }
}

/**
 * The longest sentence of the line stands in the quote.
 * @param {string} quote
 * @param {string} line
 */
function supports(quote, line) {
  const sentences = line.match(SENTENCE) ?? [];
  const longest = sentences.reduce((a, b) => (b.length > a.length ? b : a), "").trim();
  return longest !== "" && quote.includes(longest);
}

/**
 * @param {Citation} cited
 * @param {Words} words
 */
function citation(cited, words) {
  const twin = cited.translation_url ? address(cited.translation_url) : null;
  const hreflang = cited.lang === "ja" ? "en" : "ja";
  const name = words.languages[hreflang];
  const other = { className: "kb-answer__twin", hreflang, textContent: name, "aria-label": `${name}: ${cited.title}` };
  return [
    element(
      "div",
      {},
      link(cited, cited.title, { lang: cited.lang }),
      twin ? element("a", { href: twin, ...other }) : null,
    ),
    element("blockquote", { textContent: cited.quote, lang: cited.lang }),
  ];
}

/**
 * To the heading with the quoted words highlighted: by the browser's own text fragment, and by quote.js where it has none.
 * @param {Citation} cited
 * @param {string} textContent
 * @param {Look} look
 */
function link({ url, quote, lang }, textContent, look) {
  const href = address(url);
  if (!href) return element("span", { textContent, ...look });
  const words = /…/.test(quote) ? "" : fragment(quote); // a search result shows a cut-out, not a quote
  const made = element("a", { href: words ? `${href}${href.includes("#") ? "" : "#"}${words}` : href, textContent, ...look });
  made.hreflang = lang;
  made.addEventListener("click", (event) => {
    remember(href, quote);
    event.stopPropagation(); // Material's instant navigation would lose the text fragment
    setTimeout(arrive); // for a link to where the reader already is
  });
  return made;
}

/** @param {import("./types.d.ts").Rule} rule */
function chip({ id, name, title, severity, url }) {
  const href = address(url);
  const look = { title, textContent: `${id} ${name}`, className: `kb-rule kb-rule--${severity}` };
  return href ? element("a", { href, ...look }) : element("span", look);
}
