// What a search result shows: which stretches of a text are marked, and the text around them.

"use strict";

globalThis.kbMarks = (() => {
  const KATAKANA = /[\u30a1-\u30fa\u30fc]+/g;
  const KANJI = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+/g;
  const HIRAGANA_EDGES = /^[\u3041-\u309f]+|[\u3041-\u309f]+$/g;
  const SEAM = /^[\u3041-\u309f][^\u3041-\u309f]$|^[\u30a1-\u30fc][\u3041-\u309f]$/; // のサ, トの: a particle and its noun
  const AROUND = 90; // characters shown around a mark
  const BLOCKS = 2; // paragraphs or list items shown

  // The search index has HTML; blocks become lines. Only these three characters are escaped there.
  const plain = (html) =>
    html
      .replace(/<\/?(?:p|li|ul|ol|pre)[^>]*>/g, "\n")
      .replace(/<[^>]*>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&");

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

  // The normalised text, and for each of its units the piece of the original that it came from (ｶﾞ is one piece).
  function fold(text) {
    const [from, to] = [[], []];
    let folded = "";
    for (const { 0: piece, index } of text.matchAll(/\P{M}[\p{M}\uff9e\uff9f]*|\p{M}/gsu)) {
      folded += kbWords.normalise(piece);
      while (from.length < folded.length) {
        from.push(index);
        to.push(index + piece.length);
      }
    }
    return { folded, from, to };
  }

  // Stretches [start, end] of `text` that hold wanted words: neighbours merged, chance fragments left out.
  function find(text, wanted, query) {
    const { folded, from, to } = fold(text);
    const runs = [];
    for (const { word, start, end } of kbWords.tokens(folded)) {
      if (!wanted.has(word) || SEAM.test(word)) continue;
      const last = runs.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else runs.push([start, end]);
    }
    const asked = kbWords.normalise(query);
    return runs.filter(([start, end]) => telling(folded, start, end, asked)).map(([start, end]) => [from[start], to[end - 1]]);
  }

  // Pairs of characters also meet by chance: the ネット of サブネット in ネットワーク, or されて. A stretch tells
  // something if it has two ideographs or Latin letters, is a whole word of the text, or holds a whole word of the query.
  function telling(text, start, end, asked) {
    const core = text.slice(start, end).replace(HIRAGANA_EDGES, "");
    if (!core) return !asked.replace(/[\u3041-\u309f\s]/g, "");
    if (/[^\u3041-\u30ff]{2}/.test(core)) return true;
    const at = text.indexOf(core, start);
    const inside = [KATAKANA, KANJI].some((script) =>
      [...text.matchAll(script)].some(({ 0: word, index }) => {
        const [left, right] = [index, index + word.length];
        const cuts = (place) => left < place && place < right;
        return cuts(at) || cuts(at + core.length);
      }),
    );
    return !inside || [KATAKANA, KANJI].some((script) => (asked.match(script) ?? []).some((word) => core.includes(word)));
  }

  // `text` as HTML with its stretches marked; from the first mark on if it is too long.
  function marked(text, stretches, around = Infinity) {
    const first = Math.max(0, (stretches[0]?.[0] ?? 0) - around / 3);
    const last = Math.min(text.length, first + around * 2);
    let html = first ? "…" : "";
    let at = first;
    for (const [start, end] of stretches) {
      if (start >= last) break;
      html += `${escape(text.slice(at, start))}<mark data-md-highlight>${escape(text.slice(start, end))}</mark>`;
      at = end;
    }
    return html + escape(text.slice(at, Math.max(at, last))) + (last < text.length ? "…" : "");
  }

  // The paragraphs that hold marks, or the first one.
  function teaser(text, wanted, query) {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
    const found = lines.map((line) => [line, find(line, wanted, query)]);
    const hits = found.filter(([, stretches]) => stretches.length);
    return (hits.length ? hits : found.slice(0, 1))
      .slice(0, BLOCKS)
      .map(([line, stretches]) => `<p>${marked(line, stretches, AROUND)}</p>`)
      .join("");
  }

  return { plain, escape, find, marked, teaser };
})();
