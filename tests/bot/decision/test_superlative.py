"""Which thing is the most of its kind tells yes or no to who names one: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.superlative import most_verdict
from index.records import Section

TERMS = (
    ("lid", "フタ"),
    ("glass lid", "ガラスのフタ"),
    ("clay lid", "土のフタ"),
    ("iron lid", "鉄のフタ"),
    ("steam", "蒸気"),
)
SAID = ("A glass lid is the best lid for steam.", "A clay lid holds some steam.")
HEADED = section("a#a", *SAID, title="Which lid keeps the most steam?")
SAID_JA = ("蒸気に最適なフタは、ガラスのフタです。", "土のフタも少し蒸気を保ちます。")
JA = section("a#a", *SAID_JA, lang="ja", title="蒸気を最も保てるフタはどれですか？")


def verdict(question: str, stated: Section = HEADED) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return most_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("A glass lid keeps the most steam, right?", HEADED, "yes"),
        ("A clay lid keeps the most steam, right?", HEADED, "no"),
        ("Does the clay lid keep the most steam?", HEADED, "no"),
        ("ガラスのフタが蒸気を一番保てるフタですよね", JA, "yes"),
        ("土のフタが蒸気を最も保てるフタですか", JA, "no"),
    ],
)
def test_the_one_that_is_named_is_the_most_or_is_not(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "An iron lid keeps the most steam, right?",  # of which the section does not speak
        "A glass lid keeps the least steam, right?",
        "A glass lid loses the most steam, right?",
        "A glass lid keeps steam, right?",
        "A clay lid doesn't keep the most steam, right?",
        "Does a clay lid never keep the most steam?",
        "Which lid keeps the most steam?",
        "Does a glass lid or a clay lid keep the most steam?",
        "Does a glass lid keep the most steam upstairs?",
        "Does it keep the most steam?",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question) is None


@pytest.mark.parametrize(
    "stated",
    [
        replace(HEADED, title="What keeps steam?"),
        replace(HEADED, covered=False),
        replace(HEADED, other_source=True),
        section("a#a", "A glass lid and an iron lid are best for steam.", title=HEADED.title),  # several are
    ],
)
def test_a_section_that_does_not_say_which_one_says_nothing(stated: Section):
    assert verdict("A glass lid keeps the most steam, right?", stated) is None
