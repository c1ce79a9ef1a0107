"""Who asks without a thing is answered by the section for those without it."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics
from teapots import titled

from bot.decision.without import otherwise_first, topic_without, without_first

TERMS = (("oven", "オーブン"), ("lid", "フタ"), ("pan", "フライパン"))
SITE = topics(
    titled("a#a", "Lids in the oven", "With an oven a lid must be of glass."),
    titled("b#b", "Kitchens without an oven", "Whether a lid must be of glass is not said for them."),
    titled("c#c", "Cleaning", "Water is enough."),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which lid do I need without an oven?", 1),
        ("a lid, no oven: glass?", 1),
        ("オーブンなしでフタはガラス？", 1),
        ("Which lid do I need with an oven?", 0),
        ("Which pan do I need without an oven?", 0),  # of which that section says nothing
        ("What do I need without an oven?", 0),
        ("Which lid do I need without a pan?", 0),  # no section is for those
        ("Which lid can be used besides the one without oven?", 0),  # asks for the others
    ],
)
def test_the_section_for_those_without_leads(question: str, first: int):
    ranked = without_first(asked(question, SITE), ranking(4.0, 3.0, 2.0, 1.0), SITE)
    assert ranked.order[0] == first and sorted(ranked.order.tolist()) == [0, 1, 2, 3]


def test_what_leads_already_stays():
    ranked = ranking(3.0, 4.0, 2.0, 1.0)
    assert without_first(asked("Which lid without an oven?", SITE), ranked, SITE) is ranked


def test_of_several_things_taken_away_the_section_without_most_of_them_leads():
    """As the passage of a section that covers most of what the quote lacks."""
    over = topics(
        titled("a#a", "Lids in the oven", "With an oven a lid must be of glass."),
        titled("b#b", "Kitchens without an oven", "A pan does."),
        titled("c#c", "A pan without a lid, without an oven", "A pan does."),
        replace(section("glossary#terms"), synonyms=TERMS),
    )
    question = asked("Which pan do I need without an oven and without a lid?", over)
    assert without_first(question, ranking(4.0, 3.0, 2.0, 1.0), over).order[0] == 2


GLASS, OTHERS, ELSEWHERE = 0, 1, 2
KITCHENS = topics(
    titled("a#a", "Lids", "A lid must be of glass when you use an oven."),
    titled("a#b", "Kitchens without an oven", "Whether a lid must be of glass on a pan is not said."),
    titled("b#c", "Gardens without an oven", "A pan of iron does for a lid."),
    replace(section("glossary#terms"), synonyms=(*TERMS, ("wide pan", "30 cm"))),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Must a lid be of glass on a pan?", OTHERS),
        ("フライパンのフタはガラス？", OTHERS),  # under its other name
        ("Must a lid be of glass?", GLASS),  # nothing takes the condition's place
        ("Must a lid of a pan be of glass in an oven?", GLASS),  # the condition is named
        ("Must a lid of 30 cm be of glass?", GLASS),  # a value takes no place
    ],
)
def test_another_in_place_of_the_condition_is_told_by_the_section_for_those_without(question: str, first: int):
    ranked = otherwise_first(asked(question, KITCHENS), ranking(4.0, 3.0, 2.0, 1.0), KITCHENS)
    assert ranked.order[0] == first


def test_the_section_for_those_without_stands_on_a_page_that_sets_the_condition():
    ranked = ranking(4.0, 2.0, 3.0, 1.0)
    assert ranked.order.tolist() == [GLASS, ELSEWHERE, OTHERS, 3]
    assert otherwise_first(asked("a lid of glass on a pan?", KITCHENS), ranked, KITCHENS).order[0] == OTHERS


@pytest.mark.parametrize(("other", "topic"), [("pan", OTHERS), ("oven", None), ("jar", None)])
def test_a_follow_up_that_names_another_is_topic_without(other: str, topic: int | None):
    before = asked("Must a lid be of glass?", KITCHENS)
    named = asked("Must a lid be of glass in an oven?", KITCHENS)  # whose place the other takes
    assert topic_without(named, other, ranking(4.0, 3.0, 2.0, 1.0), KITCHENS) == topic
    assert topic_without(before, other, ranking(4.0, 3.0, 2.0, 1.0), KITCHENS) == topic


def test_what_heads_a_section_of_the_page_takes_the_place_of_no_condition():
    over = topics(
        titled("a#a", "Glass", "A lid must be of glass when you use an oven."),
        titled("a#b", "Kitchens without an oven", "What holds for a pan is not said."),
        titled("a#c", "The pan", "It is of iron."),
        replace(section("glossary#terms"), synonyms=TERMS),
    )
    before = asked("Must a lid be of glass in an oven?", over)
    assert topic_without(before, "pan", ranking(4.0, 3.0, 2.0, 1.0), over) is None


FILLING, STEAMING, STORING = 0, 1, 2
HEADED = topics(
    titled("a#a", "Which glass lids fit a pan in the oven?", "With an oven, lids with a rim fit."),
    titled("a#b", "Which glass lids fit a pan on the hob?", "On the hob, all lids fit."),
    titled("a#c", "Lids on a shelf", "A shelf keeps lids."),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which glass lids fit a pan without an oven?", STEAMING),
        ("Without an oven, which glass lids fit a pan?", STEAMING),
        ("オーブンなしなら、フライパンの glass lids は？", STEAMING),
        ("Which glass lids fit a pan in an oven?", FILLING),
        ("Which steel lids fit a pan without an oven?", FILLING),  # no other heading names steel
        ("Which lid without an oven?", FILLING),  # many a heading names one word
    ],
)
def test_one_that_is_headed_by_all_else_takes_the_place_of_the_condition(question: str, first: int):
    ranked = without_first(asked(question, HEADED), ranking(4.0, 3.0, 2.0, 1.0), HEADED)
    assert ranked.order[0] == first


def test_the_words_of_a_question_without_other_terms_are_what_the_section_speaks_of():
    assert without_first(asked("Of glass without an oven?", SITE), ranking(4.0, 3.0, 2.0, 1.0), SITE).order[0] == 1
