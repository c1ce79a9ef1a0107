"""The section leads that begins with the plain sentence to which a question asks yes or no."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.decision.plain_sentence import plain_sentence_first, sentence_verdict
from index.records import Section

TERMS = (("teapot", "ティーポット"), ("copper lid", "銅のふた"), ("samovar", "サモワール"), ("tea", "紅茶"))
OTHER = section("b#b", "A samovar is black.", "It is old.", title="Samovar")
SUPPORT = section("a#a", "The copper lid is not supported by the teapot.", title="Copper lid is not supported")
LIST = section("c#c", "The samovar supports the teapot and the copper lid.", title="What the samovar supports")
ORDER = section(
    "d#d",
    "The tea is poured into the teapot before the copper lid is put on.",
    title="In a teapot, is the copper lid put on before or after the tea is poured?",
)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("Does the teapot support the copper lid?", SUPPORT, "no"),
        ("Is the copper lid unsupported by the teapot?", SUPPORT, "yes"),
        ("Does the samovar work with the copper lid?", LIST, "yes"),
        ("In a teapot, the copper lid is put on before the tea is poured, right?", ORDER, "no"),
    ],
)
def test_it_gives_its_yes_or_no_and_leads_whatever_led_before(question: str, stated: Section, says: str):
    over = topics(OTHER, stated, replace(section("glossary#terms"), synonyms=TERMS))
    read = asked(question, over)
    assert sentence_verdict(read, stated, over) == says
    for before in (ranking(2.0, 1.0), replace(ranking(2.0, 1.0), fixed=True)):
        assert plain_sentence_first(read, before, over).order.tolist() == [1, 0]


def test_nothing_leads_that_gives_none():
    over = topics(OTHER, SUPPORT, replace(section("glossary#terms"), synonyms=TERMS))
    other = asked("Does the copper lid support the teapot?", over)
    assert plain_sentence_first(other, ranking(2.0, 1.0), over).order.tolist() == [0, 1]


def test_what_begins_with_its_own_yes_or_no_stays_in_front():
    own = section("e#e", "No.", "The copper lid melts on a teapot.", title="Does the teapot support the copper lid?")
    over = topics(own, SUPPORT, replace(section("glossary#terms"), synonyms=TERMS))
    read = asked("Does the teapot support the copper lid?", over)
    assert plain_sentence_first(read, ranking(2.0, 1.0), over).order.tolist() == [0, 1]
    other = asked("Is the copper lid unsupported by the teapot?", over)
    assert plain_sentence_first(other, ranking(1.0, 2.0), over).order.tolist() == [1, 0]
