"""Pages by the rules of axe-core (WCAG AA and good practice), in both languages, colour schemes and two widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow

PAGES = ("", "faq/", "plugins/", "rules/", "rules/agc004/", "agc/upgrade/", "scope/", "service/settings/", "lost/")
# Material's own markup, made by its script: the box of a copy button is a <nav> without a name, and so is the list of
# a navigation entry that has a page of its own. Neither can be named without replacing the script.
KNOWN = {"landmark-unique": ("md-code__nav", "md-nav")}


def violations(page):
    """By rule: the elements that break it."""
    broken = {}
    for one in Axe().run(page).response["violations"]:
        known = KNOWN.get(one["id"], ())
        nodes = [node["html"] for node in one["nodes"] if not any(f'class="{name}"' in node["html"] for name in known)]
        if nodes:
            broken[one["id"]] = nodes
    return broken


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("dark", 1280), ("light", 390)])
@pytest.mark.parametrize("root", ["", "en/"])
def test_no_page_breaks_a_rule(browser, server, root, scheme, width):
    viewport = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    broken = {}
    for path in PAGES:
        page.goto(f"{server.url}{root}{path}")
        page.wait_for_selector(".md-search[aria-label]", state="attached")  # the page's scripts have run
        page.wait_for_load_state("networkidle")
        if found := violations(page):
            broken[path] = found
    context.close()
    assert broken == {}
