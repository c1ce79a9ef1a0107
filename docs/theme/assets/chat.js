// The entry of the chat on this site: its door on every page, and the conversations that pages have in themselves.

import { shareable, words as load } from "../scripts/ask-api.js";
import { door } from "../scripts/chat-door.js";
import { onPage } from "../scripts/page-text.js";
import { style } from "../scripts/style.js";

const INLINE = "[data-kb-chat], form[data-kb-ask]";

const words = await load();

async function conversation() {
  const [{ mount }] = await Promise.all([import("./chat-conversation.js"), style("chat-answer.css")]);
  /** @type {(host: HTMLElement, inline: boolean) => ReturnType<typeof mount>} */
  return (host, inline) => mount(host, words, { find, asked: inline ? remember : undefined });
}

/** @type {typeof import("./ask-offline.js").find} */
const find = async (...asked) => (await import("./ask-offline.js")).find(...asked);

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

onPage(
  door({
    stage: document.body,
    marked: document.documentElement,
    words,
    conversation,
    full: shareable("").split("?")[0],
    inline: () => document.querySelector(INLINE),
  }),
);
