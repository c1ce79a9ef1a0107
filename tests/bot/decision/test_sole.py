"""Who says that one thing is the only one is told no where another is listed beside it: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.sole import sole_verdict
from index.records import Section

TERMS = (
    ("oven", "オーブン"),
    ("tray", "お盆"),
    ("rack", "網"),
    ("lid", "フタ"),
    ("glass lid", "ガラスのフタ"),
    ("copper lid", "銅のフタ"),
    ("tin pot", "ブリキの鍋"),
)
LIST = replace(
    section(
        "a#a",
        "On a tray, the oven supports the glass lid, the copper lid, and the tin pot, but does not support the rack.",
        title="What the oven supports",
    ),
    phrasings=("which covers go in there",),
)
JA = section(
    "a#a",
    "お盆では、オーブンは、ガラスのフタと銅のフタおよびブリキの鍋に対応していますが、網はサポートしていません。",
    lang="ja",
    title="オーブンが対応するもの",
)
WARM = section(
    "b#b", "Yes.", "The lids that get warm on a tray are the glass lid and the copper lid.", title="Are some warm?"
)
JA_WARM = section(
    "b#b",
    "はい。",
    "お盆で温まるのは、ガラスのフタと銅のフタです。",
    lang="ja",
    title="温まるものはありますか？",
)


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return sole_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Is the copper lid the only thing the oven supports on a tray?", LIST),
        ("Is the copper lid the only cover the oven accepts?", LIST),
        ("The only thing the oven supports on a tray is the tin pot, right?", LIST),
        ("Only the glass lid is supported by the oven, correct?", LIST),
        ("Does the oven only support the tin pot when the tray is used?", LIST),
        ("the oven works only with the tin pot, right?", LIST),
        ("Only the glass lid is supported by the oven, not the copper lid, right?", LIST),
        ("Is the glass lid the only one that gets warm?", WARM),
        ("オーブンが対応しているのはブリキの鍋だけですよね？", JA),
        ("お盆でオーブンが対応するのは銅のフタのみですか", JA),
        ("ガラスのフタだけがオーブン対応で、銅のフタは対象外という理解で正しい？", JA),
        ("オーブンは銅のフタ専用ですか？", JA),
        ("お盆で温まるのはガラスのフタだけですか？", JA_WARM),
    ],
)
def test_a_listed_thing_is_not_the_only_one(question: str, stated: Section):
    assert verdict(question, stated) == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Is the copper lid the only thing the oven supports, or does it support the tin pot?",
        "Is the rack the only thing the oven supports on a tray?",  # is none of those listed
        "Is the oven the only thing that supports the copper lid?",  # the other way round
        "Does the copper lid only support the oven?",
        "Does the oven support the copper lid only on a tray?",
        "Is the lid the only thing the oven supports?",  # of which others are kinds
        "Is the copper lid the only thing the oven does not support?",
        "The copper lid isn't the only thing the oven supports, right?",
        "Isn't the copper lid the only thing the oven supports?",
        "Is the copper lid the only blue thing the oven supports?",  # of a kind of which nothing is said
        "Is the copper lid the only thing the oven and the rack support?",
        "Is the copper lid the only thing that the oven must support?",
        "Is the copper lid the only thing?",
        "Can we use only the copper lid in the oven?",  # whether it may be used alone
        "Does the oven work with only the copper lid?",
        "Is it fine if the oven only supports the copper lid?",
        "Does the oven only support one copper lid?",
        "Only the glass lid is supported by the oven, not the rack, right?",
        "Why is the copper lid the only thing the oven supports?",
        "We only want to support the copper lid",
        "Does the oven support the copper lid?",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question, LIST) is None


@pytest.mark.parametrize(
    "question",
    [
        "オーブンが対応しているのは銅のフタだけですか、それともブリキの鍋もですか？",
        "網だけがオーブン対応ですか？",
        "銅のフタだけがオーブン非対応ですか？",
        "オーブンは銅のフタだけで足りますか？",
        "オーブンは銅のフタだけでも動きますか？",
        "銅のフタに対応しているのはオーブンだけですか？",
        "オーブンが対応しているのは銅のフタだけではないですよね？",
        "ガラスのフタだけがオーブン対応で、網は対象外ですか？",
        "青いオーブンが対応するのは銅のフタだけですか？",
        "なぜオーブンが対応するのは銅のフタだけですか？",
    ],
)
def test_another_question_in_japanese_has_none(question: str):
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        section("a#a", "The oven supports the copper lid.", title=LIST.title),  # others may be listed elsewhere
        section("a#a", "The oven does not support the glass lid and the copper lid.", title=LIST.title),
        section("a#a", "There is an oven between the glass lid and the copper lid.", title=LIST.title),
        section("a#a", "The oven supports the copper lid, and the tin pot supports it.", title=LIST.title),
        replace(LIST, covered=False),
        replace(LIST, other_source=True),
    ],
)
def test_a_section_that_lists_no_other_says_nothing(stated: Section):
    assert verdict("Is the copper lid the only thing the oven supports?", stated) is None


def test_behind_the_first_sentence_only_its_own_words_count():
    later = replace(LIST, text=f"It is hot. {LIST.text}")
    stated = replace(section("a#a", "It is hot.", later.text[11:], title="The oven"), phrasings=LIST.phrasings)
    assert verdict("Is the copper lid the only thing the oven supports?", stated) == "no"
    assert verdict("Is the copper lid the only cover the oven supports?", stated) is None
