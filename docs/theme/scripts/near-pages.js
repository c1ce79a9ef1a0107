// Which pages of the search index an address may have meant.

/** @typedef {import("./types.d.ts").Doc} Doc */

const MOST = 4;
const LEAST = 0.3; // of two words in common, by pairs of letters; below it words have little to do with each other

/** @param {string} path */
const plain = (path) => path.toLowerCase().replace(/index\.html$/, "").replace(/\.(html?|md)$/, "").replace(/\/*$/, "");

/**
 * The page whose address is this one but for case, a missing slash or an ending.
 * @param {string} path below the home page
 * @param {Doc[]} pages
 */
export const same = (path, pages) => pages.find(({ location }) => location && plain(location) === plain(path));

/**
 * Those whose names are like this one's, the most alike first.
 * @param {string} path
 * @param {Doc[]} pages
 */
export function near(path, pages) {
  return pages
    .filter(({ location }) => location)
    .map((page) => ({ page, like: alike(plain(path), plain(page.location)) }))
    .filter(({ like }) => like >= LEAST)
    .sort((a, b) => b.like - a.like)
    .slice(0, MOST)
    .map(({ page }) => page);
}

/**
 * From 0 to 1: the last parts weigh more than the folders, which may have changed.
 * @param {string} asked
 * @param {string} known
 */
function alike(asked, known) {
  const last = (/** @type {string} */ path) => path.slice(path.lastIndexOf("/") + 1);
  return 0.7 * common(last(asked), last(known)) + 0.3 * common(asked, known);
}

/**
 * Dice's coefficient of the pairs of letters.
 * @param {string} asked
 * @param {string} known
 */
function common(asked, known) {
  const [few, many] = [pairs(asked), pairs(known)];
  const total = few.length + many.length;
  let shared = 0;
  for (const pair of few) {
    const at = many.indexOf(pair);
    if (at < 0) continue;
    many.splice(at, 1);
    shared += 1;
  }
  return total ? (2 * shared) / total : 0;
}

/** @param {string} text */
const pairs = (text) => [...` ${text} `].map((letter, at, all) => letter + (all[at + 1] ?? "")).slice(0, -1);
