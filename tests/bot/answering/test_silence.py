"""A quote that says that the source is silent: laws on a made-up site about tea, and on the real one."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.answering.ask import Bot
from bot.answering.compose import Quoted, all_of
from bot.answering.silence import said_silence

POURING = replace(
    section(
        "a#a",
        "A cold teapot pours slowly.",
        "The source does not say how filling affects the spout.",
        "A new lid must suit the teapot.",
        title="Care of a teapot",
    ),
    phrasings=("does filling harm the spout",),
)
NAMED = replace(POURING, title="What can go wrong")
SITE = topics(POURING, replace(section("glossary#terms"), synonyms=(("teapot", "kettle"),)))


def quoted(said=POURING) -> Quoted:
    return all_of(said, "q")


@pytest.mark.parametrize(
    ("question", "is_silent"),
    [
        ("Is the spout harmed by filling?", True),
        ("Does a cold teapot pour?", False),
        ("Must a new lid suit a kettle?", False),
    ],
)
def test_what_the_source_says_nothing_about_is_left_out(question: str, is_silent: bool):
    said = POURING if is_silent else replace(POURING, phrasings=())
    assert said_silence(asked(question, SITE), quoted(said), SITE) == ((question,) if is_silent else ())


def test_what_begins_with_the_silence_or_comes_from_elsewhere_says_so_itself():
    question = asked("Is the spout harmed by filling?", SITE)
    first = replace(POURING, text=POURING.text[28:], sentences=tuple(_moved(POURING.sentences, -28)))
    assert said_silence(question, quoted(replace(POURING, other_source=True)), SITE) == ()
    assert said_silence(question, quoted(first), SITE) == ()


def test_who_asks_for_all_that_can_go_wrong_is_told_of_it():
    assert said_silence(asked("What can go wrong when filling the spout?", SITE), quoted(NAMED), SITE) == ()


def _moved(spans, by: int):
    return (replace(span, start=span.start + by, end=span.end + by) for span in spans[1:])


@pytest.mark.parametrize(
    "question",
    ["does updating ALB Controller interrupt traffic?", "ALB コントローラーを 1.7.9 に上げてる間、通信は止まる？"],
)
def test_the_effect_of_an_update_is_not_stated(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.citations[0].section == "rules/agc003#what-can-go-wrong"
    assert len(answer.not_stated) == 1 and answer.verdict is None and answer.certainty != "high"
