"""The names of what an answer leaves out, beside the values that it judges."""

import pytest
from handmade import section, topics

from bot.answering.left_out import names_left_out
from bot.decision.account import Account
from bot.decision.unstated import Unstated
from bot.question.parts import Part
from bot.records import CheckedValue

SITE = topics(section("tea#tea", "Tea is hot."), section("scope#sauna", "No word on Sauna.", covered=False))
SAUNA = Account(outside=1, outside_part=Part("sauna", 0, 5, "latin", True, False))
JUDGED = CheckedValue("T1", "lid", "pass", "12 cm", "a lid of 12 cm", "Use another lid.", "/t1/")


@pytest.mark.parametrize(
    ("left_out", "checks", "accounted", "names"),
    [
        (Unstated(("trays",), doubtful=True), (), Account(), ("trays",)),
        (Unstated(("trays", "lid"), doubtful=True), (JUDGED,), Account(), ("trays",)),  # the lid was judged
        (Unstated(("Is a lid of 12 cm ok?",), doubtful=True, whole=True), (JUDGED,), Account(), ()),
        (Unstated((), doubtful=False), (), SAUNA, ("sauna",)),
        (Unstated(("trays",), doubtful=True), (), SAUNA, ("trays",)),  # which say enough
        (Unstated((), doubtful=False), (), Account(), ()),
    ],
)
def test_parts_of_judged_values_are_none(
    left_out: Unstated, checks: tuple[CheckedValue, ...], accounted: Account, names: tuple[str, ...]
):
    assert names_left_out(left_out, checks, accounted, SITE) == names
