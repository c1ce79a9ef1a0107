"""What a statement says that a text does not: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import section, topics

from bot.decision.unsaid import unsaid, without_given

KITCHEN = topics(replace(section("glossary#terms"), synonyms=(("glass lid", "ガラスのフタ"),)))


@pytest.mark.parametrize(
    ("statement", "known", "left"),
    [
        ("the glass lid holds steam", "A lid holding steams.", []),
        ("the blue glass lid holds steam", "It holds steam.", ["blue"]),
        ("is glass holding steam", "The glass lid holds steam.", ["glass"]),  # a word of a term is not the term
        ("ガラスのフタで蒸気を保つ", "蒸気を保ちます。", []),
        ("青いガラスのフタで蒸気を保つ", "蒸気を保ちます。", ["青"]),
    ],
)
def test_words_that_a_text_has_in_no_form_are_left(statement: str, known: str, left: list[str]):
    assert list(unsaid(statement, known, KITCHEN)) == left


def test_what_is_given_says_nothing():
    assert without_given("it fits when the lid is on").split() == ["it", "fits", "the", "lid", "is", "on"]
