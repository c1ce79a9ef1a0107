"""The moves of a gateway: to a subnet that is there, or that a step makes, or into another region."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import LOOKS, Idea, always
from bot.checks.plan.phases import ARRIVING, FAILED, SETTLED
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.replacing import changeover_to, replacement
from bot.checks.plan.sorting import Kin, Needs, Plots
from bot.checks.plan.state import State

ARRIVAL = "window-move"  # quoted: how long an association takes


def waits(state: State, kin: Kin) -> list[Idea]:
    """What is under way is waited for, and a gateway that failed as a whole is repaired, before anything is changed."""
    first = state.gateways[kin.at]
    ideas = []
    if first.unit.kind == FAILED:
        ideas.append(Idea("repair", "AGC005", "unknown-status", (), Need.TODO, always, _ready(kin), kin.at))
    if first.unit.kind == ARRIVING:
        ideas.append(Idea("arrive-gateway", "AGC004", ARRIVAL, (Mark.WAITS,), Need.TODO, always, _ready(kin), kin.at))
    for at in kin.going:
        ideas.append(Idea("gone", "AGC004", "unknown-status", (Mark.WAITS,), Need.TODO, always, without([at]), at))
    asked = () if kin.good or not first.managed else kin.coming  # the object has a step of its own
    for at in kin.every:
        gateway = state.gateways[at]
        if gateway.phase.kind == ARRIVING and at not in asked:
            ideas.append(arrive(at))
    return ideas


def arrive(at: int) -> Idea:
    """An association that is being made is none yet: if it fails, the other ones are still needed."""
    effect = lambda state: state.with_gateway(at, settled(state.gateways[at]))  # noqa: E731
    return Idea("arrive", "AGC004", ARRIVAL, (Mark.WAITS,), Need.TODO, always, effect, at)


def settled(gateway: Gateway) -> Gateway:
    """As it is when its association is there."""
    return replace(gateway, phase=SETTLED, requested=False)


def without(gone: Sequence[int]) -> Callable[[State], State]:
    """The effect of a step that ends some associations."""

    def effect(state: State) -> State:
        for at in gone:
            state = state.with_gateway(at, replace(moved(state.gateways[at], at), exists=False))
        return state

    return effect


def calm(kin: Kin) -> Callable[[State], bool]:
    """Whether nothing of a gateway is under way, and it works as a whole."""

    def holds(state: State) -> bool:
        every = [state.gateways[at] for at in kin.every]
        return not any(each.exists and (each.unit.kind or each.phase.kind == ARRIVING) for each in every)

    return holds


def _ready(kin: Kin) -> Callable[[State], State]:
    def effect(state: State) -> State:
        for at in kin.every:
            state = state.with_gateway(at, replace(state.gateways[at], unit=SETTLED))
        return state

    return effect


def leave(state: State, kin: Kin, at: int, need: tuple[Need, str], keeper: int) -> Idea:
    """Delete an association, once the one that the gateway keeps is there."""
    ready = calm(kin)
    return Idea(
        "leave",
        need[1],
        need[1],
        (Mark.DISRUPTIVE,),
        Need.UNCLEAR if need[0] is Need.UNCLEAR else Need.TODO,
        lambda state: state.window and ready(state) and state.gateways[keeper].settled,
        without([at]),
        at,
        LOOKS,
        notes=() if state.gateways[at].sure else ("owner", "owner-names"),
    )


def placed(state: State, kin: Kin, plots: Plots, rule: str, need: Need, again: int | None = None) -> list[Idea]:
    """The subnet of a move: one that is there, with the role that nobody sees, or a new one. `again`: on this one."""
    managed = state.gateways[kin.at].managed
    where, number = (state.gateways[again].site, 0) if again is not None else plots.subnet()
    roles = ("managed-role" if managed else "byo-role", "role-first")
    prepared = lambda state: state.with_gateway(kin.at, replace(state.gateways[kin.at], prepared=True))  # noqa: E731
    name = "subnet" if where is None else "role"
    notes = roles if where is None or again is not None else (*roles, "role-there")
    return [Idea(name, rule, rule, (), need, always, prepared, kin.at, LOOKS, notes=notes, subnet=where, number=number)]


def moves(state: State, kin: Kin, needs: Needs, plots: Plots) -> list[Idea]:
    """One move of the whole gateway: all of its associations go, and one comes."""
    at, gateway = kin.at, state.gateways[kin.at]
    again = kin.failed[0] if kin.failed else None
    rules = [needs[each] for each in (*kin.bad, *kin.failed, *kin.unclear)]
    rule = next((rule for _, rule in rules if rule == "AGC007"), rules[0][1])
    sure = (kin.bad or kin.failed) and not kin.unclear
    need = Need.TODO if sure else Need.UNCLEAR
    moving = need if gateway.exists else Need.UNCLEAR  # one that may be yet to come has nothing to move
    if rule == "AGC007" and need is Need.TODO and again is None:
        return replaced(state, kin, plots, rule, moving)
    (place,) = placed(state, kin, plots, rule, need, again)
    ready = calm(kin)
    gone = tuple(each for each in (*kin.failed, *kin.bad, *kin.unclear))
    out = again is not None and not kin.bad and not kin.unclear  # it is out of service: no window is waited for
    owner = () if gateway.sure or gateway.managed else ("owner", "owner-names")
    return [
        place,
        Idea(
            "again" if again is not None else "move-managed" if gateway.managed else "move",
            rule,
            "again" if again is not None else rule,
            () if out else (Mark.DISRUPTIVE,),
            moving,
            lambda state: (state.window or out) and state.gateways[at].prepared and ready(state),
            arrived(at, gone),
            at,
            LOOKS,
            notes=(*owner, *(("at-once", "out-of-service") if out else ())),
            among=gone,
            subnet=place.subnet,
            number=place.number,
        ),
    ]


def arrived(at: int, gone: Sequence[int]) -> Callable[[State], State]:
    """The effect of a move: one association on a good subnet, and none of the others."""

    def effect(state: State) -> State:
        state = without([each for each in gone if each != at])(state)
        return state.with_gateway(at, moved(state.gateways[at], at))

    return effect


def replaced(state: State, kin: Kin, plots: Plots, rule: str, need: Need) -> list[Idea]:
    """Another gateway takes the place of this one: one of the cluster that is there, or a new one."""
    at, gateway = kin.at, state.gateways[kin.at]
    ready = calm(kin)
    heir = plots.heir(gateway) if gateway.exists else None
    if heir is not None:
        return changeover_to(state, at, kin.every, rule, need, ready, heir)
    idle = plots.idle(gateway)
    (place,) = placed(state, kin, plots, rule, need)
    new = replace(place, heir=idle, nth=0 if idle else plots.gateway())
    return [place, *replacement(gateway, new, kin.every, need, ready)]
