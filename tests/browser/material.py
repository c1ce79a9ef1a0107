"""What the scripts of the site have done so far, made visible: events to wait for, where a reader would just look."""

from contextlib import contextmanager

# Runs in every page before its own scripts. A flag is set after all listeners of an event have been called.
WATCH = """(() => {
  if (window.arrivals) return;  // a new tab runs this twice
  const after = (set) => setTimeout(set);
  window.arrivals = [];  // pages that Material has brought, by loading or by exchanging them
  let pages;
  Object.defineProperty(window, "document$", {
    get: () => pages,
    set(observable) {
      pages = observable;
      pages.subscribe(() => after(() => arrivals.push(location.pathname)));
    },
  });

  // Material exchanges pages only after it has read the sitemap.
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (text, type) {
    if (type === "text/xml") after(() => (window.sitemapRead = true));
    return parseFromString.call(this, text, type);
  };

  // Of the search: the last query whose hits are shown. Its index is built once its box is used: on each page that
  // would be a fifth of all work.
  const [SETUP, QUERY, RESULT] = [0, 2, 3];
  const isBox = (element) => element?.matches("[data-md-component=search-query]");
  const used = new Promise((resolve) => addEventListener("focusin", ({ target }) => isBox(target) && resolve()));
  window.Worker = class extends Worker {
    #asked = [];
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data: { type } }) => {
        if (type !== RESULT) return;
        const query = this.#asked.shift();
        after(() => (window.searched = query));
      });
    }
    postMessage(message) {
      if (message.type === QUERY) this.#asked.push(message.data);
      const early = message.type === SETUP && message.data.config && !isBox(document.activeElement); // Material's
      if (early) used.then(() => super.postMessage(message));
      else super.postMessage(message);
    }
  };
})()"""
READY = """() => arrivals.length &&
  [".kb-opener", ".md-search[aria-label]"].every((made) => document.querySelector(made))"""
STILL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.getAnimations().filter((animation) =>
    animation.playState === "running" && animation.effect.getComputedTiming().endTime !== Infinity);
  do {
    await frame();
    await frame();
    await Promise.allSettled(moving().map(({ finished }) => finished));
  } while (moving().length);
}"""


def ready(page):
    """Waits until our scripts have bound themselves to the page; that of the search box comes last."""
    page.wait_for_function(READY)


def still(page):
    """Waits until what has happened is drawn and every transition is over."""
    page.evaluate(STILL)


@contextmanager
def exchanged(page):
    """What is done inside leads to another page, which Material brings without a load; ends when all scripts know."""
    page.wait_for_function("() => window.sitemapRead")
    before = page.evaluate("window.arrivals.length")
    yield
    page.wait_for_function("before => window.arrivals.length > before", arg=before)


def follow_tab(page, name):
    """By keyboard: Material moves the tabs away while one scrolls, and a mouse may press one and let go beside it."""
    page.locator(".md-tabs__link", has_text=name).press("Enter")


def type_query(page, query):
    """Types into Material's search box, as one input; ends when its hits are shown."""
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.fill(query)
    box.press("End")  # Material listens to keys
    page.wait_for_function("query => window.searched === query", arg=query)
