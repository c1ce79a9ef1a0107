"""One of this to several of that: asked the other way round than a heading counts them."""

from dataclasses import replace

import pytest
from handmade import section, topics

from bot.decision.relations import directions, exchanged, other_values, singular, turns_away

SITE = topics(
    replace(section("glossary#terms"), synonyms=(("pot", "stewpot"), ("kettle", "boiler"), ("oven", "stove")))
)
ONE_POT, MANY_POTS, ONE_LID, MANY_LIDS = ("pot", False), ("pot", True), ("lid", False), ("lid", True)
ASKED = {ONE_POT: "one pot", MANY_LIDS: "two lids"}


def test_both_counted_the_other_way_are_exchanged():
    assert exchanged(ASKED, [frozenset({MANY_POTS, ONE_LID})]) == ["one pot", "two lids"]


def test_one_of_them_alone_is_not():
    assert exchanged(ASKED, [frozenset({MANY_POTS, MANY_LIDS})]) == []


def test_a_heading_that_counts_other_things_exchanges_nothing():
    assert exchanged(ASKED, [frozenset({("cup", True), ("jar", False)})]) == []


def test_a_heading_that_counts_as_the_question_does_goes_before_others():
    same, other = frozenset({ONE_POT, MANY_LIDS}), frozenset({MANY_POTS, ONE_LID})
    assert exchanged(ASKED, [same, other]) == exchanged(ASKED, [other, same]) == []


def test_a_heading_that_counts_one_of_them_so_does_not():
    assert exchanged(ASKED, [frozenset({ONE_POT}), frozenset({MANY_POTS, ONE_LID})]) == ["one pot", "two lids"]


def test_who_asks_for_one_and_several_asks_for_neither():
    assert exchanged({**ASKED, MANY_POTS: "all pots"}, [frozenset({MANY_POTS, ONE_LID})]) == []


@pytest.mark.parametrize(
    ("text", "stated", "others"),
    [
        ("What of a /25?", "A /24, or larger: /23, /22.", ["/25"]),
        ("Is a /25 the same as a /23?", "A /24, or larger: /23, /22.", ["/25"]),
        ("/25 だと？", "/24 より大きい（/23 など）", ["/25"]),
        ("Is 90% enough?", "At least 95%.", ["90%"]),
        ("Is a /23 fine?", "A /24, or larger: /23, /22.", []),
        ("Is a /22 fine?", "A /24, or larger: /23, /22.", []),  # at the end of a sentence
        ("What of a /25?", "Any size.", []),  # the section speaks of no such value
        ("What of 10.0.0.0/25?", "A /24.", []),  # the size of a range, which rules judge
        ("What does GET /25/x say?", "A /24.", []),
    ],
)
def test_a_value_of_which_the_section_gives_others_is_one_it_does_not_speak_of(
    text: str, stated: str, others: list[str]
):
    assert other_values(text, stated) == others


@pytest.mark.parametrize(
    ("text", "singular_text"), [("two lids", "two lid"), ("a glass", "a glass"), ("VNets", "VNets")]
)
def test_a_plural_is_its_singular(text: str, singular_text: str):
    assert singular(text) == singular_text


@pytest.mark.parametrize(
    ("way", "away"),
    [
        (("attic", "cellar"), True),  # turned round
        (("cellar", "garden"), True),  # from where it begins to elsewhere
        (("attic", "garden"), True),  # from where it ends
        (("garden", "cellar"), True),  # to where it begins
        (("cellar", "attic"), False),  # the way itself
        (("garden", "attic"), False),  # another way to where it ends
        (("garden", "pond"), False),  # neither end of it
    ],
)
def test_a_way_may_go_against_that_of_a_section(way: tuple[str, str], away: bool):
    assert turns_away(way, frozenset({("cellar", "attic")})) is away


@pytest.mark.parametrize(("way", "away"), [(("attic", "roof"), False), (("attic", "cellar"), True)])
def test_on_a_way_of_two_legs_one_may_set_out_in_between(way: tuple[str, str], away: bool):
    assert turns_away(way, frozenset({("cellar", "attic"), ("attic", "roof")})) is away


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Can I switch the pot to the kettle?", {("pot", "kettle")}),
        ("Should the switch to the kettle go into the oven?", set()),  # the change is the one that goes there
        ("May a move to the kettle turn into the oven's?", set()),
    ],
)
def test_what_a_change_leads_to_is_not_where_it_begins(text: str, pairs: set[tuple[str, str]]):
    assert set(directions(text, SITE)) == pairs
