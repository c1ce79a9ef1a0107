// The check page: what the reader gives, what comes back, and the report to take along. All of it is in this page's
// memory only, and gone with it.

import { asset, words as load } from "../scripts/ask-api.js";
import { Refused, array, check, plan as way } from "../scripts/check-api.js";
import { pieces as cut, place, read, valid } from "../scripts/check-pieces.js";
import { button, command, missing, prose, summary, table } from "../scripts/check-report.js";
import { worst } from "../scripts/check-worst.js";
import { copy, element } from "../scripts/element.js";

/**
 * @typedef {import("../scripts/types.d.ts").Found} Found
 * @typedef {import("../scripts/types.d.ts").Piece} Piece
 */

/** @type {["", "upgrade-to-overlay", "install-agc"]} */
const PLANS = ["", "upgrade-to-overlay", "install-agc"];
/** @type {["overlay", "agc"]} */
const GOALS = ["overlay", "agc"];
const EXPORTS = [
  { label: "JSON", format: "json", ending: "json" },
  { label: "SARIF", format: "sarif", ending: "sarif" },
  { label: "Markdown", format: "markdown", ending: "md" },
];

/**
 * @param {HTMLElement} host
 * @param {(name: string) => Promise<unknown> | null} style loads a style sheet
 */
export async function mount(host, style) {
  const words = (await load()).check;
  if (host.firstChild) return;
  /** @type {Piece[]} */
  let given = []; // what the service took
  let turn = Promise.resolve(); // one thing after another

  const box = element("textarea", {
    id: "kb-check-text",
    rows: 8,
    spellcheck: false,
    autocomplete: "off",
    placeholder: words.placeholder,
  });
  const files = element("input", { type: "file", multiple: true, hidden: true, onchange: () => take([...(files.files ?? [])]) });
  const plan = element("select", { id: "kb-check-planned", onchange: () => next(() => judge(given)) });
  for (const value of PLANS) plan.append(element("option", { value, textContent: words.plans[value || "none"] }));
  const asked = new URLSearchParams(location.search).get("planned");
  plan.value = PLANS.find((value) => value === asked) ?? "";

  const form = element(
    "form",
    { className: "kb-check", onsubmit: submit },
    element("label", { htmlFor: box.id, textContent: words.label }),
    box,
    element(
      "div",
      { className: "kb-check__row" },
      element("button", { type: "submit", className: "kb-check__button kb-check__button--main", textContent: words.send }),
      button(words.files, () => files.click()),
      button(words.example, example),
      files,
    ),
    element("div", { className: "kb-check__row" }, element("label", { htmlFor: plan.id, textContent: words.planned }), plan),
    element("p", { className: "kb-check__note", textContent: words.privacy }),
  );
  const chips = element("ul", { className: "kb-check__pieces", "aria-label": words.given });
  const trouble = element("div", { className: "kb-check__trouble", role: "alert" });
  const result = element("div", { className: "kb-check__result" });
  const told = element("p", { className: "kb-check__told", role: "status" });
  host.append(form, chips, trouble, result, told);

  /** @param {string} text */
  function tell(text) {
    told.textContent = text;
  }

  /** @param {() => Promise<void>} work */
  function next(work) {
    turn = turn.then(async () => {
      trouble.replaceChildren();
      host.ariaBusy = "true";
      await work().catch(fail);
      host.ariaBusy = "false";
    });
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const text = box.value;
    next(async () => {
      await add(cut(text));
      if (box.value === text) box.value = "";
    });
  }

  /** @param {File[]} list */
  function take(list) {
    next(async () => {
      for (const file of list) await add(cut(await read(file), file.name));
      files.value = "";
    });
  }

  async function example() {
    const text = await (await fetch(asset("check-example.json"))).text();
    given = [];
    next(() => add([{ text, name: words.example_name }]));
  }

  /**
   * Each by itself only if they fail together: then it is known which one it is.
   * @param {Piece[]} pieces
   */
  async function add(pieces) {
    if (!pieces.length) throw new Refused("empty");
    const known = new Set(given.map(({ text }) => text.trim())); // of a text that was mended
    const fresh = pieces.filter(({ text }) => !known.has(text.trim()));
    if (fresh.length > 1 && fresh.every(({ text }) => valid(text))) {
      try {
        return await judge([...given, ...fresh]);
      } catch (error) {
        if (!(error instanceof Refused && error.kind === "refused")) throw error;
      }
    }
    for (const piece of fresh) await addOne(piece);
  }

  /** @param {Piece} piece */
  async function addOne(piece) {
    try {
      if (!valid(piece.text)) await check(piece.text, "");
      await judge([...given, piece]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Lines are counted in the piece alone.
      const alone = error.problem.line ? await check(piece.text, "").catch((again) => again) : null;
      const refused = alone instanceof Refused && alone.problem.line ? alone : error;
      refused.piece = piece;
      throw refused;
    }
  }

  /** @param {Piece[]} pieces */
  async function judge(pieces) {
    /** @type {Found} */
    let found = { clusters: [], input: { kinds: [], missing: [] } };
    try {
      if (pieces.length) found = JSON.parse(await check(array(pieces.map(({ text }) => text)), plan.value));
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== "needs-cluster" || !error.problem.input) throw error;
      found.input = error.problem.input;
    }
    given = pieces;
    draw(found);
  }

  /** @param {Found} found */
  function draw({ clusters, input, summary: sentence }) {
    const findings = worst(clusters);
    chips.replaceChildren(...given.map((piece, at) => chip(piece, input.kinds[at] ?? "", at)));
    const parts = [
      findings.length ? summary(findings, sentence, words) : null,
      missing(input.missing, words, tell),
      ...(findings.length ? [table(findings, words), exports(), ways()] : []),
    ];
    result.replaceChildren(...parts.filter((part) => part !== null));
  }

  /**
   * @param {Piece} piece
   * @param {string} kind
   * @param {number} at
   */
  function chip({ name }, kind, at) {
    const away = () => {
      next(() => judge(given.filter((_, other) => other !== at)));
      box.focus();
    };
    return element(
      "li",
      {},
      element("span", { "aria-hidden": "true", textContent: "✓ " }),
      element("code", { textContent: kind }),
      name ? ` ${name}` : "",
      button("×", away, `${words.remove}: ${kind} ${name}`),
    );
  }

  function ways() {
    const body = array(given.map(({ text }) => text));
    const shown = element("div", { className: "kb-plan" });
    const markdown = element("div");
    /** @param {typeof GOALS[number]} goal */
    const steps = async (goal) => {
      const [{ show }, text] = await Promise.all([import("./check-plan.js"), way(body, goal), style("check-plan.css")]);
      show(shown, JSON.parse(text).plans, words, tell);
      markdown.replaceChildren(button(words.copy_markdown, () => next(async () => copied(await way(body, goal, "markdown")))));
    };
    const row = element(
      "div",
      { className: "kb-check__row" },
      element("span", { textContent: words.plan.to }),
      ...GOALS.map((goal) => button(words.plan.goals[goal], () => next(() => steps(goal)), `${words.plan.to} ${words.plan.goals[goal]}`)),
    );
    return element("section", { className: "kb-check__planner" }, row, shown, markdown);
  }

  /** @param {string} text */
  async function copied(text) {
    tell((await copy(text)) ? words.copied : words.copy_failed);
  }

  function exports() {
    /** @param {string} format */
    const report = (format) => check(array(given.map(({ text }) => text)), plan.value, format);
    return element(
      "div",
      { className: "kb-check__row", role: "group", "aria-label": words.save },
      element("span", { textContent: words.save }),
      ...EXPORTS.map(({ label, format, ending }) =>
        button(label, () => next(async () => download(`aks-check.${ending}`, await report(format))), `${words.save} ${label}`),
      ),
      button(words.copy_markdown, () => next(async () => copied(await report("markdown")))),
      button(words.share, () => copied(shareable())),
    );
  }

  // Only the choice that holds no data.
  function shareable() {
    return location.origin + location.pathname + (plan.value && `?planned=${plan.value}`);
  }

  /** @param {unknown} error */
  function fail(error) {
    if (!(error instanceof Refused)) throw error;
    const { kind, wait, message, piece, problem } = error;
    const text = kind === "refused" || message ? message : words[kind].replace("{n}", String(wait));
    trouble.append(prose(piece?.name ? `${piece.name}: ${text}` : text));
    if (kind === "offline") trouble.append(command("kb check snapshot.json", words, tell));
    if (problem.line) point(problem.line, problem.column ?? 1, piece);
    box.focus();
  }

  /**
   * Shows the place of a mistake, and selects it in the box.
   * @param {number} line
   * @param {number} column
   * @param {Piece | null} piece
   */
  function point(line, column, piece) {
    if (piece?.name) box.value = piece.text; // what came as a file is mended here, too
    const { before, after, offset } = place(box.value, line, column);
    const mark = element("mark", { textContent: after.slice(0, 1) || " " });
    trouble.append(element("pre", {}, `${line}: ${before}`, mark, after.slice(1)));
    box.focus();
    box.setSelectionRange(offset, offset + 1);
  }

  // A text that is pasted into the empty box is checked at once.
  box.addEventListener("paste", () => box.value || setTimeout(() => form.requestSubmit()));
  box.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") form.requestSubmit();
  });
  for (const type of ["dragover", "dragleave", "drop"])
    host.addEventListener(type, (event) => {
      event.preventDefault();
      host.classList.toggle("kb-check--over", type === "dragover");
    });
  host.addEventListener("drop", ({ dataTransfer }) => {
    if (!dataTransfer) return;
    if (dataTransfer.files.length) return take([...dataTransfer.files]);
    box.value = dataTransfer.getData("text");
    form.requestSubmit();
  });
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
