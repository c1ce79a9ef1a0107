"""The chat without a mouse, without colours, with an input method."""

import pytest
from chatwork import ANSWER, CLARIFY, FORMS, PHONE, ask, open_chat, settled

from tests.browser.material import still

BOXES = """() => [...document.querySelectorAll(".kb-answer, .kb-answer :is(p, li, .kb-table, .kb-code, .kb-note)")]
  .map((part) => part.getBoundingClientRect()).map(({ left, right }) => [left, right])"""


def test_keyboard_alone(page, server):
    server.answers[:] = [(200, CLARIFY), (200, ANSWER)]
    page.goto(f"{server.url}en/faq/")
    page.locator(".kb-opener").focus()
    page.keyboard.press("Enter")
    page.locator("#kb-question:focus").wait_for()
    page.keyboard.type("subnet p n s f / .")  # Material's shortcuts do nothing here
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("and more")
    page.keyboard.press("Enter")
    settled(page)
    assert [asked["question"] for _, asked in server.asked] == ["subnet p n s f / .\nand more"]
    page.locator("#kb-question:focus").wait_for()
    while page.evaluate("document.activeElement.textContent") != "The second?":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("n")  # nor on a button
    page.keyboard.press("Enter")
    page.locator("[data-status=answered]").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("kb-turn__question")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("kb-number")
    page.keyboard.press("Escape")
    page.locator(".kb-opener:focus").wait_for()
    assert page.url == f"{server.url}en/faq/"
    assert page.locator("[data-md-toggle=search]").is_checked() is False


def test_the_sheet_of_a_phone_holds_and_returns_the_focus(page, server):
    page.set_viewport_size(PHONE)
    page.goto(f"{server.url}en/faq/")
    page.locator(".kb-opener").click()
    page.locator("#kb-question:focus").wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.locator("#kb-question").focus()
    page.keyboard.press("Escape")
    page.locator(".kb-opener:focus").wait_for()


@pytest.mark.parametrize("path", ["", "ask/"])
def test_an_input_method_may_use_enter(page, server, path):
    """By the browser's own composition events, as an input method makes them."""
    server.answers[:] = [(200, ANSWER)]
    page.goto(server.url + path)
    box = page.locator("#kb-question")
    box.focus()
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "さぶねっと", "selectionStart": 5, "selectionEnd": 5})
    box.evaluate("""box => box.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))""")
    box.evaluate("""box => box.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}))""")
    method.send("Input.insertText", {"text": "サブネット"})
    assert box.input_value() == "サブネット"
    box.press("Enter")
    settled(page)
    assert [asked["question"] for _, asked in server.asked] == ["サブネット"]


def test_the_box_grows(page, server):
    open_chat(page, f"{server.url}en/faq/")
    box = page.locator("#kb-question")
    line, most = box.evaluate("box => ['lineHeight', 'maxHeight'].map(name => parseFloat(getComputedStyle(box)[name]))")
    single = box.bounding_box()["height"]
    box.fill("one\ntwo\nthree")
    assert box.bounding_box()["height"] == pytest.approx(single + 2 * line, abs=1)
    box.fill("x\n" * 60)
    assert box.bounding_box()["height"] == pytest.approx(most, abs=1)


def test_the_page_stays_readable_beside_the_panel(page, server):
    panel = open_chat(page, f"{server.url}en/faq/")
    article = page.locator("article").bounding_box()
    assert article["x"] + article["width"] <= panel.bounding_box()["x"]
    assert article["width"] > 400


def test_in_a_window_of_little_height_the_panel_scrolls_as_a_whole(page, server):
    """1280 x 800 at 400 %."""
    page.set_viewport_size({"width": 320, "height": 200})
    server.answers[:] = [(200, FORMS)]
    panel = open_chat(page, f"{server.url}en/faq/")
    ask(page, "Compare them")
    thread = page.locator(".kb-chat__thread")
    scrolls = "part => [part.scrollHeight > part.clientHeight, getComputedStyle(part).overflowY]"
    assert panel.evaluate(scrolls) == [True, "auto"]
    assert thread.evaluate(scrolls)[1] == "visible"
    still(page)
    answer = page.locator(".kb-answer__text")
    answer.scroll_into_view_if_needed()
    panel.evaluate("panel => panel.scrollBy(0, panel.querySelector('.kb-answer__text').getBoundingClientRect().top)")
    assert answer.evaluate("part => Math.min(part.getBoundingClientRect().bottom, innerHeight)") >= 150


def test_reduced_motion_and_forced_colours(page, server):
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    page.route("**/api/ask", lambda route: None)
    open_chat(page, f"{server.url}en/faq/")
    page.locator("#kb-question").fill("x")
    page.keyboard.press("Enter")
    style = "e => [getComputedStyle(e).animationName, getComputedStyle(e).borderStyle]"
    assert page.locator(".kb-answer__wait").evaluate(style)[0] == "none"
    assert page.locator(".kb-ask__send").evaluate(style)[1] == "solid"


@pytest.mark.parametrize("path", ["en/faq/", "en/ask/", "en/"])
def test_in_forced_colours_the_focus_of_the_box_can_be_seen(page, server, path):
    """Neither a shadow nor a colour of ours is painted there."""
    page.emulate_media(forced_colors="active")
    open_chat(page, server.url + path) if path == "en/faq/" else page.goto(server.url + path)
    outline = "row => getComputedStyle(row).outlineStyle"
    page.locator("#kb-question").focus()
    assert page.locator(".kb-ask__row").evaluate(outline) == "solid"
    page.locator("#kb-question").blur()
    assert page.locator(".kb-ask__row").evaluate(outline) == "none"


def test_paper_shows_no_button(page, server):
    open_chat(page, f"{server.url}en/faq/")
    page.emulate_media(media="print")
    assert page.locator(".kb-panel").is_visible() is False
    assert page.locator(".kb-corner").is_visible() is False
    assert page.locator("body").evaluate("body => getComputedStyle(body).paddingRight") == "0px"


@pytest.mark.parametrize("path", ["en/", "en/ask/", "en/faq/"])
def test_no_form_of_an_answer_sticks_out(page, server, path):
    """A wide table and long code scroll by themselves."""
    server.answers[:] = [(200, FORMS)]
    open_chat(page, server.url + path) if path == "en/faq/" else page.goto(server.url + path)
    ask(page, "Compare them")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        still(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
        outer, *parts = page.evaluate(BOXES)
        assert len(parts) > 5
        assert [box for box in parts if box[0] < outer[0] - 1 or box[1] > outer[1] + 1] == [], width
