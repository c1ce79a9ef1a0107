"""A question in other words than the heading's is its question if the reader is sure and nothing is exchanged."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.account import Account
from bot.decision.same_meaning import LEAST, SURE, same_meaning
from bot.question.parts import Part
from index.encoder.reader import Reading

TERMS = (("oven", "オーブン"), ("lid", "フタ"), ("tray",))
HEADING = replace(
    section("a#a", "Yes.", "Two pots fit in the oven.", title="Can I put two pots in one oven from the cellar?"),
    phrasings=("pots into the oven", "does a pot reach the oven"),
)
OVER = topics(HEADING, replace(section("glossary#terms"), synonyms=TERMS))


def means(question: str, answers: float | None = SURE, chance: float = 0.0, about=HEADING, over=OVER) -> bool:
    part = Part("oven", 0, 4, "latin", True, False)
    reading = None if answers is None else Reading(answers, question, ())
    chances = ((part, chance),) if chance else ()
    return same_meaning(asked(question, over), about, Account(chances, reading=reading), over)


def test_a_question_in_other_words_is_the_headings_if_the_reader_is_sure():
    assert means("Will a couple of casseroles go into the oven?")
    assert not means("Will a couple of casseroles go into the oven?", SURE - 0.1)
    assert not means("Will a couple of casseroles go into the oven?", None)


@pytest.mark.parametrize(
    "question",
    [
        "Will casseroles go into the oven with a lid?",  # a term that no wording has
        "Will a couple of casseroles go in?",  # the term of every wording is left out
        "I want to put casseroles into the oven.",  # no question
        "And casseroles in the oven?",  # goes on from another
        "Does the oven take a pot?",  # the agent is exchanged
        "Can I reach the oven from the attic?",  # another origin
        "Will casseroles go into two ovens?",  # where the heading speaks of one
    ],
)
def test_what_is_exchanged_makes_it_another_question(question: str):
    assert not means(question, 6.0)


def test_a_part_that_is_left_out_makes_it_another_question():
    assert means("Will casseroles go into the oven?", 6.0, chance=0.02)
    assert not means("Will casseroles go into the oven?", 6.0, chance=0.98)


def test_the_headings_own_words_need_a_reader_that_does_not_deny():
    tray = section("b#b", "No.", "A tray is flat.", title="Is a tray deep?")
    over = topics(tray, replace(section("glossary#terms"), synonyms=TERMS))
    for answers, same in ((LEAST, True), (LEAST - 0.1, False), (None, True)):
        assert means("Is the tray deep?", answers, about=tray, over=over) is same


def test_a_condition_that_is_left_open_gives_no_bare_answer():
    lid = section("c#c", "Yes.", "A lid is of glass when you use an oven.", title="Is a lid of glass?")
    over = topics(lid, replace(section("glossary#terms"), synonyms=TERMS))
    assert not means("Would a lid be glassy?", 6.0, about=lid, over=over)
