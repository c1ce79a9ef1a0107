// Text to words, exactly as index/lexical/words.py does it (shared test vectors: tests/data/words.json).

// Scripts written without spaces between words: kana, Han, the long-vowel and iteration marks.
const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
// [\p{L}\p{N}] is what Python's \w is without the underscore.
const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{N}]`;
const TOKEN = new RegExp(
  `(?<unspaced>[${UNSPACED}]+)` +
    "|(?<size>(?<![a-z0-9_/])/[0-9]{1,3}(?![a-z0-9_/]|\\.[a-z0-9]))" + // a prefix length alone: /24
    `|(?<word>(?:${LETTER})+(?:[._/:\\-](?:${LETTER})+)*)`,
  "gu",
);
const VERSION = /^v?[0-9]+(?:\.[0-9]+)+(?:-[a-z0-9.]+)?$/;

/** @param {string} hiragana */
const katakana = (hiragana) => String.fromCharCode(hiragana.charCodeAt(0) + 0x60);

/** @param {string} text */
export const normalise = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u3041-\u3096]/g, katakana);

/**
 * Tokens of an already normalised text, with their places. An identifier comes whole, then in parts; a part has the
 * place of the whole, because a reader looks for the identifier.
 * @param {string} text
 */
function tokens(text) {
  const placed = [];
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const start = match.index;
    const end = start + token.length;
    if (match.groups?.unspaced && token.length > 1) {
      // Every character of these scripts is one UTF-16 unit, so slices are the same as Python's.
      for (let i = start; i < end - 1; i++) placed.push({ word: text.slice(i, i + 2), start: i, end: i + 2 });
      continue;
    }
    placed.push({ word: token, start, end });
    if (match.groups?.word) for (const word of parts(token)) placed.push({ word, start, end });
  }
  return placed;
}

/**
 * `10.0.4.0/24` has `/24`, `alb-controller:1.10.21` has `1.10.21`, `v1.7.9` has `1.7.9`.
 * @param {string} token
 */
function parts(token) {
  const stroke = token.lastIndexOf("/");
  const stem = token.slice(0, Math.max(stroke, 0));
  if (/^[0-9]+$/.test(token.slice(stroke + 1)) && VERSION.test(stem)) return [stem, token.slice(stroke)];
  const split = [];
  for (const segment of token.split(/[/:]/)) {
    if (segment !== token) split.push(segment);
    const pieces = segment.split(/[._-]/);
    if (VERSION.test(segment)) {
      if (segment.startsWith("v")) split.push(segment.slice(1));
    } else if (pieces.length > 1) split.push(...pieces);
  }
  return split;
}

/** @param {string} text */
export const words = (text) => tokens(normalise(text)).map(({ word }) => word);

/**
 * Words with their places in the text as it is written; normalising may change lengths (ｶﾞ is one character, ㍿ four).
 * @param {string} text
 */
export function locate(text) {
  /** @type {number[]} */
  const from = [];
  /** @type {number[]} */
  const to = [];
  let folded = "";
  for (const { 0: piece, index } of text.matchAll(/\P{M}[\p{M}\uff9e\uff9f]*|\p{M}/gsu)) {
    folded += normalise(piece);
    while (from.length < folded.length) {
      from.push(index);
      to.push(index + piece.length);
    }
  }
  return tokens(folded).map(({ word, start, end }) => ({ word, start: from[start], end: to[end - 1] }));
}
