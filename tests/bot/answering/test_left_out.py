"""The names of what an answer leaves out, beside the values that it judges."""

import pytest
from handmade import asked

from bot.answering.left_out import unjudged
from bot.decision.unstated import Unstated
from bot.records import CheckedValue

JUDGED = CheckedValue("T1", "lid", "pass", "12 cm", "a lid of 12 cm", "Use another lid.", "/t1/")


QUESTION = asked("Is the lid ok on trays?")


@pytest.mark.parametrize(
    ("left_out", "checks", "names"),
    [
        (Unstated(("trays",), doubtful=True), (), ("trays",)),
        (Unstated(("trays", "lid"), doubtful=True), (JUDGED,), ("trays",)),  # the lid was judged
        (Unstated(("Is it ok on trays?",), doubtful=True, whole=True), (JUDGED,), ()),
        (Unstated(("Is it ok on trays?",), doubtful=True, whole=True), (), ("Is it ok on trays?",)),
    ],
)
def test_parts_of_judged_values_are_none(left_out: Unstated, checks: tuple[CheckedValue, ...], names: tuple[str, ...]):
    assert unjudged(QUESTION, left_out, checks) == names


def test_what_only_was_is_not_left_out_beside_a_judged_value():
    question = asked("The lid was a /26 until May, now it is a /24. Are trays ok?")
    left_out = Unstated(("until May", "trays"), doubtful=True)
    assert unjudged(question, left_out, (JUDGED,)) == ("trays",)
    assert unjudged(question, left_out, ()) == ("until May", "trays")
