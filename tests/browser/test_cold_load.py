"""How long a first visit takes, and that nothing moves meanwhile. For a night: `make nightly`, LOADS times each."""

import os

import pytest

LOADS = int(os.environ.get("LOADS", "5"))
SEEN = """() => new Promise((done) => {
  const seen = { shift: 0, paint: 0, ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd };
  const watch = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({ type, buffered: true });
  watch("layout-shift", (entry) => (seen.shift += entry.value));
  watch("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  setTimeout(() => done(seen), 1000);
})"""


@pytest.mark.slow
@pytest.mark.measures
@pytest.mark.parametrize("path", ["", "en/", "agc/upgrade/", "en/rules/agc004/"])
def test_a_cold_load_is_quick_and_still(browser, server, path):
    """On one machine, without a network between."""
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
        page = context.new_page()
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle")
        seen = page.evaluate(SEEN)
        context.close()
        assert seen["shift"] <= 0.05
        assert seen["ready"] < 3000
        assert 0 < seen["paint"] < 4000
