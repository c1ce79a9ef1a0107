// The reader's files and pasted texts as single JSON texts, and places in them.

// Several documents one after another: in JSON no bracket that closes is followed by one that opens.
const SEAM = /\n\s*(?=[{[])(?<=[}\]]\s*)/;
const BARE = /^[\w.:/@-]+$/; // what kubectl prints of an image: no JSON, but clear

/**
 * A text keeps the lines that it has in the source.
 * @param {string} source
 * @returns {import("./types.d.ts").Piece[]}
 */
export function pieces(source, name = "") {
  const parts = valid(source) ? [source] : source.split(SEAM);
  let at = 0;
  return parts
    .map((part) => {
      const start = source.indexOf(part, at);
      at = start + part.length;
      const bare = BARE.test(part.trim()) && !valid(part);
      return { text: "\n".repeat(source.slice(0, start).split("\n").length - 1) + (bare ? JSON.stringify(part.trim()) : part), name };
    })
    .filter(({ text }) => text.trim());
}

/** @param {string} text */
export function valid(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * PowerShell's `>` writes UTF-16.
 * @param {Blob} file
 */
export async function read(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/**
 * The line of a place as the service counts it (from 1, whole characters), and its offset in the text.
 * @param {string} text
 * @param {number} line
 * @param {number} column
 */
export function place(text, line, column) {
  const lines = text.split("\n");
  const row = Math.min(line, lines.length) - 1;
  const before = [...lines[row]].slice(0, column - 1).join("");
  return {
    before: before.slice(-30),
    after: lines[row].slice(before.length, before.length + 30),
    offset: lines.slice(0, row).join("\n").length + (row ? 1 : 0) + before.length,
  };
}

/**
 * Where a pointer leads: of several documents it names the one by what it is.
 * @param {string} pointer
 * @param {import("./types.d.ts").Piece[]} given
 * @param {string[]} kinds
 */
export function placed(pointer, given, kinds) {
  const [, at, rest] = /^\/(\d+)(\/.*)?$/.exec(pointer) ?? [];
  const piece = given.length > 1 ? given[Number(at)] : undefined;
  return piece ? [kinds[Number(at)], piece.name, rest].filter(Boolean).join(" ") : pointer;
}
