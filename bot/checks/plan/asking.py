"""Gateways that ALB Controller manages: it makes and removes their associations as their objects ask for them."""

from collections.abc import Callable
from dataclasses import replace

from bot.checks.inventory.snapshot import Network
from bot.checks.plan.idea import LOOKS, Idea, always, same
from bot.checks.plan.moving import arrive, calm, replaced, settled, without
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.sorting import Kin, Needs, Plots
from bot.checks.plan.state import State


def keeps_asking(state: State, kin: Kin, needs: Needs) -> list[Idea]:
    """A gateway that has, or is to have, an association on a good subnet: the object asks for that one alone."""
    balancer = state.gateways[kin.at].balancer
    keeper = _keeper(state, kin)
    gateway = state.gateways[keeper]
    rest = tuple(at for at in kin.every if at != keeper and at not in kin.going)
    place = [Idea("place", "AGC004", "AGC004", (), Need.DONE, always, same, keeper)] if keeper in kin.good else []
    sure = [at for at in rest if at not in kin.unclear]
    need, rule = needs.get((sure or rest or (keeper,))[0], (Need.TODO, "AGC004"))
    need = Need.TODO if sure else Need.UNCLEAR
    if balancer is None:
        if not rest:
            return [*place, *([] if place else [arrive(keeper)])]
        looks = Idea("leave-asked", rule, rule, (), Need.UNCLEAR, always, without(rest), rest[0])
        return [*place, *([] if place else [arrive(keeper)]), looks]
    if balancer.asked == {gateway.site}:
        if not place:
            return [_arrives(state, kin, keeper, rest, needs)]
        return [
            *place,
            *(
                Idea("leave-managed", needs[at][1], needs[at][1], (Mark.WAITS,), Need.TODO, always, without([at]), at)
                for at in rest
            ),
        ]
    if not rest and gateway.site in balancer.asked:
        return place or [_arrives(state, kin, keeper, rest, needs)]
    if not rest:
        rest, need, rule = (), Need.TODO, "AGC004"
    wait = [] if place else [arrive(at) for at in kin.coming if not state.gateways[at].requested]
    ready = calm(kin)
    patch = Idea(
        "ask-one",
        rule,
        rule,
        (Mark.DISRUPTIVE,),
        need,
        lambda state: state.window and ready(state),
        _kept(keeper, rest),
        keeper,
        LOOKS,
        among=rest,
        subnet=gateway.site,
    )
    return [*place, *wait, patch]


def _keeper(state: State, kin: Kin) -> int:
    """Of several associations on good subnets, the one that the object asks for."""
    every = (*kin.good, *kin.coming)
    balancer = state.gateways[kin.at].balancer
    asked = balancer.asked if balancer else frozenset()
    return next((at for at in every if {state.gateways[at].site} == asked), every[0])


def _arrives(state: State, kin: Kin, keeper: int, rest: tuple[int, ...], needs: Needs) -> Idea:
    """Nothing but wait until the controller has made what the object asks for alone."""
    need = Need.UNCLEAR if needs[keeper][0] is Need.UNCLEAR else Need.TODO
    out = not any(not state.gateways[at].requested for at in kin.every if at != keeper)
    named = rest[0] if rest else keeper
    rule = needs[named][1] if rest else "AGC004"
    return Idea(
        "arrive-managed",
        rule,
        rule,
        (Mark.WAITS,),
        need,
        always,
        _kept(keeper, rest),
        keeper,
        LOOKS,
        notes=("out-of-service",) if out else (),
    )


def _kept(keeper: int, rest: tuple[int, ...]) -> Callable[[State], State]:
    def effect(state: State) -> State:
        state = without(rest)(state)
        return state.with_gateway(keeper, settled(state.gateways[keeper]))

    return effect


def asks(state: State, kin: Kin, needs: Needs, plots: Plots) -> list[Idea]:
    """The new association of an object failed: the old one comes back, and another gateway is made (AGC004)."""
    at, gateway = kin.at, state.gateways[kin.at]
    balancer = gateway.balancer
    rule = next((needs[each][1] for each in (*kin.bad, *kin.unclear, *kin.failed)), "AGC004")
    if balancer is None:
        looks = Idea("failed-asked", rule, rule, (), Need.UNCLEAR, always, _kept(kin.failed[0], ()), at)
        return [looks]
    sites = {state.gateways[each].site for each in (*kin.bad, *kin.unclear)}
    worked = state.network is not Network.OVERLAY
    back = []
    if sites and worked and not balancer.asked & sites:
        old = state.gateways[(*kin.bad, *kin.unclear)[0]]
        back = [
            Idea(
                "back-managed",
                rule,
                "back",
                (Mark.DISRUPTIVE,),
                Need.TODO,
                always,
                lambda state: state.with_gateway(at, replace(state.gateways[at], prepared=False)),
                at,
                subnet=old.site,
            )
        ]
    return [*back, *replaced(state, kin, plots, rule, Need.TODO)]
