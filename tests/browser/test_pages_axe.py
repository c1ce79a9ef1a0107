"""Pages by the rules of axe-core (WCAG AA and good practice), in both languages, colour schemes and two widths."""

import pytest

from tests.browser import axe
from tests.browser.material import ready, still, type_query

pytestmark = pytest.mark.slow

PAGES = ("", "faq/", "plugins/", "rules/", "rules/agc004/", "agc/upgrade/", "scope/", "service/settings/")
LOST = "lost/"
# Material's own markup, made by its script: the box of a copy button is a <nav> without a name, and so is the list of
# a navigation entry that has a page of its own. Neither can be named without replacing the script.
KNOWN = {"landmark-unique": ("md-code__nav", "md-nav")}


def violations(page):
    """By rule: the elements that break it."""
    broken = {}
    for rule, elements in axe.violations(page).items():
        known = KNOWN.get(rule, ())
        if own := [html for html, _ in elements if not any(f'class="{name}"' in html for name in known)]:
            broken[rule] = own
    return broken


# The languages share markup and colours: each is seen in both schemes and both widths, every pair of these once. Of the
# pages half are in either row; at night, all of them in both.
SEEN = [("", "light", 1280, 0), ("en/", "dark", 390, 0), ("en/", "light", 1280, 1), ("", "dark", 390, 1)]


@pytest.mark.parametrize(("root", "scheme", "width", "half"), SEEN)
def test_no_page_breaks_a_rule(open_page, server, problems, root, scheme, width, half):
    unbroken(open_page, server, problems, root, scheme, width, [*PAGES[half::2], LOST])


@pytest.mark.nightly
@pytest.mark.parametrize(("root", "scheme", "width", "half"), SEEN)
def test_nor_does_the_other_half(open_page, server, problems, root, scheme, width, half):
    unbroken(open_page, server, problems, root, scheme, width, [*PAGES[1 - half :: 2], LOST])


def unbroken(open_page, server, problems, root, scheme, width, pages):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    broken = {}
    for path in pages:
        page.goto(f"{server.url}{root}{path}")
        ready(page)
        still(page)
        if violated := violations(page):
            broken[path] = violated
    assert broken == {}
    assert len(problems) == 1 and "404" in problems.pop()  # of LOST


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_the_hint_of_the_readers_language_and_what_the_search_suggests_break_no_rule(open_page, server, scheme, width):
    page = open_page(chosen=False, locale="en-US", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(server.url + "agc/upgrade/")
    ready(page)
    page.locator(".kb-hint a").wait_for()
    still(page)
    assert violations(page) == {}
    if width < 960:
        page.locator(".md-header__button[for=__search]").click()
    type_query(page, "kubentet")
    page.locator(".kb-search-question").first.wait_for()
    still(page)
    assert violations(page) == {}
