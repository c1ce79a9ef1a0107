"""A gateway's subnet: a /24 of its own in the network of the nodes."""

from collections.abc import Set
from dataclasses import replace

from bot.checks.findings import Status
from bot.checks.plan.gateways import Gateway, moved, owner_of
from bot.checks.plan.idea import Idea, always, same
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.replacing import replacement
from bot.checks.plan.state import State
from bot.checks.spelling import resource_id

PLACE = ("AGC004", "AGC006", "AGC007")  # what a gateway's subnet must be by itself


def places_of(state: State) -> list[Idea]:
    """The subnets of all gateways."""
    after = state.upgraded()
    kept = {
        owner_of(gateway.association or "")
        for at, gateway in enumerate(state.gateways)
        if gateway.exists and place_need(after, at)[0] is Need.DONE
    }
    return [place for at in range(len(state.gateways)) for place in _places_of(state, at, kept)]


def _places_of(state: State, at: int, kept: Set[str]) -> list[Idea]:
    """A gateway's subnet: a /24 of its own in the network of the nodes. `kept`: gateways that have such a one."""
    gateway = state.gateways[at]
    need, rule = place_need(state.upgraded(), at) if gateway.exists is not False or gateway.created else (Need.DONE, "")
    if gateway.exists is False:  # what a plan would make wrong is mended in its configuration
        fails = gateway.created and need is Need.TODO
        return [Idea("configure", rule, rule, (), need, always, lambda state: _moved(state, at), at)] if fails else []
    if gateway.foreign:
        return [] if need is Need.DONE else [_owner(gateway, at, rule)]
    if need is Need.DONE:
        return [Idea("place", "AGC004", "AGC004", (), need, always, same, at)]
    if need is Need.TODO and _is_left(gateway, kept):
        return [_leave(gateway, at, rule)]
    other = Need.TODO if need is Need.TODO else Need.UNCLEAR
    moves = other if gateway.exists else Need.UNCLEAR  # one that may be yet to come has nothing to move
    looks = ("subnet", "agcAssociations", "vnets")
    subnet = Idea(
        "subnet",
        rule,
        rule,
        (),
        other,
        always,
        lambda state: _prepared(state, at),
        at,
        looks,
        notes=("managed-role" if gateway.managed else "byo-role", "role-first"),
    )
    # A gateway that has a good association as well is not deleted for the sake of the other one.
    if rule == "AGC007" and need is Need.TODO and not _is_kept(gateway, kept):
        return [subnet, *replacement(gateway, at, moves, looks)]
    move = Idea(
        "move-managed" if gateway.managed else "move",
        rule,
        rule,
        (Mark.DISRUPTIVE,),
        moves,
        lambda state: state.window and state.gateways[at].prepared,
        lambda state: _moved(state, at),
        at,
        looks,
        notes=() if gateway.sure or gateway.managed else ("owner", "owner-names"),
    )
    return [subnet, move]


def _owner(gateway: Gateway, at: int, rule: str) -> Idea:
    """Whose it is comes first: found to be another cluster's, it decides nothing about this one."""
    others = replace(moved(gateway, at), exists=False, foreign=False)
    return Idea("owner", rule, rule, (), Need.UNCLEAR, always, lambda state: state.with_gateway(at, others), at)


def _is_left(gateway: Gateway, kept: Set[str]) -> bool:
    """Whether a gateway has its new association already, or its object asks for that: only the old one is to go."""
    if gateway.balancer is not None and gateway.managed:
        asked = {resource_id(subnet) for subnet in gateway.balancer.subnets}
        return gateway.site not in asked and None not in asked
    return _is_kept(gateway, kept)


def _is_kept(gateway: Gateway, kept: Set[str]) -> bool:
    own = owner_of(gateway.association or "")
    return bool(own) and own in kept


def _leave(gateway: Gateway, at: int, rule: str) -> Idea:
    """ALB Controller removes by itself what its object no longer asks for."""
    left = replace(moved(gateway, at), exists=False)
    return Idea(
        "leave-managed" if gateway.managed else "leave",
        rule,
        rule,
        (Mark.WAITS,) if gateway.managed else (Mark.DISRUPTIVE,),
        Need.TODO,
        always if gateway.managed else lambda state: state.window,
        lambda state: state.with_gateway(at, left),
        at,
        notes=() if gateway.sure or gateway.managed else ("owner", "owner-names"),
    )


def place_need(state: State, at: int) -> tuple[Need, str]:
    """Whether a gateway has to move, and the rule that says so. Of several on one subnet the first one stays."""
    if state.gateways[at].beside:
        return Need.TODO, "AGC005"
    verdicts = {rule: state.verdict(rule, at).status for rule in PLACE}
    failed = [rule for rule, status in verdicts.items() if status is Status.FAIL]
    if failed:
        return Need.TODO, "AGC007" if "AGC007" in failed else failed[0]
    shared = state.verdict("AGC005", at).status
    if shared is Status.FAIL and not _is_first(state, at):
        return Need.TODO, "AGC005"
    open_ones = [rule for rule, status in verdicts.items() if status is Status.UNKNOWN]
    if shared is Status.UNKNOWN or (shared is Status.FAIL and not state.gateways[at].alone):
        open_ones.append("AGC005")  # also where others are still there when the known ones have moved
    return (Need.UNCLEAR, open_ones[0]) if open_ones else (Need.DONE, "AGC004")


def _is_first(state: State, at: int) -> bool:
    site = state.gateways[at].site
    if any(other.foreign and other.exists and other.site == site for other in state.gateways):
        return False  # one that may be another cluster's stays where it is
    return (
        next(number for number, gateway in enumerate(state.gateways) if gateway.site == site and gateway.exists) == at
    )


def _prepared(state: State, at: int) -> State:
    return state.with_gateway(at, replace(state.gateways[at], prepared=True))


def _moved(state: State, at: int) -> State:
    return state.with_gateway(at, moved(state.gateways[at], at))
