import assert from "node:assert/strict";
import { test } from "node:test";

import { json } from "./files.js";
import { open } from "./page.js";

const page = open('<script id="__config" type="application/json">{"base": "."}</script>');
const { defaultView: view } = page;
globalThis.location = view.location;
view.HTMLElement.prototype.scrollIntoView = () => {};
const { feedback } = await import("../../docs/theme/scripts/chat-feedback.js");
const words = await json("docs/theme/assets/words/en.json");

/** Presses "not helpful" and the first reason at once; the service replies with these statuses. */
async function pressed(statuses) {
  const events = [];
  globalThis.fetch = async (url, { body }) => {
    const { vote, reason } = JSON.parse(body);
    events.push(`sent ${vote} ${reason}`);
    await new Promise(setImmediate);
    events.push(`received ${vote} ${reason}`);
    return { status: statuses.shift() };
  };
  const turn = { id: "a", question: "?", vote: null, reason: null };
  await new Promise((done) => {
    const { tools, more } = feedback(turn, { status: "answered", citations: [] }, words, (text) => {
      events.push(text);
      if (!statuses.length) done();
    });
    page.body.append(...tools, more);
    tools[1].click();
    more.querySelector("button").click();
  });
  return { events, vote: turn.vote, reason: turn.reason };
}

const FIRST = ["sent down null", "received down null"];
const SECOND = ["sent down wrong", "received down wrong"];

test("a vote is sent when the one before has been received, so that the last one counts", async () => {
  const events = [...FIRST, words.thanks, ...SECOND, words.thanks];
  assert.deepEqual(await pressed([204, 204]), { events, vote: "down", reason: "wrong" });
});

test("a vote that failed leaves the later one as it is", async () => {
  const events = [...FIRST, ...SECOND, words.thanks];
  assert.deepEqual(await pressed([503, 204]), { events, vote: "down", reason: "wrong" });
});

test("when the last vote failed, the one that the service has is shown", async () => {
  const events = [...FIRST, words.thanks, ...SECOND, words.vote_failed];
  assert.deepEqual(await pressed([204, 503]), { events, vote: "down", reason: null });
});
