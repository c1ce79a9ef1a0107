// The report to take along: saved, copied, or as a link without data.

import { home } from "./ask-api.js";
import { button, tick } from "./check-parts.js";
import { page } from "./check-report.js";
import { element } from "./element.js";

/** @typedef {import("./types.d.ts").CheckWords} Words */

const FORMS = [
  { label: "JSON", format: "json", ending: "json" },
  { label: "SARIF", format: "sarif", ending: "sarif" },
  { label: "Markdown", format: "markdown", ending: "md" },
];

/**
 * A report whose links lead to this site as the reader sees it, not to the address that its service has been told.
 * @param {string} text
 * @param {{ id: string, url: string }} finding one of the report's
 */
export function ownLinks(text, { id, url }) {
  const rule = page(id).slice(home.href.length);
  return url.endsWith(`/${rule}`) ? text.replaceAll(url.slice(0, -rule.length), home.href) : text;
}

/**
 * @param {(format: string) => Promise<string>} report
 * @param {() => string} link
 * @param {(work: () => Promise<void>) => void} next does one thing after another
 * @param {(text: string) => Promise<boolean>} copied
 * @param {Words} words
 */
export function exports(report, link, next, copied, words) {
  const markdown = button(words.copy_markdown, () => next(async () => void tick(markdown, await copied(await report("markdown")))));
  const share = button(words.share, async () => void tick(share, await copied(link())));
  return element(
    "div",
    { className: "kb-check__row", role: "group", "aria-label": words.save },
    element("span", { textContent: words.save }),
    ...FORMS.map(({ label, format, ending }) =>
      button(label, () => next(async () => download(`aks-check.${ending}`, await report(format))), `${words.save} ${label}`),
    ),
    markdown,
    share,
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
