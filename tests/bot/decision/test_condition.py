"""Under which condition a fact holds, and who leaves that open: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.condition import bare, fact_of, left_open, only_condition
from index.records import Section

TERMS = (("tray", "トレイ"), ("oven", "オーブン"), ("lid", "フタ"), ("pan", "フライパン"))
HEADING = "Must a lid be of glass?"


def heading(*sentences: str, wordings: tuple[str, ...] = (), lang: str = "en") -> Section:
    return replace(section("a#a", *sentences, title=HEADING, lang=lang), phrasings=wordings)


def condition(question: str, *sentences: Section) -> tuple[set[str], str | None]:
    over = topics(*sentences, replace(section("glossary#terms"), synonyms=TERMS))
    read = asked(question, over)
    return set(left_open(read, sentences[0], over)), only_condition(read, sentences[0], over)


OVEN = heading("Yes.", "A lid must be of glass when you use an oven.")


@pytest.mark.parametrize(
    ("question", "open_terms", "only"),
    [
        ("is glass a must for a lid", {"oven"}, "oven"),
        ("is glass a must for a lid in the oven", set(), None),
        ("オーブンのフタはガラス？", set(), None),  # under its other name
        (HEADING.upper(), set(), None),  # its author's question
        ("is glass a must for the lid of a pan", {"oven"}, None),  # the fact knows no pan: it may need no oven
    ],
)
def test_a_term_that_the_fact_sets_is_left_open_by_who_does_not_name_it(
    question: str, open_terms: set[str], only: str | None
):
    assert condition(question, OVEN) == (open_terms, only)


def test_of_two_conditions_none_is_told_alone():
    both = heading("Yes.", "A lid must be of glass when it stands in an oven on a tray.")
    assert condition("is glass a must for a lid", both) == ({"oven", "tray"}, None)
    assert condition("is glass a must for a lid on a tray", both) == ({"oven"}, "oven")


def test_a_fact_without_a_condition_leaves_nothing_open():
    assert condition("is glass a must for a lid", heading("Yes.", "A lid is of glass.")) == (set(), None)


def test_a_condition_that_one_language_sets_counts_in_all_and_is_told_as_each_writes_it():
    japanese = heading("はい。", "オーブンに入れるフタはガラスです。", lang="ja")
    assert condition("フタはガラスでないとだめ？", japanese, OVEN) == ({"oven"}, "オーブン")
    silent = heading("はい。", "フタはガラスです。", lang="ja")
    assert condition("フタはガラスでないとだめ？", silent, OVEN) == ({"oven"}, None)


@pytest.mark.parametrize("size", ["a lid smaller than /9", "a /8"])
@pytest.mark.parametrize("asks", ["Can a lid be smaller than /9?", "may the pan have a lid that is smaller than /9"])
def test_what_is_asked_is_no_condition_by_whatever_name_the_fact_calls_it(size: str, asks: str):
    small = replace(section("glossary#terms"), synonyms=(*TERMS, ("lid smaller than /9", "/8")))
    for title, others in (("With an oven, can the lid be smaller than /9?", set()), ("Fine?", {"lid smaller than /9"})):
        about = section("a#a", "Yes.", f"It is fine with an oven for {size}.", title=title)
        over = topics(about, small)
        assert left_open(asked(asks, over), about, over) == {"oven", *others}  # the oven is named and not asked about


def test_the_fact_is_the_first_sentence_that_says_more_than_yes_or_no():
    assert fact_of(OVEN) == "A lid must be of glass when you use an oven."
    assert (fact_of(heading("No.")), fact_of(heading())) == ("", "")


def test_marks_and_capitals_make_no_other_question():
    assert bare(" Must a lid be of glass? ") == bare("must a LID be of glass") != bare("Must a lid be glass?")
