// What is kept of the reader's languages: the one chosen in this browser, by the menu or by declining another one, and
// the place on the page that was left for its twin.

const [CHOSEN, PLACE] = ["kb-language", "kb-place"];

/**
 * What is stored, and what to store instead; nothing where the browser has storage switched off.
 * @param {"localStorage" | "sessionStorage"} kind
 * @param {string} key
 * @param {string} [value]
 */
function stored(kind, key, value) {
  try {
    const before = window[kind].getItem(key);
    if (value !== undefined) window[kind].setItem(key, value);
    return before;
  } catch {
    return null;
  }
}

/** @param {string} [language] the one that is chosen now */
export const chosen = (language) => stored("localStorage", CHOSEN, language);

/** @param {string} [left] the place that is left now */
export const place = (left) => stored("sessionStorage", PLACE, left);
