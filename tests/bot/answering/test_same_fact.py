"""Citations that state one fact."""

import pytest
from handmade import section, topics

from bot.answering.compose import Quoted
from bot.answering.same_fact import common_words, says_again, together
from index.lexical.words import words

COMMON = {"the", "a", "is", "and", "of", "not", "in"}


def quoted(name: str, *sentences: str) -> Quoted:
    made = section(name, *sentences)
    return Quoted(made, made.sentences)


def alike(first: str, second: str) -> bool:
    """Whether the second quote (sentences apart by a bar) is named beside the first."""
    former, other = quoted("a", *first.split("|")), quoted("b", *second.split("|"))
    groups = together([former, other], COMMON.__contains__)
    assert groups in ([(former, [other])], [(former, []), (other, [])])
    return len(groups) == 1


FACT = "The red kettle holds 3 litres of water"


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("Water of 3 litres is in the red kettle holds", True),  # the words count, not their order
        ("The red kettle holds 4 litres of water", False),  # another number
        ("The blue kettle holds 3 litres of water", False),  # another name
        ("The red kettle", False),  # next to nothing of it
        ("The red kettle holds 3 litres of water|Descale it with vinegar", False),  # and something of its own
    ],
)
def test_one_fact_has_the_same_names_and_numbers(second: str, same: bool):
    assert alike(FACT, second) is same


def test_it_may_be_one_of_several_sentences():
    assert alike(f"Descale it with vinegar|{FACT}", FACT)
    assert not alike(FACT, f"{FACT}|Descale it with vinegar")


@pytest.mark.parametrize(
    ("second", "same"),
    [("赤いヤカンに水が 3 リットル入ります。", True), ("青いヤカンに水が 3 リットル入ります。", False)],
)
def test_of_japanese_hiragana_makes_no_difference(second: str, same: bool):
    assert alike("赤いヤカンには、水が 3 リットル入る。", second) is same


def test_all_that_say_it_are_named_beside_the_first():
    first, again, other = quoted("a", FACT), quoted("b", FACT), quoted("c", "Descale it with vinegar")
    assert together([first, other, again, again], COMMON.__contains__) == [(first, [again, again]), (other, [])]
    assert together([], COMMON.__contains__) == []


def test_words_that_stand_all_over_a_site_are_common():
    common = common_words(
        topics(*(section(f"p#{n}", f"The pot number{n} is {'red' if n else 'blue'}.") for n in range(40)))
    )
    assert (common("the"), common("red"), common("blue"), common("number3"), common("7"), common("鍋")) == (
        *(True, True, False),
        *(False, False, False),
    )


def test_a_text_says_again_what_hardly_has_a_new_word():
    said = set(words(FACT))
    assert says_again("The kettle holds 4 litres.", said) and not says_again("Descale the kettle with vinegar.", said)
