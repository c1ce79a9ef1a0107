// An answer of the service as elements, each thing said once. Everything is inserted as text: pages of any site may be
// quoted.

import { aged, blocksOf, isSaid, parts, titled } from "./answer-parts.js";
import { address, home } from "./ask-api.js";
import { blockElements } from "./block-elements.js";
import { element, icon } from "./element.js";
import { linker } from "./linked-text.js";
import { arrive, remember } from "./quote-marks.js";
import { fragment } from "./quote-words.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Citation} Citation
 * @typedef {import("./types.d.ts").Words} Words
 * @typedef {import("./types.d.ts").Properties<HTMLElement>} Look
 */

const SENTENCE = /[^。！？.!?]+[。！？.!?]*/g;
const MARKS = /** @type {const} */ ({ yes: "done", pass: "done", no: "close", fail: "close", conditional: "mind", unknown: "mind" });

/**
 * @param {Answer} answer
 * @param {Words} words
 * @param {(question: string) => void} choose called for a suggestion that the reader picks
 * @param {(text: string) => void} tell read aloud
 */
export function show(answer, words, choose, tell) {
  const { lang, status, citations, rules, suggestions, verdict, word, certainty, written, rest, version, outside = [] } = answer;
  const offline = status === "offline";
  const cards = new Map(citations.map((cited) => [cited.n, element("li", { value: cited.n }, ...citation(cited))]));
  const searched = citations[0] ? words.offline_found : words.offline_none;
  const body = element("div", { className: "kb-answer__text", lang: offline ? "" : lang }, ...(offline ? [element("p", {}, searched)] : said()));
  const above = element("div", { className: "kb-answer__written", lang }, ...(written ? phrased(written) : [aside(words.wording)]));
  rest?.(answer, above, body, phrased, tell);
  const choices = suggestions.map((question) =>
    element("li", {}, element("button", { type: "button", textContent: question, onclick: () => choose(question) })),
  );
  return [
    verdict && word ? badge("kb-verdict", verdict, word, lang) : null,
    written || rest ? above : null,
    body,
    certainty ? aside(words.sure[certainty]) : null,
    version ? aside(words.version.replace("{version}", version)) : null,
    group("sources", "ol", [...cards.values()], offline ? words.found : words.sources),
    group("rules", "ul", rules[0] ? [...rules.map(chip), check()].map((part) => element("li", {}, part)) : [], words.rules),
    group("choices", "ul", choices, status === "clarify" ? "" : words[status]),
  ].filter((part) => part !== null);

  /**
   * @param {string} name
   * @param {"ol" | "ul"} list
   * @param {HTMLElement[]} rows
   * @param {string} title none where the answer itself says what these are
   */
  function group(name, list, rows, title) {
    if (!rows[0]) return null;
    const className = `kb-answer__${name}`;
    return element("section", { className }, title ? element("h3", { textContent: title }) : null, element(list, {}, ...rows));
  }

  /** @param {import("./types.d.ts").Written} written */
  function phrased({ sentences }) {
    const paragraphs = sentences.map(({ text, citations: numbers }) => {
      const cited = citations.filter(({ n }) => numbers.includes(n));
      return element("p", {}, text, ...cited.map(number));
    });
    return [...paragraphs, aside(words.written)];
  }

  function said() {
    const { checks, before, lead, after } = parts(answer);
    const led = citations[0] ? numbered(shown(lead, citations[0]), citations[0]) : [];
    const linked = linker(outside.map(({ title, url }) => ({ text: title, url })));
    return [
      ...checks.map(({ status: outcome, text }) => badge(`kb-judged`, outcome, text)),
      ...before.map((line) => element("p", { className: citations[0] && answer.not_stated?.[0] ? "kb-unstated" : "" }, ...linked(line))),
      ...led,
      ...after.flatMap((each) => (typeof each === "string" ? [fact(each)] : numbered(shown(blocksOf(each), each), each))),
    ];

    /** @param {string} line */
    function fact(line) {
      return element("p", {}, ...linked(line), ...citations.filter(({ quote }) => supports(quote, line)).slice(0, 2).map(number));
    }
  }

  /**
   * @param {import("./types.d.ts").Block[]} blocks
   * @param {Citation} cited
   */
  function shown(blocks, cited) {
    return blockElements(blocks, words, linker(cited.links), (textContent) => link(cited, textContent, {}), tell);
  }

  /**
   * A quote with its number behind its last paragraph.
   * @param {HTMLElement[]} forms
   * @param {Citation} cited
   */
  function numbered(forms, cited) {
    const last = forms.findLast((part) => part.tagName === "P" && !part.className);
    if (last) last.append(number(cited));
    else if (forms.length) forms.push(element("p", {}, number(cited)));
    return forms;
  }

  /**
   * The number behind a sentence: marks its source, leads to its heading.
   * @param {Citation} cited
   */
  function number(cited) {
    const label = `${words.source} ${cited.n}: ${titled(cited)}`;
    const made = link(cited, String(cited.n), { className: "kb-number", "aria-label": label });
    /** @param {boolean} on */
    const mark = (on) => () => cards.get(cited.n)?.classList.toggle("kb-marked", on);
    made.onpointerenter = made.onfocus = mark(true);
    made.onpointerleave = made.onblur = mark(false);
    return element("sup", {}, made);
  }

  /** @param {Citation} cited */
  function citation(cited) {
    const twin = cited.translation_url ? address(cited.translation_url) : null;
    const hreflang = cited.lang === "ja" ? "en" : "ja";
    const name = words.languages[hreflang];
    const other = { className: "kb-answer__twin", hreflang, textContent: name, "aria-label": `${name}: ${cited.title}` };
    const title = link(cited, titled(cited), { lang: cited.lang });
    return [
      element("div", {}, title, twin ? element("a", { href: twin, ...other }) : null),
      also(cited.also ?? []),
      cited.stale ? element("p", { className: "kb-answer__stale", textContent: aged(cited.stale, words) }) : null,
      offline ? element("blockquote", { textContent: cited.quote, lang: cited.lang }) : quoted(cited),
    ];
  }

  /** @param {import("./types.d.ts").Place[]} places */
  function also(places) {
    if (!places[0]) return null;
    const links = places.flatMap((place) => [" ", link({ ...place, quote: "" }, titled(place), { lang: place.lang })]);
    return element("p", { className: "kb-answer__also" }, words.also, ...links);
  }

  /** @param {Citation} cited */
  function quoted(cited) {
    if (isSaid(cited, answer)) return null;
    const quote = element("blockquote", { lang: cited.lang }, ...shown(blocksOf(cited), cited));
    return element("details", { className: "kb-quoted" }, element("summary", { textContent: words.quote }), quote);
  }

  // Whether a cluster keeps these rules is told by the check page.
  function check() {
    return element("a", { href: new URL("check/", home).href, className: "kb-answer__check", textContent: words.check_cluster });
  }
}

