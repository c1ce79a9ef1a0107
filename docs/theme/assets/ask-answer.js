// An answer of the service as elements. Everything is inserted as text: pages of any site may be quoted.

import { address, home } from "./ask-api.js";
import { element } from "./element.js";
import { arrive, fragment, remember } from "./quote.js";

const SENTENCE = /[^。！？.!?]+[。！？.!?]*/g;

// `choose(question)` is called for a suggestion that the reader picks.
export function show({ answer, lang, status, citations, rules, suggestions }, words, choose) {
  const cards = new Map(citations.map((cited) => [cited.n, element("li", { value: cited.n }, ...citation(cited, words))]));
  const said = answer || (citations.length ? words.offline_found : words.offline_none);
  const lines = said.split("\n").filter(Boolean);
  return [
    element("div", { className: "kb-answer__text", lang: answer ? lang : "" }, ...lines.map(paragraph)),
    group("sources", "ol", [...cards.values()], status === "offline" ? words.found : words.sources),
    group("rules", "ul", rules.length ? [...rules.map(chip), check()].map((part) => element("li", {}, part)) : []),
    group("choices", "ul", suggestions.map((question) => element("li", {}, choice(question))), words[status]),
  ].filter((part) => part !== null);

  function group(name, list, rows, title = words[name]) {
    if (!rows.length) return null;
    const className = `kb-answer__${name}`;
    return element("section", { className }, element("h3", { textContent: title }), element(list, {}, ...rows));
  }

  function paragraph(line, place) {
    const numbers = citations.filter((cited) => supports(cited.quote, line));
    if (!numbers.length && place === 0 && answer) numbers.push(...citations.slice(0, 1));
    return element("p", {}, line, ...numbers.slice(0, 2).map(number));
  }

  // The number behind a sentence: marks its quote, leads to its heading.
  function number(cited) {
    const mark = (on) => () => cards.get(cited.n).classList.toggle("kb-marked", on);
    const made = link(cited, String(cited.n), { className: "kb-number" });
    made.setAttribute("aria-label", `${words.source} ${cited.n}: ${cited.title}`);
    for (const [on, ...events] of [[true, "pointerenter", "focus"], [false, "pointerleave", "blur"]])
      for (const event of events) made.addEventListener(event, mark(on));
    return element("sup", {}, made);
  }

  // Whether a cluster keeps these rules is told by the check page.
  function check() {
    return element("a", { href: new URL("check/", home).href, className: "kb-answer__check", textContent: words.check_cluster });
  }

  function choice(question) {
    return element("button", { type: "button", textContent: question, onclick: () => choose(question) });
  }
}

// The longest sentence of the line stands in the quote.
function supports(quote, line) {
  const sentences = line.match(SENTENCE) ?? [];
  const longest = sentences.reduce((a, b) => (b.length > a.length ? b : a), "").trim();
  return longest !== "" && quote.includes(longest);
}

function citation(cited, words) {
  const twin = cited.translation_url && address(cited.translation_url);
  const hreflang = cited.lang === "ja" ? "en" : "ja";
  const name = words.languages[hreflang];
  const other = { className: "kb-answer__twin", href: twin, hreflang, textContent: name, "aria-label": `${name}: ${cited.title}` };
  return [
    element("div", {}, link(cited, cited.title, { lang: cited.lang, hreflang: cited.lang }), twin ? element("a", other) : null),
    element("blockquote", { textContent: cited.quote, lang: cited.lang }),
  ];
}

// To the heading with the quoted words highlighted: by the browser's own text fragment, and by quote.js where it has none.
function link({ url, quote }, textContent, properties) {
  const href = address(url);
  if (!href) return element("span", { textContent, ...properties });
  const words = /…/.test(quote) ? "" : fragment(quote); // a search result shows a cut-out, not a quote
  const made = element("a", { href: words ? `${href}${href.includes("#") ? "" : "#"}${words}` : href, textContent, ...properties });
  made.addEventListener("click", (event) => {
    remember(href, quote);
    event.stopPropagation(); // Material's instant navigation would lose the text fragment
    setTimeout(arrive); // for a link to where the reader already is
  });
  return made;
}

function chip({ id, name, title, severity, url }) {
  const href = address(url);
  const look = { title, textContent: `${id} ${name}`, className: `kb-rule kb-rule--${severity}` };
  return href ? element("a", { href, ...look }) : element("span", look);
}
