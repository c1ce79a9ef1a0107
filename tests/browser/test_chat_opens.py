"""The ways into the chat, and how the conversation lasts over pages."""

import pytest
from chatwork import ANSWER, CLARIFY, PANEL, PHONE, ask, open_chat, settled
from playwright.sync_api import expect

from tests.browser.material import exchanged, follow_tab, ready

STORED = "JSON.parse(sessionStorage.getItem('kb-chat')).turns.map(turn => turn.question)"


@pytest.mark.parametrize(("path", "name"), [("faq/", "質問する"), ("en/faq/", "Ask")])
def test_the_button(page, server, path, name):
    page.goto(server.url + path)
    page.locator(".kb-opener").click()
    panel = page.locator(PANEL)
    panel.locator("#kb-question:focus").wait_for()
    panel.get_by_role("button", name="閉じる" if name == "質問する" else "Close").click()
    assert not panel.is_visible()
    assert page.locator(".kb-opener:focus").inner_text() == name


@pytest.mark.parametrize("key", ["Control+i", "Meta+i"])
def test_the_shortcut_opens_and_closes(page, server, key):
    page.goto(f"{server.url}en/faq/")
    page.locator(".kb-opener").wait_for()
    link = page.locator("article a:not(.headerlink)").first
    link.focus()
    page.keyboard.press(key)
    page.locator("#kb-question:focus").wait_for()
    page.keyboard.press(key)
    page.locator("dialog:not([open])").wait_for(state="attached")
    assert link.evaluate("link => link === document.activeElement")


@pytest.mark.parametrize("path", ["", "ask/"])
def test_a_page_with_a_box_has_no_second_one(page, server, path):
    page.goto(server.url + path)
    page.locator(".kb-opener").wait_for(state="attached")
    page.keyboard.press("Control+i")
    page.locator("#kb-question:focus").wait_for()
    assert page.locator("#kb-question").count() == 1
    assert page.locator(PANEL).count() == 0


@pytest.mark.parametrize("path", ["", "ask/", "faq/"])
def test_the_address_asks_once(page, server, path):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}{path}?ask=kubenet%20は%3F")
    settled(page)
    assert server.asked == [("/api/ask", {"question": "kubenet は?", "lang": "ja", "page": f"/{path}"})]
    page.reload()  # the answer is still there
    settled(page)
    with exchanged(page):
        follow_tab(page, "AGC")
    with exchanged(page):
        page.go_back()
    settled(page)
    ask(page, "And then?")
    assert [asked["question"] for _, asked in server.asked] == ["kubenet は?", "And then?"]


@pytest.mark.parametrize("path", ["en/", "en/ask/", "en/faq/"])
def test_a_shared_conversation_is_asked_one_after_the_other(page, server, path):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}{path}?ask=First%3F&ask=Second%3F&ask=Third%3F")
    expect(page.locator(".kb-turn[aria-busy=false]")).to_have_count(3)
    assert [(asked["question"], asked.get("history", [])) for _, asked in server.asked] == [
        ("First?", []),
        ("Second?", [{"question": "First?"}]),
        ("Third?", [{"question": "First?"}, {"question": "Second?"}]),
    ]
    expect(page.locator(".kb-turn__question").last).to_be_in_viewport()
    page.reload()
    expect(page.locator(".kb-turn[aria-busy=false]")).to_have_count(3)
    assert len(server.asked) == 3, "nothing is asked again"


def test_a_box_in_the_page_keeps_its_question_in_the_address(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}en/")
    ask(page, "Anything & more?")
    assert page.url == f"{server.url}en/?ask=Anything+%26+more%3F"
    with exchanged(page):
        follow_tab(page, "FAQ")
    with exchanged(page):
        page.go_back()
    expect(page.locator(".kb-chat--landing .kb-turn__question")).to_have_text("Anything & more?")
    ask(page, "And then?")
    assert [asked["question"] for _, asked in server.asked] == ["Anything & more?", "And then?"]


def test_a_part_of_the_page_asks(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}en/faq/")
    page.locator(".kb-opener").wait_for()
    send = "detail => document.dispatchEvent(new CustomEvent('kb-ask', {detail}))"
    page.evaluate(send, {"question": "From a heading?"})
    settled(page)
    page.evaluate(send, {"about": {"title": "Subnet size", "url": "#x"}})
    page.locator(".kb-ask__about", has_text="About: Subnet size").wait_for()
    page.locator("#kb-question:focus").wait_for()
    ask(page, "Why?")
    assert [asked for _, asked in server.asked] == [
        {"question": "From a heading?", "lang": "en", "page": "/en/faq/"},
        {
            "question": "Why?",
            "lang": "en",
            "page": "/en/faq/",
            "history": [{"question": "Frequently asked questions › Subnet size"}],
        },
    ]
    assert page.locator(".kb-ask__about").inner_text() == ""


