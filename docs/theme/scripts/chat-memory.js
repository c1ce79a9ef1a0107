// The conversation of this tab: it survives page changes and ends with the tab.

/** @typedef {import("./types.d.ts").Turn} Turn */

const KEY = "kb-chat";
const MOST = 30; // turns kept
const EARLIER = 5; // questions sent along with a follow-up

const state = read();

/** @returns {{ turns: Turn[], open: boolean }} */
function read() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "");
    if (Array.isArray(stored?.turns)) return stored;
  } catch {
    // Nothing there, switched off or damaged: the conversation lives as long as the page.
  }
  return { turns: [], open: false };
}

export const turns = () => state.turns;

export const isOpen = () => state.open;

/** @param {boolean} open */
export function setOpen(open) {
  state.open = open;
  save();
}

export function save() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Full or switched off; nothing is lost as long as the page stays.
  }
}

/**
 * A new last turn. `before`: what it goes on from, in place of the earlier questions.
 * @param {string} question
 * @param {string[]} [before]
 */
export function add(question, before) {
  const history = before ?? state.turns.slice(-EARLIER).map((turn) => turn.question);
  /** @type {Turn} */
  const turn = { id: number(), question, history };
  state.turns = [...state.turns, turn].slice(-MOST);
  save();
  return turn;
}

export function clear() {
  state.turns = [];
  save();
}

// Not randomUUID(): a site on plain http does not have it.
const number = () => crypto.getRandomValues(new BigUint64Array(1))[0].toString(16).padStart(16, "0");
