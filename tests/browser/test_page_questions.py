"""From a section and from the search box to the bot: what the page asks the chat to do, and how it is reached."""

import pytest
from playwright.sync_api import expect

from tests.browser.material import exchanged, ready, type_query

pytestmark = pytest.mark.slow

LISTEN = "addEventListener('kb-ask', (event) => (window.asked = event.detail), true)"
ASKED = "() => window.asked"
SEARCH = ".md-search[aria-label]"  # our script has bound itself to the box


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
    headings = page.locator("article :is(h1, h2, h3):not(.not-covered)")
    buttons = page.locator("article .kb-section")
    assert buttons.count() == headings.count() > 4
    names = page.evaluate(
        "[...document.querySelectorAll('article :is(h1,h2,h3):not(.not-covered)')].map((h) => h.firstChild.data.trim())"
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
    page = at(path, SEARCH)
    ready(page)
    assert page.locator(".kb-section").count() == 0
    problems[:] = [problem for problem in problems if "404" not in problem]


def test_what_is_typed_into_the_search_can_be_asked(at, lang):
    page = at("faq/", SEARCH)
    page.route("**/api/ask", lambda route: None)  # what comes of it is another test's matter
    row = page.locator(".kb-search-ask")
    page.locator(".md-search__input").click()
    row.wait_for(state="attached")
    assert row.is_hidden()
    page.keyboard.type("kubenet?")
    assert row.inner_text() == {"ja": "「kubenet?」と質問する", "en": "Ask: “kubenet?”"}[lang]
    page.keyboard.press("Tab")
    assert row.evaluate("(it) => it === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate(ASKED) == {"question": "kubenet?"}
    assert not page.evaluate("document.getElementById('__search').checked")


def typed(page, query):
    """The query in the box, its hits shown, and what can be asked above them."""
    type_query(page, query)
    page.locator(".kb-search-ask").wait_for()


WHOLE = {"ja": "kubenet からアップグレードできますか", "en": "can I upgrade from kubenet"}
WORD = {"ja": "サブネット", "en": "subnet"}
FOCUSED = "document.activeElement.classList[0]"


def test_arrows_go_through_what_can_be_asked_to_the_hits_and_back(at, lang):
    page = at("faq/", SEARCH)
    typed(page, WORD[lang])
    page.locator(".kb-search-question").first.wait_for()
    similar = page.locator(".kb-search-question").count()
    reached = []
    for _ in range(similar + 2):
        page.keyboard.press("ArrowDown")
        reached.append(page.evaluate(FOCUSED))
    assert reached == ["kb-search-ask", *["kb-search-question"] * similar, "md-search-result__link"]
    for _ in reached:
        page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == "md-search__input"
    page.locator(".md-search__form [type=reset]").click()
    expect(page.locator(".kb-search-ask")).to_be_hidden()
    expect(page.locator(".kb-search-question")).to_have_count(0)
    assert page.evaluate(ASKED) is None


def test_on_a_phone_questions_are_shown_whole(at, lang):
    page = at("faq/", SEARCH)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("label[for=__search]").first.click()
    typed(page, "kubenet")
    rows = page.locator(".kb-search-question")
    rows.first.wait_for()
    whole = "rows => rows.map((row) => row.scrollWidth <= row.clientWidth && row.scrollHeight <= row.clientHeight)"
    assert set(rows.evaluate_all(whole)) == {True} and rows.count() > 1


def test_questions_that_the_site_answers_are_suggested_while_one_types(at, lang):
    page = at("about/", SEARCH)
    page.route("**/api/ask", lambda route: None)
    typed(page, {"ja": "あぷぐれーど くべねっと", "en": "kubentet upgr"}[lang])
    group = page.get_by_role(
        "group", name={"ja": "このサイトで答えられる質問", "en": "Questions that this site answers"}[lang]
    )
    heading = {
        "ja": "kubenet の既存のクラスターを CNI オーバーレイへアップグレードできますか？",
        "en": "Can I upgrade an existing kubenet cluster to CNI Overlay?",
    }[lang]
    suggested = group.get_by_role("link", name=heading, exact=True)
    suggested.wait_for()
    assert 1 <= group.get_by_role("link").count() <= 3
    assert "/ask/?ask=" in suggested.get_attribute("href")  # for a new tab
    suggested.click()
    assert page.evaluate(ASKED) == {"question": heading}
    assert not page.evaluate("document.getElementById('__search').checked")
    assert page.url.endswith("/about/")


def test_enter_asks_a_whole_question_and_opens_the_best_hit_of_words(at, lang):
    page = at("faq/", SEARCH)
    page.route("**/api/ask", lambda route: None)
    typed(page, WHOLE[lang])
    page.keyboard.press("Enter")
    assert page.evaluate(ASKED) == {"question": WHOLE[lang]}
    assert "/faq/" in page.url

    page.evaluate("window.asked = null")
    typed(page, WORD[lang])
    page.locator(".kb-search-question").first.wait_for()
    best = page.locator(".md-search-result__link").first.evaluate("link => link.href")
    with exchanged(page):
        page.keyboard.press("Enter")
    assert page.url.partition("?")[0] == best.partition("?")[0]
    assert page.evaluate(ASKED) is None


def test_enter_asks_what_nothing_is_found_for(at):
    page = at("faq/", SEARCH)
    page.route("**/api/ask", lambda route: None)
    typed(page, "xyzzy")
    page.keyboard.press("Enter")
    assert page.evaluate(ASKED) == {"question": "xyzzy"}


def test_enter_that_ends_a_conversion_asks_nothing(at):
    page = at("faq/", SEARCH)
    typed(page, WHOLE["ja"])
    box = page.locator(".md-search__input")
    box.dispatch_event("compositionstart")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert page.evaluate(ASKED) is None
    assert page.evaluate("document.getElementById('__search').checked")


def test_text_that_no_key_has_typed_is_searched(at):
    page = at("faq/", SEARCH)
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("kubenet")  # an input event alone, as after a paste by mouse
    page.wait_for_function("() => window.searched === 'kubenet'")
    assert page.locator(".md-search-result__link").first.is_visible()


def test_no_button_stays_where_there_is_nothing_to_ask_about(at):
    page = at("agc/upgrade/")
    with exchanged(page):
        page.locator(".md-logo:visible").click()
    assert page.locator("article [data-kb-ask]").count() == 1
    assert page.locator(".kb-section").count() == 0
