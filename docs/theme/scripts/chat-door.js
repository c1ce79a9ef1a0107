// The way to the chat from any page: the button, Ctrl/⌘ I, `kb-ask` events, ?ask=…, and the panel beside the page.

import { shared } from "./ask-api.js";
import { isOpen, setOpen } from "./chat-memory.js";
import { element, focused, icon, iconButton } from "./element.js";
import { article, title } from "./page-text.js";

/**
 * @typedef {ReturnType<typeof import("../assets/chat-conversation.js").mount>} View
 * @typedef {object} Place
 * @property {HTMLElement} stage what button and panel are put into
 * @property {HTMLElement} marked what has the attribute data-kb-open while the panel is there
 * @property {import("./types.d.ts").Words} words
 * @property {() => Promise<(host: HTMLElement, inline: boolean) => View>} conversation what mounts one, loaded on first use
 * @property {string} [full] address of the page of the chat, if there is one
 * @property {() => HTMLElement | null} [inline] where a page has a conversation of its own
 * @property {(event: KeyboardEvent) => boolean} [taken] whether a key is the page's own
 * @property {boolean} [bare] without the button: the page has another way to the chat
 */

const wide = matchMedia("(min-width: 45em)");

/** @param {Place} place */
export function door({ stage, marked, words, conversation, full, inline: inside = () => null, taken = () => false, bare }) {
  const opener = element(
    "button",
    { type: "button", className: "kb-opener", title: `${words.send} (Ctrl/⌘ I)`, "aria-keyshortcuts": "Control+I Meta+I" },
    icon("ask"),
    element("span", { textContent: words.send }),
  );
  const corner = element("aside", { className: "kb-corner", ariaLabel: words.label }, opener);
  if (!bare) stage.append(corner);

  /** @type {{ host: HTMLElement, view: View } | null} */
  let inline = null; // the page's own conversation
  /** @type {{ dialog: HTMLDialogElement, view: View } | null} */
  let panel = null; // the one beside the page
  /** @type {HTMLElement} */
  let returnTo = opener; // what had the focus before the panel
  // A question in the address is asked once per load: going on to another page must not ask it again.
  let thread = shared(location.search);

  // One thing at a time: a key pressed while a page is still arriving must not make a second conversation.
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** @param {() => unknown} job */
  const queue = (job) => (last = last.then(job));
  const open = () => queue(() => show());

  // Where the box itself is in view, the button that leads to it would only be in the way.
  const seen = new IntersectionObserver(([{ isIntersecting }]) => (corner.hidden = isIntersecting));

  opener.addEventListener("click", open);
  addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "i") return;
      const within = panel?.dialog.contains(focused());
      if (!within && taken(event)) return;
      event.preventDefault();
      if (within) close();
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
  wide.addEventListener("change", () => {
    if (!panel?.dialog.open) return;
    panel.dialog.close();
    if (wide.matches) panel.dialog.show();
    else panel.dialog.showModal();
    panel.view.latest();
  });
  return () => queue(arrive);

  /** A page is there: the first, or one that came without a load. */
  async function arrive() {
    const host = inside();
    if (inline && inline.host !== host) {
      inline.view.destroy();
      inline = null;
      seen.disconnect();
      corner.hidden = false;
    }
    if (host && !inline) {
      const mount = await conversation();
      dissolve();
      inline = { host, view: mount(host, true) };
      seen.observe(host);
    }
    if (thread.length) {
      const questions = thread;
      thread = [];
      (await show(false)).replay(questions);
    } else if (!host && isOpen() && wide.matches && !panel?.dialog.open) await show(false);
    else panel?.view.inspire();
  }

  /** The conversation of this page, shown; with the focus in its box. */
  async function show(focus = true) {
    if (inline) {
      if (focus) inline.view.focus();
      return inline.view;
    }
    panel ??= await build();
    const { dialog, view } = panel;
    const opens = !dialog.open;
    if (opens) {
      const active = focused();
      returnTo = active instanceof HTMLElement && active !== document.body ? active : opener;
      if (wide.matches) dialog.show();
      else dialog.showModal();
      marked.toggleAttribute("data-kb-open", true);
      setOpen(true);
      view.inspire();
      // A dialog takes the focus when it opens.
      const now = focused();
      if (!focus && returnTo !== opener) returnTo.focus({ preventScroll: true });
      else if (!focus && now instanceof HTMLElement) now.blur();
    }
    if (focus) view.focus();
    if (opens) view.latest(); // a dialog that opens stands at its top again
    return view;
  }

  async function build() {
    const mount = await conversation();
    const name = element("h2", { id: "kb-panel-title", textContent: words.label });
    const page = full ? element("a", { href: full, className: "kb-tool", title: words.full }, icon("full")) : null;
    if (page) page.ariaLabel = words.full;
    const bar = element("div", { className: "kb-panel__bar" }, name, page, iconButton("close", words.close, close));
    const host = element("div", { className: "kb-panel__body" });
    const dialog = element("dialog", { className: "kb-panel md-typeset", "aria-labelledby": name.id }, bar, host);
    stage.append(dialog);
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
    return { dialog, view: mount(host, false) };
  }

  // One conversation per page: the panel gives way, and comes back on the next page if it was open.
  function dissolve() {
    marked.toggleAttribute("data-kb-open", false);
    panel?.view.destroy();
    panel?.dialog.remove();
    panel = null;
  }

  function shut() {
    panel?.dialog.close();
    marked.toggleAttribute("data-kb-open", false);
    if (panel) setOpen(false);
  }

  function close() {
    shut();
    (returnTo.isConnected ? returnTo : opener).focus();
  }
}

function pageTitle() {
  const heading = article()?.querySelector("h1");
  return heading ? title(heading) : "";
}
