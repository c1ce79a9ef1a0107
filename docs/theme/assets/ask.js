// The question box of the landing page: fills every <form data-kb-ask> and shows the service's answer below it.

import { Failure, ask, words as load } from "./ask-api.js";
import { element, show } from "./ask-answer.js";

const LONGEST = 500;

for (const form of document.querySelectorAll("form[data-kb-ask]")) fill(form, await load());

function fill(form, words) {
  const input = element("input", {
    id: "kb-question",
    name: "ask",
    type: "text",
    required: true,
    maxLength: LONGEST,
    placeholder: words.placeholder,
    autocomplete: "off",
    enterKeyHint: "send",
  });
  const label = element("label", { htmlFor: input.id, textContent: words.label });
  const send = element("button", { type: "submit", textContent: words.send });
  const row = element("div", { className: "kb-ask__row" }, input, send);
  const output = element("div", { className: "kb-answer", tabIndex: -1, hidden: true, ariaLive: "polite" });
  form.append(label, row);
  form.after(output);

  let running = new AbortController();
  async function answer(question) {
    running.abort(); // a later question wins over one that is still under way
    const mine = (running = new AbortController());
    input.value = question;
    remember(question);
    output.hidden = false;
    output.ariaBusy = "true";
    output.replaceChildren(element("p", { className: "kb-answer__note", textContent: words.asking }));
    let [status, parts] = ["failed", []];
    try {
      const found = await ask(question, AbortSignal.any([mine.signal, AbortSignal.timeout(30_000)]));
      [status, parts] = [found.status, show(found, words, choose)];
    } catch (error) {
      const text = (error instanceof Failure && (error.message || words[error.kind])) || words.failed;
      parts = [element("p", { className: "kb-answer__note", textContent: text })];
    }
    if (mine.signal.aborted) return;
    output.dataset.status = status;
    output.replaceChildren(...parts);
    output.ariaBusy = "false";
  }

  // The button that was chosen goes away with the old answer; focus must not get lost with it.
  function choose(question) {
    output.focus({ preventScroll: true });
    answer(question);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (question) answer(question);
  });

  // ?ask=… asks at once, so that a question can be shared as a link.
  const shared = new URLSearchParams(location.search).get("ask")?.trim().slice(0, LONGEST);
  if (shared) answer(shared);
}

function remember(question) {
  const url = new URL(location.href);
  url.searchParams.set("ask", question);
  history.replaceState(history.state, "", url);
}
