"""What a sentence names side by side: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import section, topics

from bot.decision.listing import lists_of

TERMS = (("lid", "フタ"), ("glass bowl", "ガラスの鉢"), ("pot", "ポット"), ("tray", "お盆"), ("oven", "オーブン"))
KITCHEN = topics(replace(section("glossary#terms"), synonyms=TERMS))


def listed(sentence: str) -> list[tuple[set[str], ...]]:
    return [tuple(map(set, items)) for items in lists_of(sentence, KITCHEN)]


@pytest.mark.parametrize(
    ("sentence", "lists"),
    [
        ("The oven takes a lid and a glass bowl.", [({"lid"}, {"glass bowl"})]),
        ("The oven takes a lid, a glass bowl, and the pot.", [({"lid"}, {"glass bowl"}, {"pot"})]),
        ("The oven takes a pot with a lid and a glass bowl.", [({"pot", "lid"}, {"glass bowl"})]),
        ("With a tray, the oven takes a lid or a pot that is dry.", [({"lid"}, {"pot"})]),
        ("オーブンは、フタとガラスの鉢に対応しています。", [({"lid"}, {"glass bowl"})]),
        ("お盆では、オーブンは、フタ、ガラスの鉢、ポットを支えます。", [({"lid"}, {"glass bowl"}, {"pot"})]),
        ("オーブンは、フタのポットおよびガラスの鉢に対応しています。", [({"lid", "pot"}, {"glass bowl"})]),
    ],
)
def test_a_list_has_the_terms_of_each_item(sentence: str, lists: list[tuple[set[str], ...]]):
    assert listed(sentence) == lists


@pytest.mark.parametrize(
    "sentence",
    [
        "The oven takes a lid.",
        "With a tray, the oven takes a lid.",
        "The oven takes a lid, and the pot takes it, too.",  # two clauses
        "The oven takes a lid and the pot is cold.",
        "There is a tray between the lid and the pot.",
        "オーブンは、フタに対応しています。",
        "お盆では、オーブンが熱い。",
        "フタとポットの間にお盆があります。",
    ],
)
def test_what_stands_in_no_list_makes_none(sentence: str):
    assert listed(sentence) == []
