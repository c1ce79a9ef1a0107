"""Whether one thing is better than another: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.better import better_verdict
from index.records import Section

TERMS = (
    ("glass lid", "ガラスのフタ"),
    ("clay lid", "土のフタ"),
    ("iron lid", "鉄のフタ"),
    ("tin lid", "ブリキのフタ"),
    ("pot", "ポット"),
)
BEST = section(
    "a#a",
    "A glass lid is the best cover for holding the steam of a pot.",
    "A clay lid holds some steam, and an iron lid holds little.",
    title="Hold steam",
)
JA = section(
    "a#a",
    "ポットの蒸気の保持に最適なのは、ガラスのフタです。",
    "土のフタは少し蒸気を保ち、鉄のフタはあまり保ちません。",
    lang="ja",
    title="蒸気を保つ",
)


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return better_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("Is a glass lid better than a clay lid at holding steam?", BEST, "yes"),
        ("Is a clay lid better than a glass lid at holding the steam of a pot?", BEST, "no"),
        ("Does a glass lid hold steam better than an iron lid?", BEST, "yes"),
        ("So an iron lid is better than a glass lid for holding steam, right?", BEST, "no"),
        ("蒸気の保持ではガラスのフタの方が土のフタより優れていますか？", JA, "yes"),
        ("蒸気の保持では土のフタの方がガラスのフタよりも向いていますよね？", JA, "no"),
        ("ポットの蒸気の保持では、鉄のフタよりガラスのフタのほうが優れていますか", JA, "yes"),
    ],
)
def test_the_best_is_better_than_any_other_that_is_named(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "Is a glass lid better than a clay lid at holding steam, or an iron lid?",
        "Is a clay lid better than an iron lid at holding steam?",  # neither is the best
        "Is a glass lid better than a tin lid at holding steam?",  # of which the section does not speak
        "Is a glass lid better than a clay lid?",  # at what
        "Is a glass lid better than a clay lid at losing steam?",
        "Is a glass lid better than a clay lid at holding tea?",
        "Is a glass lid worse than a clay lid at holding steam?",
        "A glass lid isn't better than a clay lid at holding steam, right?",
        "Isn't a glass lid better than a clay lid at holding steam?",
        "Is a glass lid better than a clay lid at not holding steam?",
        "Is a glass lid only better than a clay lid at holding steam?",
        "Which glass lid is better than a clay lid at holding steam?",
        "Is a glass lid better than a glass lid at holding steam?",
        "Does a glass lid hold more steam than a clay lid?",
        "鉄のフタの方が土のフタより蒸気の保持に優れていますか？",
        "お茶の保持ではガラスのフタの方が土のフタより優れていますか？",
        "蒸気の保持ではガラスのフタの方が土のフタより優れていないですよね？",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question, BEST) is None
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        replace(BEST, covered=False),
        replace(BEST, other_source=True),
        section("a#a", "A glass lid is not the best cover for holding steam, but a clay lid is.", title="Hold steam"),
        section("a#a", "A glass lid holds steam better than a clay lid on a Monday.", title="Hold steam"),
    ],
)
def test_a_section_that_says_of_none_that_it_is_the_best_says_nothing(stated: Section):
    assert verdict("Is a glass lid better than a clay lid at holding steam?", stated) is None
