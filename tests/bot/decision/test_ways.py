"""Who asks for nothing but a way is told that it is not stated, unless a section states a way there."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.decision.stated import stated_by
from bot.decision.ways import untold_ways

TERMS = (("cellar", "地下室"), ("attic", "屋根裏"), ("garden", "庭園"))
SITE = topics(
    titled("a#a", "Cellars and attics", "A cellar is cold, an attic is dry."),
    titled("b#b", "Moving", "Move the jars from cellar to attic."),
    replace(section("glossary#terms"), synonyms=TERMS),
)
COMPARED, MOVED = 0, 1


def untold(question: str, topic: int) -> list[str]:
    (stated,) = stated_by([topic], SITE)
    return untold_ways(asked(question, SITE), stated, SITE)


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("from attic to cellar", "attic → cellar"),
        ("how do I move from the attic to the cellar?", "attic → cellar"),
        ("migration path from attic to cellar possible?", "attic → cellar"),
        ("屋根裏から地下室へ", "屋根裏 → 地下室"),
        ("屋根裏から地下室に移行できる？", "屋根裏 → 地下室"),
    ],
)
def test_a_section_that_only_compares_both_ends_does_not_tell_the_way(question: str, way: str):
    assert untold(question, COMPARED) == [way]


@pytest.mark.parametrize(
    "question",
    [
        "from cellar to attic",  # the way itself
        "from garden to attic",  # another way there: the section may say from where
        "地下室から屋根裏へ",
    ],
)
def test_a_section_that_states_a_way_there_may_tell_it(question: str):
    assert untold(question, MOVED) == []


@pytest.mark.parametrize(
    "question",
    [
        "what is the difference from attic to cellar",
        "how many lids break from attic to cellar?",  # asks for more than the way
        "is the attic dry?",
    ],
)
def test_who_asks_for_something_else_asks_for_no_way(question: str):
    assert untold(question, COMPARED) == []
