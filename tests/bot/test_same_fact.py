"""Citations that state one fact."""

import pytest
from handmade import section

from bot.compose import Quoted
from bot.same_fact import says_again, together
from index.words import words


def quoted(name: str, *sentences: str) -> Quoted:
    made = section(name, *sentences)
    return Quoted(made, made.sentences)


FACT = quoted("a", "A full kettle holds 3 litres of water and boils in five minutes.")


def test_what_says_it_again_is_named_beside_it():
    again = quoted("b", "The full kettle holds 3 litres of water.")
    other = quoted("c", "Descale it with vinegar every month.")
    assert together([FACT, other, again]) == [(FACT, [again]), (other, [])]


def test_with_something_of_its_own_it_stands_alone():
    more = quoted("b", "A kettle holds 3 litres of water.", "Fill it with rain, never with salted or mineral water.")
    assert [first for first, _ in together([FACT, more])] == [FACT, more]


@pytest.mark.parametrize(("text", "again"), [("A kettle holds 3 litres.", True), ("A kettle holds 4 litres.", False)])
def test_another_number_is_another_fact(text: str, again: bool):
    assert says_again(text, set(words(FACT.quote))) is again


def test_no_citation_says_it_again_of_itself():
    assert together([]) == [] and together([FACT]) == [(FACT, [])]
