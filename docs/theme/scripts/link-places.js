// Where the links of a quote stand in its text.

/** @typedef {import("./types.d.ts").QuotedLink} QuotedLink */

/**
 * What makes texts, one after the other, into what is shown of them: each link stands where its words first do.
 * @template Shown
 * @param {QuotedLink[] | undefined} links of an older service: none
 * @param {(link: QuotedLink) => Shown} made
 * @param {(text: string) => Shown} plain
 */
export function linking(links, made, plain) {
  let left = links ?? [];
  return linked;

  /**
   * @param {string} text
   * @returns {Shown[]}
   */
  function linked(text) {
    const link = left.find((each) => text.includes(each.text));
    if (!link) return [plain(text)];
    left = left.filter((each) => each !== link);
    const [before, ...after] = text.split(link.text);
    return [...linked(before), made(link), ...linked(after.join(link.text))];
  }
}
