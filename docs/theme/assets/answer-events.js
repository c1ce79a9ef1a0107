// An answer that comes as events: at once what the service has, and later the text of a model, if there is one. Loaded
// with the first such answer.

import { save } from "../scripts/chat-memory.js";

/**
 * @typedef {import("../scripts/types.d.ts").Answer} Answer
 * @typedef {import("../scripts/types.d.ts").Written} Written
 */

/**
 * Null where the stream ends before the answer; rejects where it breaks. What comes after it, or does not, is its `rest`.
 * @param {Response} response
 * @returns {Promise<Answer | null>}
 */
export async function read({ body }) {
  if (!body) return null;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";

  /**
   * Null if it does not come.
   * @param {string} name of an event
   * @param {boolean} soon as soon as it is there; else at the end of the stream
   */
  async function event(name, soon) {
    for (;;) {
      const { value = "", done } = await reader.read();
      text += value;
      const [, data] = text.match(new RegExp(`^event: ${name}\ndata: (.*)\n\n`, "m")) ?? [];
      if (done || (soon && data)) return data ? JSON.parse(data) : null;
    }
  }

  /** @type {Answer | null} */
  const answer = await event("answer", true);
  /** @type {Promise<Written | null>} */
  const later = event("written", false).catch(() => null);
  return answer && { ...answer, rest };

  /** @type {NonNullable<Answer["rest"]>} */
  async function rest(shown, above, quotes, phrased, tell) {
    const written = await later;
    delete shown.rest;
    shown.written = written;
    save();
    if (!above.isConnected) return; // it was drawn anew, or cleared
    inPlace(quotes, () => (written ? above.replaceChildren(...phrased(written)) : above.remove()));
    if (written) tell(above.innerText);
  }
}

/**
 * A change above a place that is read, which stays where it is on the screen: what is around it scrolls by the rest.
 * @param {Element} place
 * @param {() => void} change
 */
function inPlace(place, change) {
  const top = () => place.getBoundingClientRect().top;
  const before = top();
  change();
  for (let at = /** @type {Element | null} */ (place); at; at = at.parentElement) at.scrollTop += top() - before;
}
