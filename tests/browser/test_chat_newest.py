"""Who comes to a conversation sees its newest answer and its box, and neither is covered, wherever it is shown."""

import pytest
from chatwork import ANSWER, FORMS, PHONE, ask, open_chat, settled

from tests.browser.material import ready, still

DESK = {"width": 1280, "height": 800}
ENLARGED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
# Where the newest question and what is above it stand: the edge that they scroll below, and their own edges.
PLACES = """() => {
  const turns = [...document.querySelectorAll(".kb-turn")];
  const edges = (element) => { const { top, bottom } = element.getBoundingClientRect(); return [top, bottom]; };
  const bar = document.querySelector("dialog[open]") ? ".kb-panel__bar" : ".md-header";
  return {
    bar: edges(document.querySelector(bar))[1],
    newest: edges(turns.at(-1).querySelector(".kb-turn__question")),
    answer: edges(turns.at(-1).querySelector(".kb-answer")),
    before: edges(turns.at(-2).querySelector(".kb-tools")),
    box: edges(document.querySelector(".kb-ask__row")),
    low: innerHeight,
  };
}"""
SPOTS = """part => {
  const { left, right, top, bottom } = part.getBoundingClientRect();
  const outside = [0.02, 0.25, 0.5, 0.75, 0.98]
    .flatMap((x) => [0.2, 0.5, 0.8].map((y) => [left + x * (right - left), top + y * (bottom - top)]))
    .map(([x, y]) => document.elementFromPoint(x, y))
    .filter((there) => !there || !part.contains(there));
  return outside.map((there) => there?.outerHTML.slice(0, 80) ?? "outside of the window");
}"""


def placed(page):
    still(page)
    return page.evaluate(PLACES)


def assert_newest_in_view(page):
    place = placed(page)
    assert place["bar"] <= place["newest"][0] < place["newest"][1] < place["low"], place
    assert place["before"][1] <= place["newest"][0], place
    return place


@pytest.fixture
def talked(page, server):
    """Asks three questions in the panel of a page: the answers are longer than a window."""

    def talked(size):
        page.set_viewport_size(size)
        server.answers[:] = [(200, FORMS), (200, FORMS), (200, ANSWER)]
        open_chat(page, f"{server.url}en/faq/")
        for number in range(3):
            ask(page, f"Question {number}?")

    return talked


@pytest.mark.parametrize("size", [DESK, PHONE, ENLARGED])
def test_the_panel_opens_at_the_newest_answer(page, server, talked, size):
    talked(size)
    page.keyboard.press("Escape")
    page.locator(".kb-opener:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("#kb-question:focus").wait_for()
    assert_newest_in_view(page)
    page.keyboard.press("Escape")
    page.goto(f"{server.url}en/plugins/")
    page.locator(".kb-opener").click()
    page.locator("#kb-question:focus").wait_for()
    assert_newest_in_view(page)


def test_a_panel_that_comes_along_to_the_next_page_shows_the_newest_answer(page, server, talked):
    talked(DESK)
    page.goto(f"{server.url}en/plugins/")
    page.locator("dialog.kb-panel[open] .kb-turn").last.wait_for()
    assert_newest_in_view(page)
    page.set_viewport_size(PHONE)  # the panel becomes a sheet
    page.wait_for_function("() => document.querySelector('dialog.kb-panel')?.matches(':modal')")
    assert_newest_in_view(page)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_page_of_the_chat_opens_at_the_newest_answer(page, server, talked, size):
    talked(size)
    page.goto(f"{server.url}en/ask/")
    settled(page)
    place = assert_newest_in_view(page)
    assert place["box"][1] <= place["low"]


def test_an_address_that_names_a_place_of_the_page_leads_there(page, server, talked):
    talked(DESK)
    page.goto(f"{server.url}en/ask/#how-to-use")
    settled(page)
    still(page)
    top = page.locator("#how-to-use").evaluate("heading => heading.getBoundingClientRect().top")
    assert 0 <= top < DESK["height"]


@pytest.mark.parametrize("path", ["en/", "en/ask/"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_of_the_turn_before_no_half_of_a_button_is_left(page, server, path, size):
    """It ends above the header's lower edge, not in the middle of its buttons."""
    page.set_viewport_size(size)
    server.answers[:] = [(200, FORMS), (200, FORMS)]
    page.goto(server.url + path)
    for number in range(2):
        ask(page, f"Question {number}?")
    place = placed(page)
    assert place["before"][1] <= place["bar"] <= place["newest"][0], place


@pytest.mark.parametrize("path", ["", "ask/"])
@pytest.mark.parametrize("size", [DESK, PHONE, {"width": 844, "height": 390}])
def test_the_hint_of_the_readers_language_never_lies_over_the_box(open_page, server, path, size):
    page = open_page(chosen=False, locale="en-US", viewport=size)
    server.answers[:] = [(200, FORMS)]
    page.goto(server.url + path)
    ready(page)
    page.locator(".kb-hint a").wait_for()
    assert page.locator(".kb-hint").evaluate(SPOTS) == []
    places = [page.locator(part).first.bounding_box() for part in (".kb-hint", "article h1", ".md-header")]
    hint, title, header = ((box["y"], box["y"] + box["height"]) for box in places)
    assert header[1] <= hint[0] and (hint[1] <= title[0] or title[1] <= hint[0])
    ask(page, "Anything?")
    still(page)
    assert page.locator(".kb-ask__row").evaluate(SPOTS) == []
    page.locator("#kb-question").scroll_into_view_if_needed()
    assert page.locator(".kb-ask__foot").evaluate(SPOTS) == []


@pytest.mark.parametrize(("size", "edge"), [(DESK, 240), (PHONE, 16)])
def test_the_page_of_the_chat_stands_in_the_middle_and_has_one_edge(page, server, size, edge):
    page.set_viewport_size(size)
    page.goto(f"{server.url}en/ask/")
    page.locator(".kb-chat__ideas button").first.wait_for()
    edges = "part => { const { left, right } = part.getBoundingClientRect(); return [left, innerWidth - right]; }"
    assert page.locator(".kb-ask__row").evaluate(edges) == pytest.approx([edge, edge], abs=1)
    for part in ("article h1", ".kb-chat__ideas button", "#how-to-use"):
        assert page.locator(part).first.evaluate(edges)[0] == pytest.approx(edge, abs=1), part


def test_a_question_is_as_large_on_the_landing_page_as_anywhere(page, server):
    server.answers[:] = [(200, ANSWER)]
    sizes = []
    for path in ("en/", "en/ask/"):
        page.goto(server.url + path)
        question = ask(page, "Anything?").locator("h2")
        sizes.append(question.evaluate("title => [getComputedStyle(title).fontSize, getComputedStyle(title).margin]"))
    assert sizes[0][0] == sizes[1][0] and sizes[0][1].split()[0] == sizes[1][1].split()[0] == "0px"
