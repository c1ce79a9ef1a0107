// The words of a quote: as the part of a URL that a browser finds them by, and as places in the text of a page.

// In widths: a kana or Han character is two wide.
const TELLING = 24; // words that are hardly found twice on a page
const SHORT = 300; // a block that a URL can hold as a whole

/**
 * The part of a URL, after its #id, that makes a browser find and mark a quote: ":~:text=…". The browser matches within
 * one block and takes the first place on the page, so it gets a short block whole, else the sentences at both its ends.
 * @param {string} quote
 */
export function fragment(quote) {
  const blocks = quote.split(/[\n\t]+/).map((block) => block.trim()).filter(Boolean);
  const longest = Math.max(...blocks.map(width));
  const first = blocks.find((block) => width(block) >= Math.min(TELLING, longest)) ?? "";
  const ends = [sentences(first), sentences(first, true)];
  const apart = width(first) > SHORT && ends.join("").length < first.length;
  const encoded = (apart ? ends : [first]).map((part) => encodeURIComponent(part).replace(/-/g, "%2D"));
  return first && `:~:text=${encoded.join()}`;
}

/** @param {string} text */
const width = (text) => text.length + (text.match(/[\u3041-\u30ff\u3400-\u9fff]/g)?.length ?? 0);

/**
 * The first (or last) sentences of a block, as many as it takes to tell.
 * @param {string} block
 */
function sentences(block, fromEnd = false) {
  const all = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(block)].map(({ segment }) => segment);
  if (fromEnd) all.reverse();
  let text = "";
  for (const sentence of all) {
    text = fromEnd ? sentence + text : text + sentence;
    if (width(text) >= TELLING) break;
  }
  return text.trim();
}

/**
 * The first place of `quote` in the pieces of a text, white space left out of account: where it begins and ends in each
 * piece that has a part of it.
 * @param {string[]} pieces
 * @param {string} quote
 */
export function places(pieces, quote) {
  const wanted = quote.replace(/\s/g, "");
  /** @type {[piece: number, at: number][]} */
  const letters = [];
  let text = "";
  for (const [piece, written] of pieces.entries())
    for (let at = 0; at < written.length; at++)
      if (/\S/.test(written[at])) {
        text += written[at];
        letters.push([piece, at]);
      }
  const from = wanted ? text.indexOf(wanted) : -1;
  /** @type {{ piece: number, start: number, end: number }[]} */
  const stretches = [];
  for (const [piece, at] of from < 0 ? [] : letters.slice(from, from + wanted.length)) {
    const last = stretches.at(-1);
    if (last?.piece === piece) last.end = at + 1;
    else stretches.push({ piece, start: at, end: at + 1 });
  }
  return stretches;
}
