"""Whether a gateway's subnet is as it must be, and which of several gateways on one subnet stays there.

The order in which documents list them decides nothing: the one that has another place already, or has to move anyway,
goes; of equals the first by its id stays.
"""

from bot.checks.findings import Status
from bot.checks.plan.phases import ARRIVING
from bot.checks.plan.records import Need
from bot.checks.plan.state import State

PLACE = ("AGC004", "AGC006", "AGC007")  # what a gateway's subnet must be by itself


def place_need(state: State, at: int) -> tuple[Need, str]:
    """Whether an association has to go, and the rule that says so."""
    if state.gateways[at].beside:
        return Need.TODO, "AGC005"
    verdicts = {rule: state.verdict(rule, at).status for rule in PLACE}
    failed = [rule for rule, status in verdicts.items() if status is Status.FAIL]
    if failed:
        return Need.TODO, "AGC007" if "AGC007" in failed else failed[0]
    shared = state.verdict("AGC005", at).status
    if shared is Status.FAIL and _staying(state, state.gateways[at].site) != at:
        return Need.TODO, "AGC005"
    open_ones = [rule for rule, status in verdicts.items() if status is Status.UNKNOWN]
    if shared is Status.UNKNOWN or (shared is Status.FAIL and not state.gateways[at].alone):
        open_ones.append("AGC005")  # also where others are still there when the known ones have moved
    return (Need.UNCLEAR, open_ones[0]) if open_ones else (Need.DONE, "AGC004")


def _staying(state: State, site: str | None) -> int | None:
    """The one of a subnet's associations that stays; None: one that may be another cluster's does."""
    known = state.stays
    if site not in known:
        here = [at for at, gateway in enumerate(state.gateways) if gateway.exists and gateway.site == site]
        foreign = any(state.gateways[at].foreign for at in here)
        known[site] = None if foreign else min(here, key=lambda at: _reasons_to_go(state, at))
    return known[site]


def _reasons_to_go(state: State, at: int) -> tuple[int, bool, int, int]:
    """The most telling first: that it is not there, another place that is good, associations that go anyway.

    One that is being made counts as there: when it is, the same one is to stay.
    """
    gateway = state.gateways[at]
    others = [other for other in state.kin[gateway.owner] if state.gateways[other].site != gateway.site]
    good = [_is_good(state, other) for other in others]
    away = 0 if gateway.phase.kind == ARRIVING else gateway.phase.rank
    return max(away, int(gateway.requested)), any(good), good.count(False), at


def _is_good(state: State, at: int) -> bool:
    """Whether nothing is wrong with a place that no other gateway has."""
    gateway = state.gateways[at]
    alone = len(state.listed.get(gateway.site or "", ())) == 1
    return alone and all(state.verdict(rule, at).status is Status.PASS for rule in PLACE)
