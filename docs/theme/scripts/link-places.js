// Where the links of a quote stand in its text.

/** @typedef {import("./types.d.ts").QuotedLink} QuotedLink */

/**
 * What makes texts, one after the other, into what is shown of them: each link stands where its words first do.
 * @template Shown
 * @param {QuotedLink[]} links
 * @param {(link: QuotedLink) => Shown} made
 */
export function linking(links, made) {
  const left = [...links];
  return linked;

  /**
   * @param {string} text
   * @returns {(Shown | string)[]}
   */
  function linked(text) {
    const next = left.findIndex((link) => text.includes(link.text));
    if (next < 0) return [text];
    const [link] = left.splice(next, 1);
    const at = text.indexOf(link.text);
    return [...linked(text.slice(0, at)), made(link), ...linked(text.slice(at + link.text.length))];
  }
}
