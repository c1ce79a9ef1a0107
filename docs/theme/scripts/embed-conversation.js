// What the chat on another site's page loads when it is used: the same conversation, and a search without the service.

import { adopt } from "./embed-style.js";
import { arrive } from "./quote-marks.js";

export { mount } from "../assets/chat-conversation.js";

export const style = KB_ANSWER_STYLE;

/** @type {typeof import("./embed-offline.js").find} */
export const find = async (...asked) => (await import("./embed-offline.js")).find(...asked);

/** Marks the words of a quote that was followed to this page. */
export function mark() {
  adopt(document, "::highlight(kb-quote){background-color:#ffe38a;color:#1f1f24}", 0);
  arrive();
}
