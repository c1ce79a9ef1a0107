// An answer of the service as elements. Everything is inserted as text: pages of any site may be quoted.

import { address } from "./ask-api.js";

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

// `choose(question)` is called for a suggestion that the reader picks.
export function show({ answer, lang, status, citations, rules, suggestions }, words, choose) {
  const said = answer.split("\n").filter(Boolean);
  return [
    element("div", { className: "kb-answer__text", lang }, ...said.map((textContent) => element("p", { textContent }))),
    group("sources", "ol", citations.map((cited) => citation(cited, words))),
    group("rules", "ul", rules.map(rule)),
    group("choices", "ul", suggestions.map(choice), words[status]),
  ].filter((part) => part !== null);

  function group(name, list, items, title = words[name]) {
    if (!items.length) return null;
    const rows = items.map((item) => element("li", {}, item));
    const className = `kb-answer__${name}`;
    return element("section", { className }, element("h2", { textContent: title }), element(list, {}, ...rows));
  }

  function choice(question) {
    return element("button", { type: "button", textContent: question, onclick: () => choose(question) });
  }
}

function citation({ lang, title, url, quote, translation_url: twin }, words) {
  const other = { className: "kb-answer__twin", hreflang: lang === "ja" ? "en" : "ja" };
  return element(
    "div",
    {},
    link(url, title, { lang, hreflang: lang }),
    twin ? link(twin, words.translation, other) : null,
    element("blockquote", { textContent: quote, lang }),
  );
}

function rule({ id, name, title, severity, url }) {
  return link(url, `${id} ${name}`, { title, className: `kb-rule kb-rule--${severity}` });
}

function link(path, text, properties) {
  const href = address(path);
  return href ? element("a", { href, textContent: text, ...properties }) : element("span", { textContent: text });
}
