// Searches that the site has no hit for, told to a service that keeps such words (KB_KEEP_QUESTIONS); else nothing is.

import { lang, root } from "./ask-api.js";

const PAUSE = 1500; // ms after the last key
const [SHORTEST, LONGEST] = [2, 200]; // characters that are sent

/**
 * @param {HTMLInputElement} query Material's search box
 * @param {Element} results the list of its hits
 */
export function watch(query, results) {
  const none = JSON.parse(document.getElementById("__config")?.textContent ?? "{}").translations?.["search.result.none"];
  const said = results.parentElement?.querySelector(".md-search-result__meta"); // how many hits there are
  if (!none || !said) return;
  /** @type {Set<string>} */
  const sent = new Set();
  /** @type {Promise<boolean> | undefined} */
  let keeps;
  let timer = 0;
  let composing = false;
  let typed = query.value;
  let isAnswered = true; // what is said is of what was typed last

  const wait = () => {
    clearTimeout(timer);
    if (!composing) timer = window.setTimeout(tell, PAUSE);
  };
  for (const kind of ["input", "keyup"]) {
    query.addEventListener(kind, () => {
      if (query.value === typed) return;
      typed = query.value;
      isAnswered = false;
      wait();
    });
  }
  query.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  query.addEventListener("compositionend", () => {
    composing = false;
    wait();
  });
  // Material says it anew with each result, also in the same words.
  const observer = new MutationObserver(() => {
    isAnswered = true;
    wait();
  });
  observer.observe(said, { childList: true, characterData: true, subtree: true });
  wait(); // for what came before this script

  async function tell() {
    const words = query.value.trim();
    const { length } = [...words];
    const wording = words.toLowerCase().replace(/\s+/gu, " ");
    if (!isAnswered || said?.textContent !== none || length < SHORTEST || length > LONGEST || sent.has(wording)) return;
    sent.add(wording);
    keeps ??= keepsSearches();
    if (await keeps) send({ words, lang }).catch(() => {}); // the next search may be sent
  }
}

/** Whether there is a service that keeps them; a web server that only has the files says anything. */
async function keepsSearches() {
  try {
    const response = await fetch(new URL("api/site", root));
    return response.ok && (await response.json()).keeps_searches === true;
  } catch {
    return false;
  }
}

/** @param {{ words: string, lang: string }} body */
const send = (body) =>
  fetch(new URL("api/searches", root), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
