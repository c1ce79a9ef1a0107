"""The opposite of what is required is not enough: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.opposite import opposite_verdict
from index.records import Section

TERMS = (("pot", "ポット"), ("tray", "お盆"), ("lid", "フタ"))
NEEDS = section("a#a", "A pot requires a large, undamaged tray of wood.", title="What a pot needs")
JA = section("a#a", "ポットには、破損していない大きなお盆が必要です。", lang="ja", title="ポットに必要なもの")


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return opposite_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Is a small tray enough for a pot?", NEEDS),
        ("A damaged tray is good enough for a pot, right?", NEEDS),
        ("So a tiny tray of wood will do for a pot, correct?", NEEDS),
        ("Does a small tray meet the requirements of a pot?", NEEDS),
        ("Can a pot cope with a damaged tray?", NEEDS),
        ("Can a pot live with small wood?", NEEDS),
        ("ポットは破損したお盆でも使えますよね", JA),
        ("ポットは小さいお盆で足りますよね？", JA),
        ("破損したお盆でもポットの要件は満たせますか？", JA),
        ("狭いお盆でもポットには十分ですか？", JA),
    ],
)
def test_what_is_the_opposite_is_not_enough(question: str, stated: Section):
    assert verdict(question, stated) == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Is a small tray enough for a pot, or a large one?",
        "Is a large tray enough for a pot?",  # it must be undamaged, too
        "Is an undamaged tray enough for a pot?",
        "Is a tray enough for a small pot?",  # of another thing
        "Is a small tray enough for a lid?",
        "Is a small tray enough for a pot without a lid?",
        "Is a small tray enough for a pot of tea?",
        "A small tray isn't enough for a pot, right?",
        "Isn't a small tray enough for a pot?",
        "Is a small tray used for a pot?",
        "Is a small tray enough?",
        "Can a small pot cope with the tray?",
        "Can a pot cope with a damaged lid?",
        "Is only a small tray enough for a pot?",
        "How small a tray is enough for a pot?",
        "Are 2 small trays enough for a pot?",
        "ポットは大きいお盆で足りますか？",
        "破損していないお盆でポットの要件は満たせますか？",
        "小さいポットはお盆で足りますか？",
        "フタは小さいお盆で足りますか？",
        "ポットは小さいお盆では足りないですよね？",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question, NEEDS) is None
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        section("a#a", "A pot stands on a large, undamaged tray.", title=NEEDS.title),
        section("a#a", "A pot requires a tray that is small or large.", title=NEEDS.title),
        replace(NEEDS, covered=False),
        replace(NEEDS, other_source=True),
    ],
)
def test_a_section_that_requires_no_such_thing_says_nothing(stated: Section):
    assert verdict("Is a small tray enough for a pot?", stated) is None
