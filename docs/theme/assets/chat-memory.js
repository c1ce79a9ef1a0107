// The conversation of this tab: it survives page changes and ends with the tab.
// A turn is {id, question, history, answer?, failure?, vote?, reason?}; one without answer and failure is under way.

const KEY = "kb-chat";
const MOST = 30; // turns kept
const EARLIER = 5; // questions sent along with a follow-up

let state = { turns: [], open: false };
try {
  const stored = JSON.parse(sessionStorage.getItem(KEY));
  if (Array.isArray(stored?.turns)) state = stored;
} catch {
  // Storage is switched off or damaged: the conversation lives as long as the page.
}

export const turns = () => state.turns;

export const isOpen = () => state.open;

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

// A new last turn. `about`: the title of a section that the reader asks about, in place of the earlier questions.
export function add(question, about) {
  const history = about ? [about] : state.turns.slice(-EARLIER).map((turn) => turn.question);
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
const number = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
