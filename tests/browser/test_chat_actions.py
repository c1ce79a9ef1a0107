"""What can be done with an answer of the chat: choose, copy, judge, ask again."""

import pytest
from chatwork import ANSWER, CLARIFY, NOT_COVERED, announced, ask, open_chat, settled
from playwright.sync_api import expect


@pytest.mark.parametrize(("first", "titles"), [(CLARIFY, []), (NOT_COVERED, ["Related topics that this site answers"])])
def test_choices_ask_again(page, server, first, titles):
    """Which one is meant is asked by the answer itself."""
    server.answers[:] = [(200, first), (200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "the subnet")
    assert turn.locator("h3").all_inner_texts() == titles
    assert announced(page) == first["answer"]
    choice = first["suggestions"][0]
    turn.get_by_role("button", name=choice).press("Enter")
    page.locator("[data-status=answered]").wait_for()
    assert server.asked[-1][1] == {
        "question": choice,
        "lang": "en",
        "page": "/en/faq/",
        "history": [{"question": "the subnet"}],
    }
    assert page.evaluate("document.activeElement.textContent") == choice


def test_starters_ask(page, server):
    server.answers[:] = [(200, ANSWER)]
    panel = open_chat(page, f"{server.url}en/plugins/")
    starters = panel.locator(".kb-chat__ideas button")
    assert 1 <= starters.count() <= 4
    question = starters.first.inner_text()
    starters.first.click()
    settled(page)
    assert [asked["question"] for _, asked in server.asked] == [question]
    assert starters.count() == 0


@pytest.mark.parametrize("allowed", [True, False])
def test_copies(page, server, allowed):
    """With the clipboard of a secure page, and without it as on plain http."""
    server.answers[:] = [(200, ANSWER)]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not allowed:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Can I & may I?")
    taken = []
    if not allowed:
        page.expose_function("taken", lambda text: taken.append(text))
        page.evaluate("document.addEventListener('copy', () => taken(document.activeElement.value))")
    for name in ("Copy as Markdown", "Copy a link to this question"):
        page.locator(".kb-tools__note").evaluate("note => note.textContent = ''")  # what it says next is of this press
        turn.get_by_role("button", name=name).click()
        page.locator(".kb-tools__note", has_text="Copied.").wait_for()
        if allowed:
            taken.append(page.evaluate("navigator.clipboard.readText()"))
    assert f"]({server.url}en/faq/#kubenet-to-overlay" in taken[0]
    assert taken[1] == f"{server.url}en/ask/?ask=Can+I+%26+may+I%3F"
    ask(page, "And then?").get_by_role("button", name="Copy a link to this question").click()
    page.locator(".kb-turn").last.locator(".kb-tools__note", has_text="Copied.").wait_for()
    if allowed:
        taken.append(page.evaluate("navigator.clipboard.readText()"))
    assert taken[-1] == f"{server.url}en/ask/?ask=Can+I+%26+may+I%3F&ask=And+then%3F"


def test_thumbs_are_sent_when_pressed(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    for name, pressed, note in [
        ("Helpful", "true", "Thank you. Noted."),
        ("Helpful", "false", "Vote withdrawn."),
        ("Not helpful", "true", "Thank you. Noted."),
        ("Something is missing", "true", "Thank you. Noted."),
    ]:
        button = turn.get_by_role("button", name=name, exact=True)
        with page.expect_response("**/api/feedback"):
            button.click()
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(turn.locator(".kb-tools__note")).to_have_text(note)
    assert [(vote["vote"], vote["reason"]) for vote in server.votes] == [
        ("up", None),
        (None, None),
        ("down", None),
        ("down", "incomplete"),
    ]
    first = server.votes[0]
    assert {vote["answer"] for vote in server.votes} == {first["answer"]}
    assert len(first.pop("answer")) == 16
    assert first == {
        **{"vote": "up", "reason": None, "question": "Anything?", "lang": "en", "status": "answered"},
        "section": "faq#kubenet-to-overlay",
    }


def test_not_what_i_meant_offers_the_runners_up(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    turn.get_by_role("button", name="Not helpful").click()
    turn.get_by_role("button", name="Not what I meant").click()
    assert turn.get_by_role("link", name="Check the subnet").get_attribute("href") == f"{server.url}en/agc/upgrade/"


@pytest.mark.parametrize(("status", "left"), [(404, 0), (503, 2)])
def test_feedback_that_cannot_be_stored(page, server, problems, status, left):
    """404: feedback is switched off, the thumbs go away. Anything else is told, and nothing stays pressed."""
    server.answers[:] = [(200, ANSWER)]
    server.feedback[:] = [status]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    with page.expect_response("**/api/feedback"):
        turn.get_by_role("button", name="Helpful", exact=True).click()
    expect(turn.locator("[aria-pressed=true]")).to_have_count(0)
    expect(turn.locator(".kb-tools [aria-pressed]")).to_have_count(left)
    expect(turn.get_by_text("could not be stored")).to_have_count(1 if status == 503 else 0)
    problems.clear()


def test_below_a_folder(page, mounted):
    mounted.answers[:] = [(200, ANSWER)]
    page.goto(f"{mounted.url}en/")
    answer = ask(page, "Anything?")
    assert mounted.asked[0][0] == "/some/folder/api/ask"
    link = answer.get_by_role("link", name="FAQ › From kubenet", exact=True)
    assert link.get_attribute("href").startswith(f"{mounted.url}en/faq/")


def test_length_is_limited_and_counted(page, server):
    page.goto(f"{server.url}en/ask/")
    box = page.get_by_role("textbox", name="Ask this site")
    box.fill("x" * 801)
    assert "801 / 1000" in page.locator("#kb-count").inner_text()
    box.fill("x" * 1001)
    box.press("Enter")
    assert page.locator("#kb-count").inner_text() == "1001 / 1000 – please shorten the question"
    assert box.get_attribute("aria-invalid") == "true"
    server.answers[:] = [(200, ANSWER)]
    ask(page, "x" * 1000)
    assert [asked["question"] for _, asked in server.asked] == ["x" * 1000]
