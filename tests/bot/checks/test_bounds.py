"""A value that only bounds others, or that was once, is none of the cluster's own."""

import pytest

from bot.checks.asked.bounds import names_a_bound, names_a_limit, without_bound

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


@pytest.mark.parametrize(
    "question",
    [
        "the lid was created as 12, ok?",
        "the lid was set up with 12. fine?",
        "12 でした。このままでいい？",
        "12 でしたが大丈夫？",
        "12 だったんですけどいい？",
    ],
)
def test_what_was_looked_up_or_made_so_is_still_so(question: str):
    assert not names_a_bound(question)


@pytest.mark.parametrize(
    "question",
    [
        "the lid was created as 12 and replaced since, ok?",
        "before the move it was set up with 12",
        "12 でしたが作り直しました。いい？",
        "移行前は 12 でした。いい？",
        "以前は 12 でした。いい？",
        "12 でした。今は 13 です。いい？",
        "12 でした",  # nothing is asked
    ],
)
def test_what_was_changed_since_is_of_the_past(question: str):
    assert names_a_bound(question)


@pytest.mark.parametrize("question", ["the lid is 12", "12 にしました", "a shorter name, 12"])
def test_a_plain_value_is_one(question: str):
    assert (names_a_bound(question), names_a_limit(question)) == (False, False)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Is 3.10.1 older than 3.9.2?", "Is 3.10.1  ?"),
        ("3.10.1 は 3.9.2より新しいですか", "3.10.1 は  ですか"),
        ("is /25 smaller than a /24", "is /25 smaller than a /24"),  # of another bound
        ("3.9.2 or later, and we have 3.8", " , and we have 3.8"),
        ("3.9.2以降に入る？", " に入る？"),
        ("Is 3.9.20 older than 13.9.2?", "Is 3.9.20 older than 13.9.2?"),
        ("we run 3.9.2", "we run 3.9.2"),
    ],
)
def test_what_compares_with_the_rules_own_bound_is_left_out(question: str, left: str):
    assert without_bound(question, "3.9.2") == left


@pytest.mark.parametrize("asks", ["Does 12 meet the requirement?", "Does 12 satisfy all of the lid requirements?"])
def test_who_asks_whether_a_value_meets_a_requirement_gives_it(asks: str):
    assert (names_a_bound(asks), names_a_limit(asks)) == (False, False)


OF_VERSIONS_AND_SIZES = ["older", "newer", "lower", "higher", "smaller", "larger", "bigger", "greater", "less", "more"]


@pytest.mark.parametrize("word", [*OF_VERSIONS_AND_SIZES, "later", "earlier"])
def test_whatever_compares_with_the_rules_own_bound_is_left_out(word: str):
    assert without_bound(f"Is 3.10.1 {word} than 3.9.2?", "3.9.2") == "Is 3.10.1  ?"
