"""A sentence that goes on from another is quoted with it: laws on a made-up site about a kitchen."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise

import pytest
from handmade import section

from bot.answering.antecedent import goes_on, with_antecedent
from index.records import Form, FormKind, Section, Span

LONG = 640


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not go into the oven.",
        "They are glazed.",
        "This applies to lids, too.",
        "However, a lid needs a knob.",
        "The latter is of glass.",
        "So do the lids.",
        "これは蓋にも当てはまります。",
        "ただし、蓋は別です。",
        "オーブンではサポートされません。",
        "2 個になります。",
    ],
)
def test_what_points_back_or_has_no_subject_goes_on(sentence: str):
    assert goes_on(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A pot does not go into the oven.",
        "Both kinds of lid fit.",
        "This is a pot.",
        "Italian pots are red.",
        "鍋はオーブンに入れられません。",
        "次の手順で鍋を温めます。",
        "この文書は 2 版です。",
    ],
)
def test_a_sentence_that_speaks_for_itself_does_not(sentence: str):
    assert not goes_on(sentence)


def quoted(*sentences: str, most: int = LONG, known: int = 0) -> str:
    kitchen = section("a#a", *sentences)
    spans = with_antecedent(kitchen, kitchen.sentences[-1:], kitchen.sentences[known:], most)
    return kitchen.text[spans[0].start : spans[-1].end]


def test_the_sentence_before_is_quoted_as_far_back_as_one_speaks_for_itself():
    text = ("A tray is flat.", "A pot is deep.", "It is heavy.", "It does not fit.")
    assert quoted(*text) == "A pot is deep. It is heavy. It does not fit."


def test_a_sentence_that_speaks_for_itself_stands_alone():
    assert quoted("A tray is flat.", "A pot is deep.") == "A pot is deep."


def test_the_first_sentence_of_a_section_has_none_before_it():
    assert quoted("It is heavy.") == "It is heavy."


def test_what_may_not_be_quoted_is_not_taken():
    assert quoted("Yes.", "It is heavy.", known=1) == "It is heavy."


@pytest.mark.parametrize(("most", "quote"), [(27, "A pot is deep. It is heavy."), (26, "It is heavy.")])
def test_a_quote_keeps_its_length(most: int, quote: str):
    assert quoted("A pot is deep.", "It is heavy.", most=most) == quote


def joined(*sentences: str) -> Section:
    """A section without spaces between its sentences, as Japanese is written."""
    ends = list(accumulate(map(len, sentences), initial=0))
    spans = tuple(Span(*each) for each in pairwise(ends))
    return replace(section("a#a", *sentences), text="".join(sentences), sentences=spans)


def test_between_two_sentences_there_need_not_be_a_space():
    kitchen = joined("鍋は深いです。", "これは重いです。")
    assert with_antecedent(kitchen, kitchen.sentences[-1:], kitchen.sentences, LONG) == kitchen.sentences


@pytest.mark.parametrize("write", [joined, partial(section, "a#a")])
def test_nothing_is_quoted_across_code(write: Callable[..., Section]):
    kitchen = write("A pot is deep:", "heat --pot", "It is heavy.")
    first, code, last = kitchen.sentences
    over = replace(kitchen, forms=(Form(FormKind.CODE, code.start, code.end),), sentences=(first, last))
    assert with_antecedent(over, (last,), over.sentences, LONG) == (last,)
