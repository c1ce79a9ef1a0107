// The check page's entry, on every page: fills <div data-kb-check>; the rest is loaded where there is one.

import { asset } from "../scripts/ask-api.js";
import { onPage } from "../scripts/page-text.js";

async function bind() {
  /** @type {NodeListOf<HTMLElement>} */
  const hosts = document.querySelectorAll("[data-kb-check]");
  for (const host of hosts) {
    const [{ mount }] = await Promise.all([import("./check-page.js"), style("check.css")]);
    if (!host.firstChild) await mount(host, style);
  }
}

/**
 * Its looks are loaded with it, so that other pages are lighter.
 * @param {string} name
 */
function style(name) {
  const { href } = asset(name);
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

onPage(bind);
