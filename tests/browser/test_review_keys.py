"""The page of `kb review`: the keys that it names press its buttons."""

from functools import partial

import pytest
from playwright.sync_api import expect

from bot.api.review_app import review_app
from bot.cli.terminal.pages import page_address
from bot.learning.gaps import Missed
from bot.learning.review import Decided
from bot.learning.review_session import Places, Session
from bot.quality.calibrate import read_questions

TOKEN = "a-token"
NEAR = ("faq#kubenet-to-overlay", "faq#check-before-upgrade")
PAGE = "# FAQ { #faq }\n\n## Upgrade { #kubenet-to-overlay }\n\nYes.\n\n## Check { #check-before-upgrade }\n\nMore.\n"
ASKED = ("May it move?", "Is it safe?", "Who won the chess game?", "Hello?", "What is left?")


@pytest.fixture
def places(tmp_path):
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/en/faq.md").write_text(PAGE, "utf-8")
    return Places(tmp_path / "docs", tmp_path / "tests.jsonl", Decided(tmp_path / "state"))


@pytest.fixture
def questions():
    return [Missed(question, "en", 1, "not_covered", NEAR[0], NEAR, 0.0) for question in ASKED]


def test_keys_press_the_buttons(page, bot, listening, servers, places, questions):
    ended = []
    session = Session(questions, places, "en")
    app = review_app(session, bot, partial(page_address, ""), TOKEN, lambda: ended.append(True))
    page.goto(f"{servers.enter_context(listening(app))}/{TOKEN}/")
    asked = page.locator(".asked")
    assert page.locator("kbd").all_inner_texts() == ["1", "t 1", "2", "t 2", "t 0", "s", "q"]
    for before, keys, after in (
        (ASKED[0], ("Control+s", "Alt+1", "x", "7"), ASKED[0]),  # no key of the page
        (ASKED[0], ("1",), ASKED[1]),
        (ASKED[1], ("t", "2"), ASKED[2]),
        (ASKED[2], ("t", "0"), ASKED[3]),
        (ASKED[3], ("s",), ASKED[4]),
    ):
        expect(asked).to_have_text(before)
        for key in keys:
            page.keyboard.press(key)
        expect(asked).to_have_text(after)
    page.keyboard.press("q")
    expect(page.locator("main")).to_contain_text("1 left")
    assert ended and session.left == 1
    page_now = PAGE.replace("overlay }\n", f"overlay }}\n\n<!-- ask\n{ASKED[0]}\n-->\n")
    assert (places.docs / "en/faq.md").read_text("utf-8") == page_now
    tested = [(line.question, line.answerable, line.sections) for line in read_questions(places.tests)]
    assert tested == [(ASKED[1], True, (NEAR[1],)), (ASKED[2], False, ())]
