// What a search result shows: which stretches of a text are marked, and the text around them.

import { locate } from "./words.js";

/** @typedef {[start: number, end: number]} Stretch */

const SCRIPTS = [/[\u30a1-\u30fa\u30fc]+/g, /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+/g]; // katakana, ideographs
const HIRAGANA = /[\u3041-\u309f]/;
const HIRAGANA_EDGES = /^[\u3041-\u309f]+|[\u3041-\u309f]+$/g;
const SEAM = /^[\u3041-\u309f][^\u3041-\u309f]$|^[\u30a1-\u30fc][\u3041-\u309f]$/; // のサ, トの: a particle and its noun
const AROUND = 90; // characters shown around a mark
const BLOCKS = 2; // paragraphs or list items shown

/**
 * The search index has HTML; blocks become lines. Only these three characters are escaped there.
 * @param {string} html
 */
export const plain = (html) =>
  html
    .replace(/<\/?(?:p|li|ul|ol|pre)[^>]*>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

/** @param {string} text */
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/**
 * Stretches of `text` that hold wanted words: neighbours merged, chance fragments left out.
 * @param {string} text
 * @param {Set<string>} wanted
 * @param {string} query
 */
export function find(text, wanted, query) {
  /** @type {Stretch[]} */
  const runs = [];
  for (const { word, start, end } of locate(text)) {
    const written = text.slice(start, end);
    if (!wanted.has(word) || SEAM.test(written)) continue;
    if (HIRAGANA.test(written) && !query.includes(written)) continue; // さい is the サイ of サイズ only to the index
    const last = runs.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else runs.push([start, end]);
  }
  return runs.filter(([start, end]) => telling(text, start, end, query));
}

/**
 * Pairs of characters also meet by chance: the ネット of サブネット in ネットワーク, or されて. A stretch tells
 * something if it has two ideographs or Latin letters, is a whole word of the text, or holds a whole word of the query.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} query
 */
function telling(text, start, end, query) {
  const core = text.slice(start, end).replace(HIRAGANA_EDGES, "");
  if (!core) return !/[^\u3041-\u309f\s]/.test(query);
  if (/[^\u3041-\u30ff]{2}/.test(core)) return true;
  const left = text.indexOf(core, start);
  /** @param {RegExpExecArray} match */
  const cut = ({ 0: word, index }) =>
    [left, left + core.length].some((place) => index < place && place < index + word.length);
  const holds = SCRIPTS.some((script) => query.match(script)?.some((word) => core.includes(word)));
  return holds || !SCRIPTS.some((script) => [...text.matchAll(script)].some(cut));
}

/**
 * `text` as HTML with its stretches marked; from shortly before the first mark on if it is too long.
 * @param {string} text
 * @param {Stretch[]} stretches
 */
export function marked(text, stretches, around = Infinity) {
  /** @param {number} place */
  const inWord = (place) => /\w\w/.test(text.slice(place - 1, place + 1));
  let first = Math.max(0, (stretches[0]?.[0] ?? 0) - around / 3);
  while (first > 0 && inWord(first)) first--;
  let last = Math.min(text.length, first + around * 2);
  while (last < text.length && inWord(last)) last++;
  let html = first ? "…" : "";
  let at = first;
  for (const [start, end] of stretches) {
    if (start >= last) break;
    html += `${escape(text.slice(at, start))}<mark data-md-highlight>${escape(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escape(text.slice(at, Math.max(at, last))) + (last < text.length ? "…" : "");
}

/**
 * The paragraphs that hold marks, or the first one.
 * @param {string} text
 * @param {Set<string>} wanted
 * @param {string} query
 */
export function teaser(text, wanted, query) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const searched = lines.map((line) => ({ line, stretches: find(line, wanted, query) }));
  const hits = searched.filter(({ stretches }) => stretches.length);
  return (hits.length ? hits : searched.slice(0, 1))
    .slice(0, BLOCKS)
    .map(({ line, stretches }) => `<p>${marked(line, stretches, AROUND)}</p>`)
    .join("");
}
