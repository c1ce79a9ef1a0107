"""Searches without hits: what a page tells the service, and that it tells nothing where nothing is kept."""

import pytest

from tests.browser.material import exchanged, follow_tab, ready, type_query

pytestmark = pytest.mark.slow

PAUSE = 1500  # ms, as in docs/theme/scripts/search-missed.js
KEEPS, KEEPS_NOT, NO_SERVICE = {"keeps_searches": True}, {"keeps_searches": False}, None
EQUIPPED = "() => document.querySelector('.kb-search-ask')"  # our script has bound itself to the box


@pytest.fixture
def asked(page):
    """Requests of the page to the service, in their order."""
    seen = []
    page.on("request", lambda request: seen.append(request.url) if "/api/" in request.url else None)
    return seen


@pytest.fixture
def at(page):
    """Opens a page whose clock the test moves on."""

    def at(url):
        page.clock.install()
        page.goto(url)
        ready(page)

    return at


def search(page, query):
    """Types a query, and lets the pause go by after its hits are shown."""
    type_query(page, query)
    page.wait_for_function(EQUIPPED)
    page.clock.fast_forward(PAUSE)


def tells(page, query):
    """The same, for a query that is told; ends when the service has got it."""
    with page.expect_response("**/api/searches") as sent:
        search(page, query)
    assert sent.value.status == 204


@pytest.mark.parametrize(("folder", "lang"), [("", "ja"), ("en/", "en")])
def test_words_without_a_hit_are_told_to_a_service_that_keeps_them(page, server, at, asked, folder, lang):
    server.site[0] = KEEPS
    at(f"{server.url}{folder}faq/")
    search(page, "subnet")
    tells(page, "xyzzy フラミンゴ")
    search(page, "XYZZY  フラミンゴ")  # the same wording
    search(page, "サブネットのサイズ")
    tells(page, "\\([")
    assert server.searches == [
        ("/api/searches", {"words": words, "lang": lang}) for words in ("xyzzy フラミンゴ", "\\([")
    ]
    assert [url.removeprefix(server.url) for url in asked] == ["api/site", "api/searches", "api/searches"]


def test_also_on_a_page_that_was_exchanged_and_below_a_folder(page, mounted, at):
    mounted.site[0] = KEEPS
    at(f"{mounted.url}en/faq/")
    tells(page, "xyzzy")
    page.keyboard.press("Escape")
    page.evaluate("window.before = true")
    with exchanged(page):
        follow_tab(page, "AGC")
    assert page.evaluate("window.before"), "the page was loaded anew"
    search(page, "xyzzy")
    tells(page, "フラミンゴ")
    path = "/some/folder/api/searches"
    assert mounted.searches == [(path, {"words": words, "lang": "en"}) for words in ("xyzzy", "フラミンゴ")]


def test_nothing_is_told_to_a_service_that_keeps_nothing(page, server, at, asked):
    server.site[0] = KEEPS_NOT
    at(f"{server.url}faq/")
    with page.expect_response("**/api/site"):
        search(page, "xyzzy")
    search(page, "フラミンゴ")
    assert [url.removeprefix(server.url) for url in asked] == ["api/site"] and server.searches == []


def test_nothing_but_the_browser_complains_where_there_is_no_service(page, server, at, asked, problems):
    server.site[0] = NO_SERVICE
    at(f"{server.url}faq/")
    with page.expect_response("**/api/site") as missing:
        search(page, "xyzzy")
    assert missing.value.status == 404
    search(page, "フラミンゴ")
    assert [url.removeprefix(server.url) for url in asked] == ["api/site"]
    assert problems and all("404" in problem for problem in problems)
    problems.clear()
