// The entry of the chat: the button on every page, Ctrl/⌘ I, ?ask=… and `kb-ask` events. The rest is loaded on first use.

import { shareable, shared, words as load } from "../scripts/ask-api.js";
import { isOpen, setOpen } from "../scripts/chat-memory.js";
import { element, icon, iconButton } from "../scripts/element.js";
import { article, onPage, title } from "../scripts/page-text.js";
import { style } from "../scripts/style.js";

/** @typedef {ReturnType<typeof import("./chat-conversation.js").mount>} View */

const wide = matchMedia("(min-width: 45em)");
const INLINE = "[data-kb-chat], form[data-kb-ask]";

const words = await load();
const opener = element(
  "button",
  { type: "button", className: "kb-opener", title: `${words.send} (Ctrl/⌘ I)`, "aria-keyshortcuts": "Control+I Meta+I" },
  icon("ask"),
  element("span", { textContent: words.send }),
);
const corner = element("aside", { className: "kb-corner", ariaLabel: words.label }, opener);
document.body.append(corner);

/** @type {{ host: HTMLElement, view: View } | null} */
let inline = null; // the page's own conversation
/** @type {{ dialog: HTMLDialogElement, view: View } | null} */
let panel = null; // the one beside the page
/** @type {HTMLElement} */
let returnTo = opener; // what had the focus before the panel

// One thing at a time: a key pressed while a page is still arriving must not make a second conversation.
/** @type {Promise<unknown>} */
let last = Promise.resolve();
/** @param {() => unknown} job */
const queue = (job) => (last = last.then(job));
const open = () => queue(() => show());

opener.addEventListener("click", open);

addEventListener(
  "keydown",
  (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "i") return;
    event.preventDefault();
    if (panel?.dialog.contains(document.activeElement)) close();
    else open();
  },
  true,
);

document.addEventListener("kb-ask", ({ detail }) =>
  queue(async () => {
    const view = await show(!detail?.question);
    if (detail?.about) view.setAbout({ ...detail.about, page: pageTitle() });
    if (detail?.question) view.ask(detail.question);
  }),
);

function pageTitle() {
  const heading = article()?.querySelector("h1");
  return heading ? title(heading) : "";
}

// Where the box itself is in view, the button that leads to it would only be in the way.
const seen = new IntersectionObserver(([{ isIntersecting }]) => (corner.hidden = isIntersecting));

// A question in the address is asked once per load: going on to another page must not ask it again.
let thread = shared(location.search);

onPage(() => queue(arrive));

async function arrive() {
  /** @type {HTMLElement | null} */
  const host = document.querySelector(INLINE);
  if (inline && inline.host !== host) {
    inline.view.destroy();
    inline = null;
    seen.disconnect();
    corner.hidden = false;
  }
  if (host && !inline) {
    const mount = await conversation();
    dissolve();
    inline = { host, view: mount(host, words, remember) };
    seen.observe(host);
  }
  if (thread.length) {
    const questions = thread;
    thread = [];
    (await show(false)).replay(questions);
  } else if (!host && isOpen() && wide.matches && !panel?.dialog.open) await show(false);
  else panel?.view.inspire();
}

/**
 * Reload and the back button find the question again.
 * @param {import("../scripts/types.d.ts").Turn} turn
 */
function remember({ question, history: before }) {
  const url = new URL(location.href);
  url.search = new URL(shareable(question, before)).search;
  url.hash = "";
  history.replaceState(history.state, "", url);
}

/** The conversation of this page, shown; with the focus in its box. */
async function show(focus = true) {
  if (inline) {
    if (focus) inline.view.focus();
    return inline.view;
  }
  panel ??= await build();
  const { dialog, view } = panel;
  if (!dialog.open) {
    const active = document.activeElement;
    returnTo = active instanceof HTMLElement && active !== document.body ? active : opener;
    if (wide.matches) dialog.show();
    else dialog.showModal();
    document.documentElement.toggleAttribute("data-kb-open", true);
    setOpen(true);
    view.inspire();
    // A dialog takes the focus when it opens.
    if (!focus && returnTo !== opener) returnTo.focus({ preventScroll: true });
    else if (!focus && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }
  if (focus) view.focus();
  return view;
}

async function conversation() {
  const [{ mount }] = await Promise.all([import("./chat-conversation.js"), style("chat-answer.css")]);
  return mount;
}

async function build() {
  const mount = await conversation();
  const name = element("h2", { id: "kb-panel-title", textContent: words.label });
  const full = element("a", { href: shareable("").split("?")[0], className: "kb-tool", title: words.full }, icon("full"));
  full.ariaLabel = words.full;
  const bar = element("div", { className: "kb-panel__bar" }, name, full, iconButton("close", words.close, close));
  const host = element("div", { className: "kb-panel__body" });
  const dialog = element("dialog", { className: "kb-panel md-typeset", "aria-labelledby": name.id }, bar, host);
  document.body.append(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  // A sheet over the whole phone would hide the page that the reader goes to.
  dialog.addEventListener(
    "click",
    ({ target }) => {
      if (target instanceof Element && target.closest("a") && !wide.matches) shut();
    },
    true,
  );
  return { dialog, view: mount(host, words) };
}

// One conversation per page: the panel gives way, and comes back on the next page if it was open.
function dissolve() {
  document.documentElement.toggleAttribute("data-kb-open", false);
  panel?.view.destroy();
  panel?.dialog.remove();
  panel = null;
}

function shut() {
  panel?.dialog.close();
  document.documentElement.toggleAttribute("data-kb-open", false);
  if (panel) setOpen(false);
}

function close() {
  shut();
  (returnTo.isConnected ? returnTo : opener).focus();
}

wide.addEventListener("change", () => {
  if (!panel?.dialog.open) return;
  panel.dialog.close();
  if (wide.matches) panel.dialog.show();
  else panel.dialog.showModal();
});
