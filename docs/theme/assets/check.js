// The check page's entry, on every page: fills <div data-kb-check>; the rest is loaded where there is one.

import { onPage } from "../scripts/page-text.js";
import { style } from "../scripts/style.js";

async function bind() {
  /** @type {NodeListOf<HTMLElement>} */
  const hosts = document.querySelectorAll("[data-kb-check]");
  for (const host of hosts) {
    const [{ mount }] = await Promise.all([import("./check-page.js"), style("check.css")]);
    if (!host.firstChild) await mount(host, style);
  }
}

onPage(bind);
