// The check page: what the reader gives, what comes back, and the report to take along. What was given is kept in this
// tab; what came back is asked for again.

import { asset, words as load } from "../scripts/ask-api.js";
import { Refused, array, check, plan as way } from "../scripts/check-api.js";
import { entry } from "../scripts/check-entry.js";
import { store, stored } from "../scripts/check-memory.js";
import { pieces as cut, placed, read, valid } from "../scripts/check-pieces.js";
import { goalOf, plannedIn } from "../scripts/check-planned.js";
import { refusal } from "../scripts/check-refusal.js";
import { worst } from "../scripts/check-worst.js";
import { copy, element } from "../scripts/element.js";

/**
 * @typedef {import("../scripts/types.d.ts").Found} Found
 * @typedef {import("../scripts/types.d.ts").Piece} Piece
 * @typedef {import("../scripts/types.d.ts").Planned} Planned
 */

/**
 * @param {HTMLElement} host
 * @param {(name: string) => Promise<unknown> | null} style loads a style sheet
 */
export async function mount(host, style) {
  const words = (await load()).check;
  if (host.firstChild) return;
  /** @type {Piece[]} */
  let given = []; // what the service took
  /** @type {string[]} */
  let kinds = []; // what each of it is
  let turn = Promise.resolve(); // one thing after another
  const earlier = stored();
  let planned = plannedIn(location.search) || (earlier?.planned ?? "");

  const { form, bar, box, ...input } = entry(host, words, { text, files, example, leave, typed: save, clear });
  const head = element("div", { className: "kb-check__head" });
  const trouble = element("div", { className: "kb-check__trouble", role: "alert" });
  const body = element("div", { className: "kb-check__result" });
  const status = element("p", { className: "kb-check__told", role: "status" });
  const tell = (/** @type {string} */ said) => void (status.textContent = said);
  host.append(head, bar, trouble, form, body, status);
  if (earlier) restore(earlier);

  function save() {
    store({ given, kinds, draft: input.draft(), planned });
  }

  /** @param {import("../scripts/check-memory.js").Stored} earlier */
  function restore({ draft, ...documents }) {
    ({ given, kinds } = documents);
    input.show(given, kinds);
    if (given.length) (draft.text ? next : take)(() => judge(given, false));
    if (draft.text) input.open(draft.at, draft.text);
    else if (given.length) input.fold();
  }

  function clear() {
    next(async () => {
      await judge([]);
      input.open(null);
      tell(words.cleared);
    });
  }

  /** @param {() => Promise<void>} work */
  function next(work) {
    turn = turn.then(async () => {
      trouble.replaceChildren();
      host.ariaBusy = "true";
      await work().catch(fail);
      save();
      host.ariaBusy = "false";
    });
  }

  /**
   * What all goes well with is folded; else there is something to mend, or to add.
   * @param {() => Promise<void>} work
   */
  function take(work) {
    next(async () => {
      await work();
      if (body.querySelector("table")) input.fold();
      else if (form.hidden) input.open(null);
    });
  }

  /**
   * @param {string} source
   * @param {number | null} at
   */
  function text(source, at) {
    take(async () => {
      await add(cut(source), at === null ? given : given.filter((_, other) => other !== at));
      if (box.value === source) box.value = "";
    });
  }

  /** @param {File[]} list */
  function files(list) {
    take(async () => {
      for (const file of list) await add(cut(await read(file), file.name), given);
    });
  }

  async function example() {
    const source = await (await fetch(asset("check-example.json"))).text();
    take(() => add([{ text: source, name: words.example_name }], []));
  }

  /** @param {number} at */
  function leave(at) {
    take(() => judge(given.filter((_, other) => other !== at)));
  }

  /**
   * Each by itself only if they fail together: then it is known which one it is.
   * @param {Piece[]} pieces
   * @param {Piece[]} kept
   */
  async function add(pieces, kept) {
    if (!pieces.length) throw new Refused("empty");
    const known = new Set(kept.map((piece) => piece.text.trim())); // of a text that was mended
    const fresh = pieces.filter((piece) => !known.has(piece.text.trim()));
    if (!fresh.length) return judge(kept);
    if (fresh.length > 1 && fresh.every((piece) => valid(piece.text))) {
      try {
        return await judge([...kept, ...fresh]);
      } catch (error) {
        if (!(error instanceof Refused && error.kind === "refused")) throw error;
      }
    }
    let taken = kept;
    for (const piece of fresh) {
      await addOne(piece, taken);
      taken = [...taken, piece];
    }
  }

  /**
   * @param {Piece} piece
   * @param {Piece[]} kept
   */
  async function addOne(piece, kept) {
    try {
      if (!valid(piece.text)) await check(piece.text, "");
      await judge([...kept, piece]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Its places are those in this piece, not those among all that was sent.
      const alone = kept.length && error.kind === "refused" ? await check(piece.text, "").catch((again) => again) : null;
      const refused = alone instanceof Refused && alone.problem.code !== "needs-cluster" ? alone : error;
      refused.piece = piece;
      throw refused;
    }
  }

  /**
   * @param {Piece[]} pieces
   * @param {boolean} reveal the result comes into view, with the focus on what it says
   */
  async function judge(pieces, reveal = true) {
    /** @type {Found} */
    let report = { clusters: [], input: { kinds: [], missing: [], unread: [] } };
    try {
      if (pieces.length) report = JSON.parse(await check(sent(pieces), planned));
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== "needs-cluster" || !error.problem.input) throw error;
      report.input = error.problem.input;
      report.summary = error.message;
    }
    const [parts] = await Promise.all([import("./check-result.js"), style("check-result.css")]);
    given = pieces;
    kinds = report.input.kinds;
    draw(report, parts, reveal);
  }

  /**
   * @param {Found} found
   * @param {typeof import("./check-result.js")} parts
   * @param {boolean} reveal
   */
  function draw({ clusters, input: { missing: lacking, unread }, summary = "" }, { ownLinks, ...parts }, reveal) {
    const findings = worst(clusters);
    input.show(given, kinds, !reveal);
    head.replaceChildren();
    body.replaceChildren();
    if (!given.length) return;
    const where = (/** @type {string} */ pointer) => placed(pointer, given, kinds);
    head.append(parts.verdict(summary));
    if (findings.length) {
      const own = (/** @type {string} */ report) => ownLinks(report, findings[0]);
      const note = { className: "kb-check__note", textContent: words.incomplete };
      const incomplete = lacking.length ? [element("p", note)] : [];
      const source = sent(given);
      const planner = parts.ways((goal, format) => way(source, goal, format).then(own), { style, next, copied, tell, words });
      head.append(parts.counts(findings, words), parts.whatIf(planned, choose, words), planner.row, ...incomplete, ...parts.leftUnread(unread, where));
      body.append(
        ...parts.findingsOf(findings, where, words, tell),
        parts.exports((format) => check(source, planned, format).then(own), shareable, next, copied, words),
        planner.section,
      );
      const goal = goalOf(planned);
      if (goal) next(() => planner.steps(goal));
    } else body.append(parts.missing(lacking, words, tell));
    if (!reveal) return;
    head.scrollIntoView();
    head.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** @param {Planned} value */
  function choose(value) {
    planned = value;
    next(() => judge(given));
  }

  /** @param {string} said */
  async function copied(said) {
    const done = await copy(said);
    tell(done ? words.copied : words.copy_failed);
    return done;
  }

  // Only the choice that holds no data.
  function shareable() {
    return location.origin + location.pathname + (planned && `?planned=${planned}`);
  }

  /** @param {unknown} error */
  function fail(error) {
    if (!(error instanceof Refused)) throw error;
    const { piece, problem } = error;
    if (problem.line && piece?.name) {
      if (form.hidden) input.open(null);
      box.value = piece.text; // what came as a file is mended here, too
    }
    const { parts, offset } = refusal(error, box.value, words, tell);
    trouble.replaceChildren(...parts);
    if (!form.hidden) box.focus({ preventScroll: true });
    if (offset !== null) box.setSelectionRange(offset, offset + 1);
    trouble.scrollIntoView();
  }
}

/** @param {Piece[]} pieces */
const sent = (pieces) => array(pieces.map(({ text }) => text));
