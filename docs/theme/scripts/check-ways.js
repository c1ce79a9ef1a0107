// Where the reader wants to go: what the findings would be, and the steps there.

import { button, tick } from "./check-parts.js";
import { PLANS } from "./check-planned.js";
import { element } from "./element.js";

/**
 * @typedef {import("./types.d.ts").CheckWords} Words
 * @typedef {import("./types.d.ts").Goal} Goal
 * @typedef {import("./types.d.ts").Planned} Planned
 */

/**
 * The same clusters as they are given, or after what may be planned: one click each.
 * @param {Planned} planned
 * @param {(value: Planned) => void} choose
 * @param {Words} words
 */
export function whatIf(planned, choose, words) {
  return element(
    "div",
    { className: "kb-check__row kb-check__planned", role: "group", "aria-label": words.planned },
    ...PLANS.map(([value]) => {
      const made = button(words.plans[value || "none"], () => choose(value));
      made.ariaPressed = String(value === planned);
      return made;
    }),
  );
}

/**
 * The buttons that plan, which stand with the verdict, and the section of the plans.
 * @param {(goal: Goal, format?: string) => Promise<string>} way
 * @param {object} page
 * @param {(name: string) => Promise<unknown> | null} page.style
 * @param {(work: () => Promise<void>) => void} page.next
 * @param {(text: string) => Promise<boolean>} page.copied
 * @param {(text: string) => void} page.tell
 * @param {Words} page.words
 */
export function ways(way, { style, next, copied, tell, words }) {
  const shown = element("div", { className: "kb-plan" });
  const markdown = element("div");
  const spoken = element("p", { className: "kb-unseen", role: "status" }); // the heading says it to those who see it
  /** @param {Goal} goal */
  const steps = async (goal, focus = false) => {
    const [{ show }, text] = await Promise.all([import("../assets/check-plan.js"), way(goal), style("check-plan.css")]);
    /** @type {import("../scripts/types.d.ts").Plan[]} */
    const plans = JSON.parse(text).plans;
    show(shown, plans, words, tell, focus);
    spoken.textContent = plans.map(({ summary }) => summary).join(" ");
    const taken = button(words.copy_markdown, () => next(async () => void tick(taken, await copied(await way(goal, "markdown")))));
    markdown.replaceChildren(taken);
  };
  const { to, goals } = words.plan;
  /** @type {Goal[]} */
  const both = ["overlay", "agc"];
  const row = element(
    "div",
    { className: "kb-check__row" },
    element("span", { textContent: to }),
    ...both.map((goal) => button(goals[goal], () => next(() => steps(goal, true)), `${to} ${goals[goal]}`)),
  );
  return { row, section: element("section", { className: "kb-check__planner" }, shown, markdown, spoken), steps };
}
