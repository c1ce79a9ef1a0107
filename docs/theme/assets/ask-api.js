// The service, as seen from any page of the site: where it is, what it answers, how it fails.

export const lang = document.documentElement.lang;
const { base } = JSON.parse(document.getElementById("__config").textContent); // to the root of this language's site
// Japanese is at the root, where the service is mounted, and English one folder below it.
const root = new URL(lang === "ja" ? "." : "..", new URL(base, location.href));

// An address of the contract ("/en/faq/#x") where this site is mounted; null for anything that is not a web address.
export function address(path) {
  const inside = path.replace(/^\/+/, "");
  const url = URL.canParse(inside, root) ? new URL(inside, root) : null;
  return /^https?:$/.test(url?.protocol) ? url.href : null;
}

export async function words() {
  const known = lang === "ja" ? "ja" : "en";
  return (await fetch(new URL(`words/${known}.json`, import.meta.url))).json();
}

// `kind` is a key of the words; `message` is the service's own, in the reader's language, if it gave one.
export class Failure extends Error {
  constructor(kind, message = "") {
    super(message);
    this.kind = kind;
  }
}

export async function ask(question, signal) {
  let response;
  let body;
  try {
    response = await fetch(new URL("api/ask", root), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, lang }),
      signal,
    });
    body = await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    // A web server that only has the files answers with a page of its own.
    throw new Failure(response?.status >= 500 && response.status !== 501 ? "failed" : "offline");
  }
  if (!response.ok) throw new Failure("failed", body.error?.message);
  return body;
}
