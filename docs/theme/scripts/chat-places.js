// Where a turn stands in its thread, for focus and for the eye.

/** @typedef {import("./types.d.ts").Turn} Turn */

/** @param {HTMLElement} thread */
export function places(thread) {
  return { focus, reveal };

  /**
   * @param {Turn} turn
   * @returns {HTMLElement | null}
   */
  function title(turn) {
    return thread.querySelector(`[data-turn="${turn.id}"] .kb-turn__question`);
  }

  /** @param {Turn | undefined} turn */
  function focus(turn) {
    if (turn) title(turn)?.focus({ preventScroll: true });
  }

  /**
   * The question at the top, its answer below it; while nothing is answered yet there may be no room to scroll.
   * @param {Turn} turn
   */
  function reveal(turn) {
    title(turn)?.parentElement?.scrollIntoView({ block: "start" });
  }
}
