// POST /api/check, and how it fails. What is sent is the reader's own text, so that the service counts its lines.

import { address, lang } from "./ask-api.js";

const MOST = 2 * 1024 * 1024; // bytes that the service takes

// `kind`: a key of the words. `problem`: the service's own {code, message, line, column, pointer, input}.
export class Refused extends Error {
  constructor(kind, problem = {}, wait = 0) {
    super(problem.message ?? "");
    Object.assign(this, { kind, wait, ...problem });
  }
}

export const array = (texts) => `[${texts.join("\n,")}\n]`;

// The reply as text in `format`. `planned`: "" means what the documents say.
export async function check(body, planned, format = "json") {
  if (new Blob([body]).size > MOST) throw new Refused("too_large");
  const query = new URLSearchParams({ lang, format, ...(planned && { planned }) });
  let reply;
  let text;
  try {
    const headers = { "Content-Type": "application/json" };
    reply = await fetch(address(`api/check?${query}`), { method: "POST", headers, body });
    text = await reply.text();
  } catch {
    throw new Refused("offline");
  }
  const { ok, status } = reply;
  if (ok && text[0] !== "<") return text; // and not the page of a proxy that asks to sign in
  if (status === 413) throw new Refused("too_large");
  if (status === 429) throw new Refused("busy", {}, Number(reply.headers.get("Retry-After")) || 1);
  if (status === 422 && text[0] === "{") throw new Refused("refused", JSON.parse(text).error);
  // A web server that only has the files has no such address.
  throw new Refused(status >= 500 && status !== 501 ? "failed" : "offline");
}
