// POST /api/check and /api/plan, and how they fail. What is sent is the reader's own text, so that the service counts its lines.

import { lang, root } from "./ask-api.js";

/**
 * What the service says of an input that it does not take.
 * @typedef {object} Problem
 * @property {string} [code]
 * @property {string} [message]
 * @property {number} [line]
 * @property {number} [column]
 * @property {import("./types.d.ts").Found["input"]} [input]
 */

/** @typedef {"too_large" | "offline" | "busy" | "failed" | "empty" | "refused"} Kind a key of the words, but for the last */

const MOST = 2 * 1024 * 1024; // bytes that the service takes

/** A check that did not take place, and why. */
export class Refused extends Error {
  /**
   * @param {Kind} kind
   * @param {Problem} problem
   */
  constructor(kind, problem = {}, wait = 0) {
    super(problem.message ?? "");
    this.kind = kind;
    this.problem = problem;
    this.wait = wait;
    /** @type {import("./types.d.ts").Piece | null} */
    this.piece = null; // whose problem it is
  }
}

/**
 * One body of several documents. One alone goes as it is: it may be no JSON (YAML, a warning in front), and places are
 * counted in it.
 * @param {string[]} texts
 */
export const array = (texts) => (texts.length === 1 ? texts[0] : `[${texts.join("\n,")}\n]`);

/**
 * The reply as text in `format`. `planned`: "" means what the documents say.
 * @param {string} body
 * @param {string} planned
 */
export const check = (body, planned, format = "json") => post("check", body, { format, ...(planned ? { planned } : {}) });

/**
 * The plans as text in `format`.
 * @param {string} body
 * @param {import("./types.d.ts").Goal} to
 */
export const plan = (body, to, format = "json") => post("plan", body, { format, to });

/**
 * @param {string} address
 * @param {string} body
 * @param {Record<string, string>} parameters
 */
async function post(address, body, parameters) {
  if (new Blob([body]).size > MOST) throw new Refused("too_large");
  const query = new URLSearchParams({ lang, ...parameters });
  let reply;
  let text;
  try {
    const headers = { "Content-Type": "application/json" };
    reply = await fetch(new URL(`api/${address}?${query}`, root), { method: "POST", headers, body });
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
