"""From a section and from the search box to the bot: what the page asks the chat to do, and how it is reached."""

import pytest
from playwright.sync_api import expect

from tests.browser.material import exchanged, ready, type_query

pytestmark = pytest.mark.slow

LISTEN = "addEventListener('kb-ask', (event) => (window.asked = event.detail), true)"
ASKED = "() => window.asked"


@pytest.fixture(params=["ja", "en"])
def lang(request):
    return request.param


@pytest.fixture
def at(page, server, lang):
    """Opens a page of the language, with an ear on the chat's events."""

    def go(path, ready=".kb-section"):
        page.add_init_script(LISTEN)
        page.goto(server.url + ("" if lang == "ja" else "en/") + path)
        page.wait_for_selector(ready, state="attached")
        return page

    return go


def test_each_section_has_a_button_named_after_it(at, lang):
    page = at("agc/upgrade/")
    headings = page.locator("article :is(h1, h2, h3)")
    buttons = page.locator("article .kb-section")
    assert buttons.count() == headings.count() > 4
    names = page.evaluate(
        "[...document.querySelectorAll('article :is(h1,h2,h3)')].map((h) => h.firstChild.data.trim())"
    )
    expected = {"ja": "「{}」について質問する", "en": "Ask about “{}”"}[lang]
    assert [button.get_attribute("aria-label") for button in buttons.all()] == [expected.format(n) for n in names]
    page.get_by_role("heading", name=names[1], exact=True).wait_for()  # the heading is still called what it says
    assert page.locator(".md-nav .kb-section").count() == 0


def test_the_button_is_reached_by_keyboard_and_asks_about_its_section(at):
    page = at("agc/upgrade/")
    button = page.locator("h2#install-after-upgrade .kb-section")
    assert button.evaluate("(it) => getComputedStyle(it).opacity") == "0"
    page.locator("h2#install-after-upgrade .headerlink").focus()
    page.keyboard.press("Tab")
    assert button.evaluate("(it) => it === document.activeElement")
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    title = page.evaluate("document.getElementById('install-after-upgrade').firstChild.data.trim()")
    url = page.url.partition("#")[0] + "#install-after-upgrade"
    assert page.evaluate(ASKED) == {"about": {"title": title, "url": url}}


def test_the_button_moves_nothing(at):
    page = at("faq/")
    height = "document.querySelector('article').offsetHeight"
    before = page.evaluate(height)
    page.add_style_tag(content=".kb-section { display: none }")
    assert page.evaluate(height) == before


@pytest.mark.parametrize("path", ["", "no-such-page/"])
def test_no_button_where_there_is_nothing_to_ask_about(at, path, problems):
    page = at(path, ".kb-search-ask")
    ready(page)
    assert page.locator(".kb-section").count() == 0
    problems[:] = [problem for problem in problems if "404" not in problem]


def test_what_is_typed_into_the_search_can_be_asked(at, lang):
    page = at("faq/", ".kb-search-ask")
    page.route("**/api/ask", lambda route: None)  # what comes of it is another test's matter
    row = page.locator(".kb-search-ask")
    page.locator(".md-search__input").click()
    assert row.is_hidden()
    page.keyboard.type("kubenet?")
    assert row.inner_text() == {"ja": "「kubenet?」と質問する", "en": "Ask: “kubenet?”"}[lang]
    page.keyboard.press("Tab")
    assert row.evaluate("(it) => it === document.activeElement")
    page.keyboard.press("Space")
    assert page.evaluate(ASKED) == {"question": "kubenet?"}
    assert not page.evaluate("document.getElementById('__search').checked")


def test_arrows_and_clearing_are_as_before(at):
    page = at("faq/", ".kb-search-ask")
    type_query(page, "kubenet")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('.md-search__input')")
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(".kb-search-ask")).to_be_hidden()
    assert page.evaluate(ASKED) is None


def test_no_button_stays_where_there_is_nothing_to_ask_about(at):
    page = at("agc/upgrade/")
    with exchanged(page):
        page.locator(".md-logo:visible").click()
    assert page.locator("article [data-kb-ask]").count() == 1
    assert page.locator(".kb-section").count() == 0
