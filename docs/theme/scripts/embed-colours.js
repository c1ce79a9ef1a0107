// Colours of a page to colours of the chat on it, all of them readable (WCAG AA) whatever the page has.

/** @typedef {[red: number, green: number, blue: number]} Colour each from 0 to 255 */

const AA = 4.5; // of text
const SHAPE = 3; // of what is no text
const GROUND = { slate: 11, default: 16 }; // of the strongest text; below that the chat's own red and yellow cannot be read
/** @type {Colour} */
const BLACK = [17, 17, 20];
/** @type {Colour} */
const WHITE = [255, 255, 255];
/** @type {Colour} */
const YELLOW = [255, 213, 74];
/** @type {Record<string, Colour>} */
const OURS = { default: [51, 64, 143], slate: [165, 177, 245] };

/** @param {Colour} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * As WCAG 2 has it, from 1 to 21.
 * @param {Colour} first
 * @param {Colour} second
 */
export function contrast(first, second) {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * @param {Colour} from
 * @param {Colour} to
 * @param {number} part
 * @returns {Colour}
 */
export const mix = (from, to, part) => /** @type {Colour} */ (from.map((value, at) => Math.round(value + (to[at] - value) * part)));

/** @param {Colour} colour */
export const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/**
 * `colour`, moved towards `text` until it can be read on all of `grounds`.
 * @param {Colour} colour
 * @param {Colour} text
 * @param {Colour[]} grounds
 */
function readable(colour, text, grounds, least = AA) {
  for (let part = 0; part < 1; part += 0.05) {
    const moved = mix(colour, text, part);
    if (grounds.every((ground) => contrast(moved, ground) >= least)) return moved;
  }
  return text;
}

/** @param {Colour} ground */
const onto = (ground) => (contrast(WHITE, ground) >= contrast(BLACK, ground) ? WHITE : BLACK);

/**
 * The scheme of the chat's own colours, and the properties that follow the page.
 * @param {{ background: Colour, text: Colour, accent: Colour | null }} page `accent` null: it has none of its own
 */
export function palette({ background: ground, text: given, accent }) {
  const strongest = onto(ground);
  const scheme = strongest === WHITE ? "slate" : "default";
  // A page that is neither dark nor light gets a chat that is.
  const background = readable(ground, strongest === WHITE ? BLACK : WHITE, [strongest], GROUND[scheme]);
  const text = contrast(given, background) >= AA ? given : strongest;
  const tint = mix(background, text, 0.06);
  const mark = mix(background, YELLOW, 0.25);
  const grounds = [background, tint, mark];
  const own = accent ?? OURS[scheme];
  const link = readable(own, strongest, grounds);
  const fill = contrast(own, background) >= SHAPE ? own : link;
  const soft = readable(mix(text, background, 0.35), strongest, grounds);
  const properties = {
    "--md-default-bg-color": background,
    "--md-default-fg-color": readable(text, strongest, grounds),
    "--md-typeset-a-color": link,
    "--md-accent-fg-color": link,
    "--md-primary-fg-color": fill,
    "--md-primary-fg-color--dark": mix(fill, onto(fill) === WHITE ? BLACK : WHITE, 0.12),
    "--md-primary-bg-color": onto(fill),
    "--md-code-bg-color": tint,
    "--kb-soft": soft,
    "--kb-line": mix(background, text, 0.2),
    "--kb-tint": tint,
    "--kb-card": background,
    "--kb-mark": mark,
  };
  return { scheme, properties: Object.entries(properties).map(([name, colour]) => [name, hex(colour)]) };
}
