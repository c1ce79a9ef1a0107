// What was typed, spelled as the site spells it: slips (kubentet, アプグレード), other kana (おーばーれい, オーバレイ) and
// what is still being typed. A word that the site has stays as it is; one that is near no word of the site, too.

import { distance, skeleton } from "./search-distance.js";
import { sound } from "./search-sounds.js";

const WORD = /[a-z][a-z0-9]*|[\u30a1-\u30fa\u30fc]+/g; // of a text without capitals: a Latin word, a katakana word
const LATIN = /(?<![a-z0-9._/:-])[a-z]{4,}(?![a-z0-9._/:-])/g; // identifiers and versions are exact
const NUMBERED = /(?<![a-z0-9._/:-])([a-z]{2,})[ -]?0*([1-9][0-9]*)(?![a-z0-9._/:-])/g; // agc 4 and agc4 for agc004
const KANA = /[\u30a1-\u30fa\u30fc]{3,}|[\u3041-\u3096\u30fc]{3,}/g;
const HIRAGANA = /[\u3041-\u3096]/g;
const SHORTEST = 3; // katakana words that others are made of
const LONGEST = 200; // characters of a query; a pasted text has words enough as it is
const SOUNDS = 3; // fewer consonants say nothing

/** @param {string} text */
const plainly = (text) => text.normalize("NFKC").toLowerCase();

/** @param {string} kana */
const katakana = (kana) => kana.replace(HIRAGANA, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));

/**
 * @param {string[]} texts
 * @returns {Map<string, number>} how often the texts have each word
 */
function vocabulary(texts) {
  const counts = new Map();
  for (const text of texts)
    for (const [word] of plainly(text).matchAll(WORD))
      if (word.length >= SHORTEST) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * Of Latin words that sound alike the most frequent one.
 * @param {Map<string, number>} known
 */
function sounding(known) {
  /** @type {Map<string, string>} */
  const words = new Map();
  for (const [word, count] of known) {
    const heard = /^[a-z]+$/.test(word) ? sound(word) : "";
    if (heard.length >= SOUNDS && count > (known.get(words.get(heard) ?? "") ?? 0)) words.set(heard, word);
  }
  return words;
}

/**
 * A function from a query in NFKC to the same query, spelled as these texts of the site are.
 * @param {string[]} texts
 * @returns {(query: string) => string}
 */
export function speller(texts) {
  const known = vocabulary(texts);
  const cores = new Map([...known.keys()].map((word) => [word, skeleton(word)]));
  const heard = sounding(known);

  return (query) => {
    if (query.length > LONGEST) return query;
    const latin = query
      .toLowerCase()
      .replace(NUMBERED, (written, stem, number) => numbered(stem, number) ?? written)
      .replace(LATIN, (word, at, text) => spelled(word, at + word.length === text.length) ?? halves(word));
    return latin.replace(KANA, (run, at) => {
      const kana = katakana(run);
      if (kana !== run && !run.includes("ー")) return loaned(run, kana);
      return compound(kana, at + run.length === latin.length);
    });
  };

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
   * Two words of the site that are written as one, apart.
   * @param {string} word
   */
  function halves(word) {
    for (let at = SHORTEST; at <= word.length - SHORTEST; at++) {
      const pair = [word.slice(0, at), word.slice(at)];
      if (pair.every((half) => known.has(half))) return pair.join(" ");
    }
    return word;
  }

  /**
   * A run of katakana: words of the site, else the nearest word or the Latin one that sounds like it, whichever is more
   * frequent, else what is near its parts.
   * @param {string} run
   * @param {boolean} typing
   */
  function compound(run, typing) {
    const same = spelled(run, typing, 0) ?? segments(run, typing, 0);
    if (same) return same;
    /** @param {string | null | undefined} word */
    const spread = (word) => known.get(word ?? "") ?? 0;
    const [alike, name] = [spelled(run, typing), heard.get(sound(run))];
    return (spread(name) > spread(alike) ? name : alike) ?? segments(run, typing) ?? run;
  }

  /**
   * A compound whose parts the site has, or has almost; null if there is none of them.
   * @param {string} run
   * @param {boolean} typing
   * @param {number} [most] edits
   * @returns {string | null}
   */
  function segments(run, typing, most) {
    if (!run) return "";
    for (let length = run.length; length >= SHORTEST; length--) {
      const [head, tail] = [run.slice(0, length), run.slice(-length)];
      if (known.has(head)) return join(head, segments(run.slice(length), typing, most));
      if (known.has(tail)) return join(segments(run.slice(0, -length), false, most), tail);
    }
    return run.length < SHORTEST ? null : spelled(run, typing, most);
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
      const far = distance([word, core], [other, cores.get(other) ?? ""], typing, allowed);
      const rated = far - count / 1e6;
      if (far < Infinity && rated < least) [best, least] = [other, rated];
    }
    return best;
  }
}

/**
 * @param {string | null} head
 * @param {string | null} tail
 */
const join = (head, tail) => (head === null || tail === null ? null : head + tail);
