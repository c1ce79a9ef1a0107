"""What becomes of each gateway of a cluster: in the end it has one association, on a /24 of its own beside the nodes.

A gateway is looked at with all of its associations. A move that stopped half-way goes on where it stopped: what is on
its way is waited for, what failed is made again, and what is no longer needed goes last.
"""

from dataclasses import replace

from bot.checks.plan.asking import asks, keeps_asking
from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import Idea, always, same
from bot.checks.plan.moving import leave, moves, waits, without
from bot.checks.plan.phases import GOING
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.sharing import place_need
from bot.checks.plan.sorting import Kin, Needs, Plots, sort
from bot.checks.plan.state import State


def places_of(state: State) -> list[Idea]:
    """The subnets of all gateways."""
    after = state.upgraded()
    needs = {
        at: place_need(after, at)
        for at, gateway in enumerate(state.gateways)
        if gateway.exists is not False or gateway.created
    }
    groups = [
        sort(state, state.kin[gateway.owner] if gateway.exists else (at,), needs)
        for at, gateway in enumerate(state.gateways)
        if not gateway.exists or state.kin[gateway.owner][0] == at
    ]
    plots = Plots(state, groups)
    return [idea for kin in groups for idea in _of_gateway(state, kin, needs, plots)]


def _of_gateway(state: State, kin: Kin, needs: Needs, plots: Plots) -> list[Idea]:
    first = state.gateways[kin.every[0]]
    if first.exists is False:
        return _created(first, kin.every[0], needs)
    if first.foreign:
        return [_owner(state, kin, needs)] if kin.bad or kin.unclear else []
    if first.unit.kind == GOING:
        gone = without(kin.every)
        return [Idea("gone-gateway", "AGC004", "unknown-status", (Mark.WAITS,), Need.TODO, always, gone, kin.at)]
    ways = waits(state, kin)
    if kin.good or kin.coming:
        return [*ways, *(keeps_asking(state, kin, needs) if first.managed else _keeps(state, kin, needs))]
    if kin.failed and first.managed:
        return [*ways, *asks(state, kin, needs, plots)]
    return [*ways, *(moves(state, kin, needs, plots) if kin.failed or kin.bad or kin.unclear else [])]


def _created(gateway: Gateway, at: int, needs: Needs) -> list[Idea]:
    """What a plan would make wrong is mended in its configuration."""
    need, rule = needs.get(at, (Need.DONE, ""))
    if not gateway.created or need is not Need.TODO:
        return []
    return [
        Idea("configure", rule, rule, (), need, always, lambda state: state.with_gateway(at, moved(gateway, at)), at)
    ]


def _owner(state: State, kin: Kin, needs: Needs) -> Idea:
    """Whose it is comes first: found to be another cluster's, it decides nothing about this one."""
    at = (*kin.bad, *kin.unclear)[0]
    rule = needs[at][1]

    def effect(state: State) -> State:
        for each in kin.every:
            others = replace(moved(state.gateways[each], each), exists=False, foreign=False)
            state = state.with_gateway(each, others)
        return state

    others = any(gateway.exists and gateway.owner != state.gateways[at].owner for gateway in state.gateways)
    about = "owner-shared" if state.gateways[at].shared else "owner-beside" if others else ""
    looks = ("agcAssociations",) if state.gateways[at].unclear else ()
    return Idea("owner", rule, rule, (), Need.UNCLEAR, always, effect, at, looks, notes=(about,) if about else ())


def _keeps(state: State, kin: Kin, needs: Needs) -> list[Idea]:
    """A gateway that has its association, or waits for it: all others go."""
    keeper = (*kin.good, *kin.coming)[0]
    place = [Idea("place", "AGC004", "AGC004", (), Need.DONE, always, same, at) for at in kin.good]
    gone = sorted((*kin.bad, *kin.failed, *kin.unclear))
    if len(kin.good) > 1:  # which of them goes is the reader's choice
        looks, effect = ("agcAssociations",), without(kin.good[1:])
        place.append(Idea("leave-one", "AGC004", "leave-one", (), Need.UNCLEAR, always, effect, keeper, looks))
    return [*place, *(leave(state, kin, at, needs[at] if at not in kin.failed else _FAILED, keeper) for at in gone)]


_FAILED = (Need.TODO, "AGC004")
