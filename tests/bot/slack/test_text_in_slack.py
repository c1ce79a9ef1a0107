"""Text as Slack shows it: shortened where it may be, and with links to web pages only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_limits import SITE, TEXT

from bot.slack.limits import CUT, escape, fitted, plain, shorten, size
from bot.slack.links import link


@given(TEXT, st.integers(10, 400))
def test_shortened_text_is_a_whole_beginning(text: str, limit: int):
    short = shorten(text, limit)
    assert size(short) <= limit
    assert re.search(r"&(?!amp;|lt;|gt;)", short) is None
    assert short == escape(text) or (short.endswith(CUT) and escape(text).startswith(short.removesuffix(CUT)))


def test_text_is_cut_at_the_end_of_a_sentence():
    assert shorten("One is here. Two is there. Three is longer.", 30) == "One is here. Two is there. …"
    assert shorten("最初の文です。次の文です。長い長い文です。", 16) == "最初の文です。次の文です。 …"


def test_a_character_of_several_code_points_is_not_cut():
    assert shorten("🧑‍🚀" * 5, 14) == "🧑‍🚀🧑‍🚀 …"
    assert shorten("が゙" * 3 + "e\u0301" * 20, 13).removesuffix(CUT)[-1] in "\u0301゙"


def test_what_is_left_out_first_is_text_at_the_end():
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    buttons = {"type": "actions", "elements": []}
    assert fitted([text] * 60 + [buttons]) == [text] * 49 + [buttons]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("/en/faq/#a", "<https://kb.example.com/en/faq/#a|words>"),
        ("https://example.com/?a=1&b=2", "<https://example.com/?a=1&amp;b=2|words>"),
        ("https://example.com/a|b>c d", "<https://example.com/a%7Cb%3Ec%20d|words>"),
        ("javascript:alert(1)", "words"),
        ("//evil.example/", "<https://kb.example.com/evil.example/|words>"),
        ("", "words"),
    ],
)
def test_links_lead_to_web_pages_only(url: str, written: str):
    assert link(url, "words", SITE) == written


def test_plain_text_has_no_brackets():
    assert plain("<!channel>\n a\u202eb") == "‹!channel› ab"
