"""A value that only bounds others, or that was once, is none of the cluster's own."""

import pytest

from bot.checks.asked.bounds import names_a_bound, names_a_limit

COMPARED = [
    "smaller",
    "larger",
    "bigger",
    "greater",
    "older",
    "newer",
    "lower",
    "higher",
    "shorter",
    "longer",
    "wider",
    "narrower",
    "less",
    "more",
    "other",
]
OR_ON = ["larger", "smaller", "bigger", "later", "newer", "older", "higher", "lower", "more", "less"]


@pytest.mark.parametrize(
    "question",
    [
        *(f"May the lid be {word} than 12?" for word in COMPARED),
        *(f"Do you take 12 or {word}?" for word in OR_ON),
        *("up to 12", "at least 12", "at most 12", "the minimum, 12", "12 as a maximum"),
        *("Must it be 12?", "Is 12 required?", "12 is mandatory", "does it have to be 12", "need to be 12", "not 12"),
        *("12 より大きいもの", "12 未満", "12 以上", "12 までしか", "12 が必須", "12 でなければ", "12 以外"),
    ],
)
def test_a_bound_is_no_value(question: str):
    assert (names_a_bound(question), names_a_limit(question)) == (True, True)


@pytest.mark.parametrize(
    "question", ["the lid was 12", "previously 12", "it used to be 12", "もともと 12", "12 だった"]
)
def test_what_was_once_gives_a_value_beside_what_is_now(question: str):
    assert (names_a_bound(question), names_a_limit(question)) == (True, False)


@pytest.mark.parametrize("question", ["the lid is 12", "12 にしました", "a shorter name, 12"])
def test_a_plain_value_is_one(question: str):
    assert (names_a_bound(question), names_a_limit(question)) == (False, False)
