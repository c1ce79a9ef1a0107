// The service, as seen from any page of the site: where it is, what it answers, how it fails.

export const lang = document.documentElement.lang;
export const LONGEST = 1000; // characters of a question; what the service takes unless KB_MAX_QUESTION says otherwise
const known = ["ja", "en"].includes(lang) ? lang : null;
const PATIENCE = 30_000; // ms

// Both once, at load: instant navigation changes the address and the head, but not these places.
const config = JSON.parse(document.getElementById("__config").textContent);
export const home = folder(config.base); // of this language's site
export const root = folder(document.querySelector("meta[name=kb-root]")?.content ?? config.base); // of all languages

function folder(path) {
  const url = new URL(path.replace(/\/*$/, "/"), location.href);
  url.search = url.hash = "";
  return url;
}

// An address of the contract ("/en/faq/#x") where this site is mounted; null for anything that is not on this site.
export function address(path) {
  const inside = path.replace(/^[\\/]+/, "");
  const url = URL.canParse(inside, root) ? new URL(inside, root) : null;
  return url?.origin === root.origin ? url.href : null;
}

// The page of the chat, which asks `question` at once.
export function shareable(question) {
  const url = new URL("ask/", home);
  url.searchParams.set("ask", question);
  return url.href;
}

let told;
export function words() {
  told ??= fetch(new URL(`words/${known ?? "en"}.json`, import.meta.url)).then((response) => response.json());
  return told;
}

// `kind` is a key of the words; `message` is the service's own, in the reader's language, if it gave one; `wait` in s.
export class Failure extends Error {
  constructor(kind, message = "", wait = 0) {
    super(message);
    Object.assign(this, { kind, wait });
  }
}

const post = (path, body, signal) =>
  fetch(new URL(path, root), {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": lang },
    body: JSON.stringify(body),
    signal,
  });

// The Answer of the contract. `history`: earlier questions, oldest first.
export async function ask(question, history, signal) {
  let response;
  let body;
  try {
    const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const asked = { question, lang: known, ...(history.length && { history: history.map((past) => ({ question: past })) }) };
    response = await post("api/ask", asked, patient);
    body = await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    if (error.name === "TimeoutError") throw new Failure("failed");
    // A web server that only has the files answers with a page of its own.
    throw new Failure(response?.status >= 500 && response.status !== 501 ? "failed" : "offline");
  }
  if (response.ok && typeof body?.answer === "string") return body;
  const wait = Math.ceil(Number(response.headers.get("Retry-After"))) || 0;
  throw new Failure(response.status === 429 ? "busy" : "failed", body?.error?.message, wait);
}

// Status of the reply; 0 if there is none.
export async function vote(body) {
  try {
    return (await post("api/feedback", body)).status;
  } catch {
    return 0;
  }
}
