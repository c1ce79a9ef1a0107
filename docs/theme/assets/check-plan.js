// The steps from a checked cluster to where its reader wants it; loaded when they are asked for.

import { home } from "../scripts/ask-api.js";
import { away, command, inline, prose } from "../scripts/check-parts.js";
import { element } from "../scripts/element.js";

/**
 * @typedef {import("../scripts/types.d.ts").CheckWords} Words
 * @typedef {import("../scripts/types.d.ts").Plan} Plan
 * @typedef {import("../scripts/types.d.ts").PlanStep} Step
 * @typedef {import("../scripts/types.d.ts").PlanNote} Note
 * @typedef {(text: string) => void} Tell says that something is copied
 */

const SIGNS = { done: "☑", todo: "☐", unclear: "?" };

/**
 * The plans; with the focus on the first one's summary, where they were asked for alone.
 * @param {HTMLElement} shown
 * @param {Plan[]} plans
 * @param {Words} words
 * @param {Tell} tell
 * @param {boolean} focus
 */
export function show(shown, plans, words, tell, focus) {
  shown.replaceChildren(...plans.map((plan) => draw(plan, words, tell)));
  if (focus) shown.querySelector("h2")?.focus();
}

/**
 * @param {Plan} plan
 * @param {Words} words
 * @param {Tell} tell
 */
function draw({ summary, notes, blockers, steps, confirm }, words, tell) {
  const done = confirm?.command
    ? [element("h3", { textContent: words.plan.confirm }), command(confirm.command, words, tell), prose(confirm.expected)]
    : [];
  return element(
    "section",
    {},
    element("h2", { textContent: summary, tabIndex: -1 }),
    ...notes.map(({ text }) => prose(text)),
    ...blockers.map((blocker) =>
      element(
        "div",
        { className: "kb-plan__blocker" },
        element("h3", { textContent: blocker.title }),
        blocker.observed === null ? null : element("p", {}, `${words.evidence}: `, element("code", { textContent: blocker.observed })),
        reason(blocker, words),
        element("p", {}, element("strong", { textContent: words.plan.instead }), " ", ...inline(blocker.instead)),
        ...sources(blocker.notes, words),
      ),
    ),
    element("ol", { className: "kb-plan__steps" }, ...steps.map((step) => drawStep(step, words, tell))),
    ...done,
  );
}

/**
 * @param {Step} step
 * @param {Words} words
 * @param {Tell} tell
 */
function drawStep(step, words, tell) {
  const { need, title, marks, first, commands, fill, check, notes } = step;
  const marked = marks.map((mark) =>
    element("span", { className: `kb-plan__mark kb-plan__mark--${mark}`, textContent: words.plan.marks[mark] }),
  );
  const head = element(
    "h3",
    {},
    element("span", { className: "kb-plan__need", role: "img", "aria-label": words.plan.needs[need], textContent: SIGNS[need] }),
    ` ${title} `,
    ...marked,
  );
  if (need === "done") return element("li", { "data-need": need }, head);
  /**
   * @param {string} label
   * @param {string[]} lines
   */
  const listed = (label, lines) =>
    lines.length ? [element("p", {}, element("strong", { textContent: label })), ...lines.map((line) => command(line, words, tell))] : [];
  const filled = fill.map(({ name, what }) => element("li", {}, element("code", { textContent: name }), ": ", ...inline(what)));
  const asked = filled.length ? [element("p", {}, element("strong", { textContent: words.plan.fill })), element("ul", {}, ...filled)] : [];
  return element(
    "li",
    { "data-need": need },
    head,
    reason(step, words),
    ...listed(words.plan.first, first),
    ...listed(words.plan.run, commands),
    ...asked,
    ...listed(words.plan.check, check.command ? [check.command] : []),
    element("p", {}, check.command ? `${words.plan.expected}: ` : `${words.plan.check}: `, ...inline(check.expected)),
    ...sources(notes, words),
  );
}

/**
 * The site's own sentence, and a link to where it stands.
 * @param {{ rule: string, reason: { text: string, section: string } }} of
 * @param {Words} words
 */
function reason({ rule, reason: { text, section } }, words) {
  const [page, anchor] = section.split("#");
  const href = new URL(`${page}/#${anchor}`, home).href;
  const rules = new URL(`rules/${rule.toLowerCase()}/`, home).href;
  return element(
    "blockquote",
    {},
    element("p", {}, `${text} `, away(href, words.plan.where), " · ", away(rules, rule)),
  );
}

/**
 * What the site says besides, then each other document with its edition.
 * @param {Note[]} notes
 * @param {Words} words
 */
function sources(notes, words) {
  const own = notes.filter(({ title }) => !title).map(({ text }) => prose(text));
  const others = [...new Map(notes.filter(({ title }) => title).map((note) => [note.url, note])).values()];
  return [
    ...own,
    ...others.map(({ title, url, edition }) =>
      element(
        "div",
        { className: "kb-plan__source" },
        element(
          "p",
          {},
          `${words.plan.document}: `,
          away(url, title),
          edition ? ` (${words.plan.edition.replace("{edition}", edition)})` : "",
        ),
        element("ul", {}, ...notes.filter((note) => note.url === url).map(({ text }) => element("li", {}, ...inline(text)))),
      ),
    ),
  ];
}
