// What the reader gave to the check page, in this tab alone: it is there again after a look at another page, and goes
// with the tab.

/**
 * What stands in the box, and of which document.
 * @typedef {{ text: string, at: number | null }} Draft
 */

/**
 * @typedef {object} Stored
 * @property {import("./types.d.ts").Piece[]} given
 * @property {string[]} kinds
 * @property {Draft} draft
 * @property {import("./types.d.ts").Planned} planned
 */

const KEY = "kb-check";

/** @returns {Stored | null} */
export function stored() {
  try {
    const then = JSON.parse(sessionStorage.getItem(KEY) ?? "");
    if (Array.isArray(then?.given) && Array.isArray(then.kinds) && typeof then.draft?.text === "string") return then;
  } catch {
    // Nothing there, switched off or damaged.
  }
  return null;
}

/** @param {Stored} now */
export function store(now) {
  try {
    sessionStorage.removeItem(KEY); // if there is no room for what is new, what is old does not stay either
    if (now.given.length || now.draft.text) sessionStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Full or switched off; nothing is lost as long as the page stays.
  }
}
