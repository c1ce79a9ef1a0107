// The check page's entry, on every page: fills <div data-kb-check>; the rest is loaded where there is one.

async function bind() {
  for (const host of document.querySelectorAll("[data-kb-check]")) {
    const [{ mount }] = await Promise.all([import("./check-page.js"), style(new URL("check.css", import.meta.url).href)]);
    if (!host.firstChild) await mount(host);
  }
}

// Its looks are loaded with it, so that other pages are lighter.
function style(href) {
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

// Instant navigation changes pages without loading modules anew.
if (window.document$) window.document$.subscribe(bind);
else bind();
