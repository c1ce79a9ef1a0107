// What is said of a turn: why it has no answer, and what is read aloud of one.

/**
 * @typedef {import("./types.d.ts").Trouble} Trouble
 * @typedef {import("./types.d.ts").Turn} Turn
 * @typedef {import("./types.d.ts").Words} Words
 */

/**
 * @param {Trouble} trouble
 * @param {Words} words
 */
export function explained({ kind, message, wait }, words) {
  const text = kind === "busy" || !message ? words[kind] : message;
  return wait ? `${text}${words.wait.replace("{n}", String(wait))}` : text;
}

/**
 * @param {Turn} turn
 * @param {Words} words
 */
export function summary({ answer, failure }, words) {
  if (failure) return explained(failure, words);
  if (!answer) return words.asking;
  const count = answer.citations.length;
  if (answer.status === "offline") return count ? words.offline_found : words.offline_none;
  return count ? `${answer.answer} ${words.count.replace("{n}", String(count))}` : answer.answer;
}
