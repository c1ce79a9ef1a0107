// The check page: what the reader gives, what comes back, and the report to take along. All of it is in this page's
// memory only, and gone with it.

import { words as load } from "./ask-api.js";
import { Refused, array, check } from "./check-api.js";
import { pieces as cut, place, read, valid } from "./check-pieces.js";
import { button, command, missing, prose, summary, table } from "./check-report.js";
import { copy, element } from "./element.js";

const PLANS = ["", "upgrade-to-overlay", "install-agc"];
const EXPORTS = { JSON: ["json", "json"], SARIF: ["sarif", "sarif"], Markdown: ["markdown", "md"] };

export async function mount(host) {
  const words = (await load()).check;
  if (host.firstChild) return;
  let given = []; // [{text, name}] that the service took
  let turn = Promise.resolve(); // one thing after another

  const box = element("textarea", { id: "kb-check-text", rows: 8, spellcheck: false, autocomplete: "off", placeholder: words.placeholder });
  const files = element("input", { type: "file", multiple: true, hidden: true, onchange: () => take([...files.files]) });
  const plan = element("select", { id: "kb-check-planned", onchange: () => next(() => judge(given)) });
  for (const value of PLANS) plan.append(element("option", { value, textContent: words.plans[value || "none"] }));
  const asked = new URLSearchParams(location.search).get("planned");
  if (PLANS.includes(asked)) plan.value = asked;

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
  const tell = (text) => (told.textContent = text);

  const next = (work) => {
    turn = turn.then(async () => {
      trouble.replaceChildren();
      host.ariaBusy = "true";
      await work().catch(fail);
      host.ariaBusy = "false";
    });
    return turn;
  };

  function submit(event) {
    event.preventDefault();
    const text = box.value;
    next(async () => {
      await add(cut(text));
      if (box.value === text) box.value = "";
    });
  }

  function take(list) {
    next(async () => {
      for (const file of list) await add(cut(await read(file), file.name));
      files.value = "";
    });
  }

  async function example() {
    const text = await (await fetch(new URL("check-example.json", import.meta.url))).text();
    given = [];
    next(() => add([{ text, name: words.example_name }]));
  }

  // Each by itself only if they fail together: then it is known which one it is.
  async function add(fresh) {
    if (!fresh.length) throw new Refused("empty");
    const known = new Set(given.map(({ text }) => text.trim())); // of a text that was mended
    fresh = fresh.filter(({ text }) => !known.has(text.trim()));
    if (fresh.length > 1 && fresh.every(({ text }) => valid(text))) {
      try {
        return await judge([...given, ...fresh]);
      } catch (problem) {
        if (problem.kind !== "refused") throw problem;
      }
    }
    for (const piece of fresh) {
      try {
        if (!valid(piece.text)) await check(piece.text, "");
        await judge([...given, piece]);
      } catch (problem) {
        // Lines are counted in the piece alone.
        const alone = problem.line ? await check(piece.text, "").catch((again) => again) : problem;
        throw Object.assign(alone.line ? alone : problem, { piece });
      }
    }
  }

  async function judge(pieces) {
    let found = { findings: [], input: { kinds: [], missing: [] } };
    try {
      if (pieces.length) found = JSON.parse(await check(array(pieces.map(({ text }) => text)), plan.value));
    } catch (problem) {
      if (problem.code !== "needs-cluster") throw problem;
      found.input = problem.input;
    }
    given = pieces;
    draw(found);
  }

  function draw({ findings, input }) {
    chips.replaceChildren(...given.map((piece, at) => chip(piece, input.kinds[at] ?? "", at)));
    result.replaceChildren(
      ...[
        findings.length ? summary(findings, words) : null,
        missing(input.missing, words, tell),
        findings.length ? table(findings, words) : null,
        findings.length ? exports() : null,
      ].filter((part) => part !== null),
    );
  }

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
      button("×", away, { "aria-label": `${words.remove}: ${kind} ${name}` }),
    );
  }

  function exports() {
    const report = (format) => check(array(given.map(({ text }) => text)), plan.value, format);
    const save = ([label, [format, ending]]) =>
      button(label, () => next(async () => download(`aks-check.${ending}`, await report(format))), { "aria-label": `${words.save} ${label}` });
    const copied = (text) => async () => tell((await copy(await text())) ? words.copied : words.copy_failed);
    return element(
      "div",
      { className: "kb-check__row", role: "group", "aria-label": words.save },
      element("span", { textContent: words.save }),
      ...Object.entries(EXPORTS).map(save),
      button(words.copy_markdown, () => next(copied(() => report("markdown")))),
      button(words.share, copied(async () => shareable())),
    );
  }

  // Only the choice that holds no data.
  function shareable() {
    return location.origin + location.pathname + (plan.value && `?planned=${plan.value}`);
  }

  function fail(problem) {
    const { kind, wait, message, line, column, piece } = problem;
    if (!kind) throw problem;
    const text = message || words[kind].replace("{n}", wait);
    trouble.append(prose(piece?.name ? `${piece.name}: ${text}` : text));
    if (kind === "offline") trouble.append(command("kb check snapshot.json", words, tell));
    if (!line) return box.focus();
    if (piece.name) box.value = piece.text; // what came as a file is mended here, too
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
  for (const [type, over] of [["dragover", true], ["dragleave", false], ["drop", false]])
    host.addEventListener(type, (event) => {
      event.preventDefault();
      host.classList.toggle("kb-check--over", over);
    });
  host.addEventListener("drop", ({ dataTransfer }) => {
    if (dataTransfer.files.length) return take([...dataTransfer.files]);
    box.value = dataTransfer.getData("text");
    form.requestSubmit();
  });
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
