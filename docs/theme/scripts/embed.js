// The entry of the chat on pages of another site: <script type="module" src="https://bot.example/kb.js">. It stands in a
// shadow of its own, so that neither style breaks the other, and asks nobody but the service that it came from.

import { page, settle, words as load } from "./ask-api.js";
import { door } from "./chat-door.js";
import { element } from "./element.js";
import { follow } from "./embed-look.js";
import { adopt } from "./embed-style.js";

const SOON = 5000; // ms

const script = [...document.scripts].find(({ src }) => src === import.meta.url);
const { lang: chosen, site, button } = script?.dataset ?? {};
const service = new URL(".", import.meta.url);
const lang = (chosen || document.documentElement.lang || navigator.language).split(/[-_]/)[0].toLowerCase();

const named = site && URL.canParse(site, document.baseURI) ? folder(new URL(site, document.baseURI)) : null;

/** @param {URL} url */
function folder(url) {
  return new URL(url.pathname.replace(/\/*$/, "/"), url);
}

/** @param {string} known */
const words = async (known) => (await (known === "ja" ? import("./embed-words-ja.js") : import("./embed-words-en.js"))).default;

/**
 * What the service says of its site: its address, and questions to begin with. Null if it cannot be reached soon.
 * @returns {Promise<import("./types.d.ts").About | null>}
 */
async function about() {
  try {
    const url = new URL(`api/site?${new URLSearchParams({ lang, page: page() })}`, service);
    const response = await fetch(url, { signal: AbortSignal.timeout(SOON) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {URL} root */
const at = (root) => settle({ lang, service, root, words });

async function start() {
  const host = document.createElement("kb-chat");
  document.body.append(host); // before anything is waited for: a page may name /kb.js and /kb-1.js
  at(named ?? service);
  const said = await load();
  const stage = element("div", { className: "kb-embed", lang: lang === "ja" ? "ja" : "en" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.append(stage);
  host.style.fontSize = "medium"; // what the reader has chosen, whatever the page made of it
  const size = Number.parseFloat(getComputedStyle(host).fontSize);
  adopt(shadow, KB_STYLE, size);
  follow(host, stage);

  const conversation = async () => {
    const [{ find, mount, style }, aboutService] = await Promise.all([import("./embed-conversation.js"), about()]);
    adopt(shadow, style, size);
    if (!named && aboutService && URL.canParse(aboutService.url)) at(folder(new URL(aboutService.url)));
    const spoken = { ...said, examples: aboutService?.starters ?? [] };
    return (/** @type {HTMLElement} */ place) => mount(place, spoken, { find });
  };
  const arrive = door({ stage, marked: stage, words: said, conversation, taken, bare: button === "off" });
  arrive();
  // Words that a reader has followed here from an answer are marked where they stand.
  try {
    if (sessionStorage.getItem("kb-quote")) (await import("./embed-conversation.js")).mark();
  } catch {
    // Storage is switched off: nothing was kept.
  }
}

/**
 * A page may have editors, in which this key writes in italics.
 * @param {KeyboardEvent} event
 */
function taken(event) {
  const [inner] = event.composedPath();
  return inner instanceof HTMLElement && (inner.isContentEditable || inner.matches("input, textarea, select"));
}

if (!document.querySelector("kb-chat")) start();
