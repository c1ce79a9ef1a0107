// How far what was typed is from a word of the site.

const SMALL = /[ァィゥェォッャュョヮ]/g;
const WRITTEN = 0.5; // distance of two words that differ in the length of a vowel, in small or in voiced kana only
const TYPED = 0.25; // and of a word that only begins as what was typed

/**
 * What two spellings of a word share: no long vowels, small kana large, no voicing.
 * @param {string} word
 */
export const skeleton = (word) =>
  word
    .replace(SMALL, (sign) => String.fromCharCode(sign.charCodeAt(0) + 1))
    .normalize("NFD")
    .replace(/[\u3099\u309a\u30fc]/g, "");

/**
 * How far a word is from one of the site: edits, and less where both only are written or begun differently; Infinity
 * where more than `allowed` edits lie between them.
 * @param {[word: string, skeleton: string]} written
 * @param {[word: string, skeleton: string]} known
 * @param {boolean} typing
 * @param {number} allowed
 */
export function distance([word, core], [other, target], typing, allowed) {
  if (typing && other.startsWith(word)) return 0;
  if (Math.abs(core.length - target.length) > allowed && !typing && !other.includes(word)) return Infinity;
  if (core[0] !== target[0] && core.length < 5) return Infinity;
  const [whole, begun] = edits(core, target);
  if (whole <= allowed) return whole + WRITTEN;
  if (typing && begun <= Math.min(1, allowed) && core.length >= 3) return begun + WRITTEN + TYPED;
  return word.length > 3 && /[a-z]/.test(word) && other.includes(word) ? allowed + WRITTEN : Infinity;
}

/**
 * How many signs are left out, put in, exchanged or swapped between `typed` and `word`, and between `typed` and the
 * nearest beginning of `word`.
 * @param {string} typed
 * @param {string} word
 */
function edits(typed, word) {
  let before = [0];
  let row = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return [row[word.length], Math.min(...row)];
}
