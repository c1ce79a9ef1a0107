"""One of this to several of that: asked the other way round than a heading counts them."""

from bot.decision.relations import exchanged

ONE_POT, MANY_POTS, ONE_LID, MANY_LIDS = ("pot", False), ("pot", True), ("lid", False), ("lid", True)
ASKED = {ONE_POT: "one pot", MANY_LIDS: "two lids"}


def test_both_counted_the_other_way_are_exchanged():
    assert exchanged(ASKED, [frozenset({MANY_POTS, ONE_LID})]) == ["one pot", "two lids"]


def test_one_of_them_alone_is_not():
    assert exchanged(ASKED, [frozenset({MANY_POTS, MANY_LIDS})]) == []


def test_a_heading_that_counts_as_the_question_does_goes_before_others():
    same, other = frozenset({ONE_POT, MANY_LIDS}), frozenset({MANY_POTS, ONE_LID})
    assert exchanged(ASKED, [same, other]) == exchanged(ASKED, [other, same]) == []


def test_a_heading_that_counts_one_of_them_so_does_not():
    assert exchanged(ASKED, [frozenset({ONE_POT}), frozenset({MANY_POTS, ONE_LID})]) == ["one pot", "two lids"]


def test_who_asks_for_one_and_several_asks_for_neither():
    assert exchanged({**ASKED, MANY_POTS: "all pots"}, [frozenset({MANY_POTS, ONE_LID})]) == []
