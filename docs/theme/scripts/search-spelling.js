// What was typed, spelled as the site spells it: slips (kubentet, アプグレード), other kana (おーばーれい, オーバレイ) and
// what is still being typed. A word that the site has stays as it is; one that is near no word of the site, too.

/** @typedef {Map<string, number>} Vocabulary word → how often the site has it */

const WORD = /[a-z][a-z0-9]*|[\u30a1-\u30fa\u30fc]+/g; // of a text without capitals: a Latin word, a katakana word
const LATIN = /(?<![a-z0-9._/:-])[a-z]{4,}(?![a-z0-9._/:-])/g; // identifiers and versions are exact
const NUMBERED = /(?<![a-z0-9._/:-])([a-z]{2,})[ -]?0*([1-9][0-9]*)(?![a-z0-9._/:-])/g; // agc 4 and agc4 for agc004
const KANA = /[\u30a1-\u30fa\u30fc]{3,}|[\u3041-\u3096\u30fc]{3,}/g;
const HIRAGANA = /[\u3041-\u3096]/g;
const SMALL = /[ァィゥェォッャュョヮ]/g;
const SHORTEST = 3; // katakana words that others are made of
const WRITTEN = 0.5; // distance of two words that differ in the length of a vowel, in small or in voiced kana only
const TYPED = 0.25; // and of a word that only begins as what was typed

/** @param {string} text */
const plainly = (text) => text.normalize("NFKC").toLowerCase();

/** @param {string} kana */
const katakana = (kana) => kana.replace(HIRAGANA, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));

/**
 * What two spellings of a word share: no long vowels, small kana large, no voicing.
 * @param {string} word
 */
const skeleton = (word) =>
  word
    .replace(SMALL, (sign) => String.fromCharCode(sign.charCodeAt(0) + 1))
    .normalize("NFD")
    .replace(/[\u3099\u309a\u30fc]/g, "");

/**
 * @param {string[]} texts
 * @returns {Vocabulary}
 */
export function vocabulary(texts) {
  const counts = new Map();
  for (const text of texts)
    for (const [word] of plainly(text).matchAll(WORD))
      if (word.length >= SHORTEST) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * @param {Vocabulary} known
 * @param {string} query in NFKC
 */
export function respell(known, query) {
  const latin = query
    .toLowerCase()
    .replace(NUMBERED, (written, stem, number) => numbered(stem, number) ?? written)
    .replace(LATIN, (word, at, text) => spelled(word, at + word.length === text.length) ?? word);
  return latin.replace(KANA, (run, at) => {
    const kana = katakana(run);
    if (kana !== run && !run.includes("ー")) return loaned(run, kana);
    return compound(kana, at + run.length === latin.length);
  });

  /**
   * The identifier of the site with this stem and number, however many zeros it has between them.
   * @param {string} stem
   * @param {string} number
   */
  function numbered(stem, number) {
    const pattern = new RegExp(`^${stem}0*${number}$`);
    return [...known.keys()].find((word) => pattern.test(word));
  }

  /**
   * A run of katakana: words of the site, else the nearest word, else what is near its parts.
   * @param {string} run
   * @param {boolean} typing
   */
  function compound(run, typing) {
    const near = spelled(run, typing, 0);
    if (near) return near;
    const cut = segments(run, typing);
    return cut.every((piece) => known.has(piece)) ? cut.join("") : (spelled(run, typing) ?? cut.join(""));
  }

  /**
   * @param {string} run
   * @param {boolean} typing
   * @returns {string[]}
   */
  function segments(run, typing) {
    for (let length = run.length; length >= SHORTEST; length--) {
      if (known.has(run.slice(0, length))) return [run.slice(0, length), ...segments(run.slice(length), typing)];
      if (known.has(run.slice(-length))) return [...segments(run.slice(0, -length), false), run.slice(-length)];
    }
    return run ? [spelled(run, typing) ?? run] : [];
  }

  /**
   * Hiragana that holds a loan word of the site; other hiragana is grammar.
   * @param {string} run
   * @param {string} kana
   */
  function loaned(run, kana) {
    for (let length = run.length; length > SHORTEST; length--)
      for (let at = 0; at + length <= run.length; at++) {
        const word = kana.slice(at, at + length);
        if (known.has(word)) return run.slice(0, at) + word + run.slice(at + length);
      }
    return run;
  }

  /**
   * The word of the site that is nearest to `word`, if any is near; the more frequent one of two.
   * @param {string} word
   * @param {boolean} typing whether it may be the beginning of a word
   * @param {number} [most] edits
   */
  function spelled(word, typing, most = 2) {
    if (word.length < SHORTEST || known.has(word)) return word;
    const core = skeleton(word);
    const allowed = Math.min(most, core.length < 3 ? 0 : core.length < 6 ? 1 : 2);
    let best = null;
    let least = Infinity;
    for (const [other, count] of known) {
      if (/[a-z]/.test(other) !== /[a-z]/.test(word)) continue;
      const far = distance(word, core, other, typing, allowed);
      const rated = far - count / 1e6;
      if (far < Infinity && rated < least) [best, least] = [other, rated];
    }
    return best;
  }
}

/**
 * @param {string} word
 * @param {string} core
 * @param {string} other
 * @param {boolean} typing
 * @param {number} allowed
 */
function distance(word, core, other, typing, allowed) {
  if (typing && other.startsWith(word)) return 0;
  const target = skeleton(other);
  if (core[0] !== target[0] && core.length < 5) return Infinity;
  const [whole, begun] = edits(core, target);
  if (whole <= allowed) return whole + WRITTEN;
  if (typing && begun <= Math.min(1, allowed) && core.length >= SHORTEST) return begun + WRITTEN + TYPED;
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