/** @param {string} textContent */
const aside = (textContent) => element("p", { className: "kb-answer__sure", textContent });

/**
 * @param {string} className
 * @param {keyof typeof MARKS} kind
 * @param {string} text
 * @param {string} [lang] of the text, where it may be none of the page's
 */
const badge = (className, kind, text, lang) =>
  element("p", { className: `${className} kb-is-${kind}`, lang }, icon(MARKS[kind]), element("span", { textContent: text }));

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
 * To the heading with the quoted words highlighted: by the browser's own text fragment, and by quote.js where it has none.
 * @param {Pick<Citation, "url" | "quote" | "lang">} cited
 * @param {string} textContent
 * @param {Look} look
 */
function link({ url, quote, lang }, textContent, look) {
  const href = address(url);
  if (!href) return element("span", { textContent, ...look });
  const words = !quote || /…/.test(quote) ? "" : fragment(quote); // a search result shows a cut-out, not a quote
  const made = element("a", { href: words ? `${href}${href.includes("#") ? "" : "#"}${words}` : href, textContent, ...look });
  made.hreflang = lang;
  made.addEventListener("click", (event) => {
    if (quote) remember(href, quote);
    event.stopPropagation(); // Material's instant navigation would lose the text fragment
    setTimeout(arrive); // for a link to where the reader already is
  });
  return made;
}

/** @param {import("./types.d.ts").Rule} rule */
function chip({ id, name, title, url }) {
  const href = address(url);
  const look = { title, textContent: `${id} ${name}`, className: "kb-rule" };
  return href ? element("a", { href, ...look }) : element("span", look);
}