def test_follow_ups_send_the_last_five_questions(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    for number in range(7):
        ask(page, f"Question {number}?")
    assert [past["question"] for past in server.asked[-1][1]["history"]] == [f"Question {n}?" for n in range(1, 6)]


def test_the_conversation_survives_instant_navigation(page, server):
    server.answers[:] = [(200, ANSWER)]
    panel = open_chat(page, f"{server.url}en/faq/")
    ask(page, "Anything?")
    with exchanged(page):
        follow_tab(page, "AGC")
    assert page.get_by_role("heading", name="Application Gateway for Containers", level=1).is_visible()
    assert panel.locator(".kb-turn__question").inner_text() == "Anything?"
    ask(page, "And then?")
    assert server.asked[-1][1]["history"] == [{"question": "Anything?"}]


def test_the_looks_of_answers_survive_instant_navigation(page, server):
    """They are loaded with the conversation; the head of the next page does not know them."""
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    verdict = ask(page, "Anything?").locator(".kb-verdict")
    look = "element => getComputedStyle(element).borderRadius"
    before = verdict.evaluate(look)
    with exchanged(page):
        follow_tab(page, "AGC")
    assert page.locator(".kb-verdict").evaluate(look) == before != "0px"


def test_the_conversation_moves_between_its_places(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    ask(page, "First?")
    with exchanged(page):
        page.get_by_role("link", name="Full page").click()
    page.locator(".kb-host .kb-turn").wait_for()
    assert page.locator(PANEL).count() == 0
    ask(page, "Second?")
    with exchanged(page):
        follow_tab(page, "FAQ")
    page.locator(PANEL).wait_for()  # it was open before
    assert page.locator(PANEL).locator(".kb-turn__question").all_inner_texts() == ["First?", "Second?"]


def test_the_conversation_survives_a_new_load_and_the_other_language(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    ask(page, "Anything?")
    page.reload()
    assert settled(page).locator(".kb-answer__text").get_attribute("lang") == "en"
    assert page.evaluate("document.activeElement === document.body")  # nobody asked for the box
    page.get_by_role("link", name="日本語: From kubenet").click()
    page.wait_for_url(f"{server.url}faq/**")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert settled(page).locator(".kb-turn__question").inner_text() == "Anything?"


def test_a_question_under_way_is_asked_again_on_the_next_page(page, server):
    page.route("**/api/ask", lambda route: None, times=1)
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    page.locator("#kb-question").fill("Slow?")
    page.keyboard.press("Enter")
    page.locator(".kb-turn[aria-busy=true]").wait_for()
    page.goto(f"{server.url}en/plugins/")
    settled(page)
    assert [asked["question"] for _, asked in server.asked] == ["Slow?"]


def test_clearing(page, server):
    server.answers[:] = [(200, CLARIFY), (200, ANSWER)]
    panel = open_chat(page, f"{server.url}en/plugins/")
    ask(page, "Anything?")
    panel.get_by_role("button", name="Clear conversation").click()
    assert page.evaluate(STORED) == []
    assert panel.locator(".kb-turn").count() == 0
    assert panel.locator(".kb-chat__ideas button").count() >= 1
    page.locator("#kb-question:focus").wait_for()
    ask(page, "New?")
    assert "history" not in server.asked[-1][1]


def test_thirty_turns_are_kept(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}en/faq/")
    turns = [{"id": f"{n:016}", "question": f"Question {n}?", "history": [], "answer": ANSWER} for n in range(30)]
    page.evaluate("turns => sessionStorage.setItem('kb-chat', JSON.stringify({turns, open: true}))", turns)
    page.reload()
    ask(page, "The last?")
    assert page.evaluate(STORED) == [f"Question {n}?" for n in range(1, 30)] + ["The last?"]


@pytest.mark.parametrize("damaged", ["{", "[]", "null", '{"turns": 3}'])
def test_a_damaged_memory_is_forgotten(page, server, damaged):
    page.goto(f"{server.url}en/faq/")
    page.evaluate("text => sessionStorage.setItem('kb-chat', text)", damaged)
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    assert page.locator(".kb-turn").count() == 0
    ask(page, "New?")
    assert page.evaluate(STORED) == ["New?"]


def test_on_a_phone_the_sheet_gives_way_to_the_page(page, server):
    page.set_viewport_size(PHONE)
    server.answers[:] = [(200, ANSWER)]
    panel = open_chat(page, f"{server.url}en/plugins/")
    assert panel.bounding_box() == {"x": 0, "y": 0, **PHONE}
    ask(page, "Anything?").get_by_role("link", name="FAQ › From kubenet", exact=True).click()
    page.wait_for_url(f"{server.url}en/faq/#kubenet-to-overlay")
    ready(page)
    assert not panel.is_visible()
    page.locator(".kb-opener").click()
    assert settled(page).locator(".kb-turn__question").inner_text() == "Anything?"


def test_instant_navigation_works_below_a_folder(page, mounted):
    page.goto(f"{mounted.url}en/faq/")
    page.locator(".kb-opener").wait_for()
    with exchanged(page):
        follow_tab(page, "AGC")
    assert page.url == f"{mounted.url}en/agc/"
    assert page.get_by_role("heading", name="Application Gateway for Containers", level=1).is_visible()
    mounted.answers[:] = [(200, ANSWER)]
    page.keyboard.press("Control+i")
    page.locator("#kb-question:focus").wait_for()
    ask(page, "Anything?")
    assert mounted.asked[0][0] == "/some/folder/api/ask"
