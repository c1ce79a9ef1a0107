"""A model may take its time: readers have the quotes at once, and its text above them once it is checked."""

import json

import pytest
from chatwork import ANSWER, PHONE, announced, ask, open_chat
from playwright.sync_api import expect

from bot.api import create_app
from bot.service.desk import Desk
from bot.settings import Settings
from bot.writer.writer import Writer
from tests.bot.heldmodel import Held
from tests.browser import axe
from tests.browser.material import still

pytestmark = pytest.mark.slow
QUESTION = "Is kubenet supported by Application Gateway for Containers?"
PATIENCE = 600  # seconds for which the service would wait for a model: the tests end it
WORDING = "A model is wording this from the quotes…"
LOW = {"width": 390, "height": 480}
# The service has sent all of an answer.
ENDED = "() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/ask'))"
TOP = "part => part.getBoundingClientRect().top"


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def url(servers, listening, bot, site_dir, held):
    """The service with a model that says nothing yet."""
    desk = Desk(Settings(site=site_dir, rate_limit="off"), bot, writer=Writer(held, PATIENCE))
    servers.callback(held.let.set)
    return f"{servers.enter_context(listening(create_app(desk)))}/"


def written(page):
    return page.locator(".kb-answer__written").last


def violations(page):
    still(page)
    return axe.violations(page, {"include": [[".kb-chat"]]})


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE])
def test_quotes_come_first_and_the_text_above_them_later(open_page, url, held, size):
    page = open_page(viewport=size)
    open_chat(page, f"{url}en/faq/")
    turn = ask(page, QUESTION)
    assert turn.locator(".kb-answer").get_attribute("data-status") == "answered"
    assert turn.locator(".kb-answer__sources li").count() >= 1 and written(page).inner_text() == WORDING
    assert violations(page) == {}
    quote = turn.locator("details.kb-quoted").first
    quote.locator("summary").click()
    held.let.set()
    number = written(page).locator(".kb-number")
    number.wait_for()
    still(page)
    sentence = written(page).locator("p").first.evaluate("part => part.firstChild.data")
    assert sentence in announced(page)
    assert WORDING not in written(page).inner_text() and "checked against them" in written(page).inner_text()
    assert quote.get_attribute("open") is not None, "what the reader has opened stays open"
    above = written(page).evaluate("part => part.compareDocumentPosition(document.querySelector('.kb-answer__text'))")
    assert above & 4, "the quotes follow"
    number.focus()
    expect(turn.locator(".kb-answer__sources li.kb-marked")).to_have_count(1)
    assert violations(page) == {}
    open_chat(page, f"{url}en/plugins/")
    assert written(page).inner_text().startswith(sentence.strip())


@pytest.mark.parametrize("scrolled", [0, 90])
@pytest.mark.parametrize("path", ["en/faq/", "en/ask/"], ids=["panel", "page"])
def test_what_is_read_stays_where_it_is(open_page, url, held, path, scrolled):
    page = open_page(viewport=LOW)
    if path == "en/faq/":
        open_chat(page, f"{url}{path}")
    else:
        page.goto(f"{url}{path}")
    ask(page, QUESTION)
    quotes = page.locator(".kb-answer__text")
    still(page)
    quotes.hover()
    page.mouse.wheel(0, scrolled)
    still(page)
    before = quotes.evaluate(TOP)
    held.let.set()
    written(page).locator(".kb-number").wait_for()
    still(page)
    assert quotes.evaluate(TOP) == pytest.approx(before, abs=1)


def test_the_text_is_waited_for_as_long_as_the_service_does(page, url, held):
    """The reader has the quotes: only an answer that does not come at all is given up."""
    page.clock.install()
    open_chat(page, f"{url}en/faq/")
    ask(page, QUESTION)
    expect(written(page)).to_have_text(WORDING)
    page.clock.fast_forward(120_000)
    held.let.set()
    written(page).locator(".kb-number").wait_for()


def test_a_model_that_fails_takes_nothing_away(page, url, held):
    open_chat(page, f"{url}en/faq/")
    turn = ask(page, QUESTION)
    shown = turn.locator(".kb-answer__text").inner_text()
    expect(written(page)).to_have_text(WORDING)
    held.fails = True
    held.let.set()
    expect(page.locator(".kb-answer__written")).to_have_count(0)
    assert turn.locator(".kb-answer__text").inner_text() == shown


def test_the_next_question_does_not_wait_for_the_text(page, url, held):
    open_chat(page, f"{url}en/faq/")
    ask(page, QUESTION)
    ask(page, "Can I upgrade from kubenet?")
    assert [each.get_attribute("data-status") for each in page.locator(".kb-answer").all()] == ["answered"] * 2
    held.let.set()
    expect(page.locator(".kb-answer__written .kb-number")).not_to_have_count(0)
    expect(page.get_by_text(WORDING)).to_have_count(0)


def test_a_conversation_that_was_cleared_hears_nothing_more(page, url, held):
    open_chat(page, f"{url}en/faq/")
    ask(page, QUESTION)
    page.locator(".kb-ask__clear").click()
    cleared = announced(page)
    held.let.set()
    page.wait_for_function(ENDED)
    still(page)
    assert announced(page) == cleared and page.locator(".kb-turn").count() == 0


FIRST = f"event: answer\ndata: {json.dumps(ANSWER)}\n\n"


@pytest.mark.parametrize(
    "more", ["", "event: end\ndata: {}\n\n", "event: written\nda", "event: written\ndata: {\n\n"],
    ids=["broken off", "refused", "cut", "damaged"],
)  # fmt: skip
def test_a_stream_that_ends_after_the_answer_leaves_the_quotes(page, server, more):
    open_chat(page, f"{server.url}en/faq/")
    page.route("**/api/ask", lambda route: route.fulfill(content_type="text/event-stream", body=FIRST + more))
    turn = ask(page, "Anything?")
    assert turn.locator(".kb-answer").get_attribute("data-status") == "answered"
    expect(page.locator(".kb-answer__written")).to_have_count(0)


def test_a_stream_without_an_answer_is_a_failure(page, server):
    open_chat(page, f"{server.url}en/faq/")
    page.route("**/api/ask", lambda route: route.fulfill(content_type="text/event-stream", body="event: end\n\n"))
    assert ask(page, "Anything?").locator(".kb-answer").get_attribute("data-status") == "failed"
