// Elements made in one call. Text goes in as text, never as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {import("./types.d.ts").Properties<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(Node | string | null)} children
 */
export function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {}))
    if (name.includes("-") || name === "role") made.setAttribute(name, String(value));
    else if (value !== undefined) Object.assign(made, { [name]: value });
  made.append(...children.filter((child) => child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  ask: "M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5",
  close: "M6 6l12 12 M18 6L6 18",
  copy: "M9 9h11v11H9z M5 15H4V4h11v1",
  done: "M5 12.5l4.5 4.5L19 7",
  down: "M17 13V4h3v9z M17 13l-4 8c-1.5 0-2.5-1-2.5-2.5V15H5a2 2 0 0 1-2-2.3l1.2-7A2 2 0 0 1 6.2 4H17",
  full: "M14 4h6v6 M20 4l-7 7 M10 20H4v-6 M4 20l7-7",
  link: "M10 14l4-4 M9 11l-3 3a3.5 3.5 0 0 0 5 5l3-3 M15 13l3-3a3.5 3.5 0 0 0-5-5l-3 3",
  mind: "M12 5v9 M12 18.5v.5",
  send: "M12 19V5 M6 11l6-6 6 6",
  up: "M7 11v9H4v-9z M7 11l4-8c1.5 0 2.5 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "kb-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", ICONS[name]);
  return svg;
}

/**
 * A button that shows only an icon; `label` is its name for everyone who cannot see or does not know the icon.
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} onclick
 */
export function iconButton(name, label, onclick) {
  return element("button", { type: "button", className: "kb-tool", title: label, "aria-label": label, onclick }, icon(name));
}

/** What has the focus, also where the chat stands in a shadow of another site's page. */
export function focused() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/**
 * True if the browser let us. Where the site is served without TLS, there is no navigator.clipboard.
 * @param {string} text
 */
export async function copy(text) {
  if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) return true;
  const back = focused();
  const area = element("textarea", { value: text, className: "kb-unseen" });
  (back?.closest("dialog") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (back instanceof HTMLElement) back.focus();
  return done;
}
