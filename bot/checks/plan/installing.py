"""The gateway to come, and the subnet for it."""

from dataclasses import replace

from bot.checks.clusters.doubts import USED
from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.controllers import controller_need
from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import Idea, always, has_pod_subnets, same, takes_gateway
from bot.checks.plan.places import PLACE, place_need
from bot.checks.plan.records import Need
from bot.checks.plan.state import State


def install_of(state: State) -> list[Idea]:
    """The gateway to come. One that exists is the goal itself."""
    if state.in_use:
        return [Idea("gateway", "AGC002", "install", (), Need.DONE, always, same)]
    if state.creates:
        return _created(state)
    maybe = next((at for at, gateway in enumerate(state.gateways) if gateway.exists is None), None)
    if has_pod_subnets(state):  # no other step speaks of subnets: this one takes none that may be another's
        maybe = None
    free = next(
        (at for at, gateway in enumerate(state.gateways) if gateway.exists is False and _is_free(state, at)), maybe
    )
    kubenet = state.network is Network.KUBENET
    need = Need.TODO if state.in_use is False else Need.UNCLEAR
    rule = "AGC011" if kubenet else "AGC002"
    looks = ("agcAssociations", "subnet")
    place = Idea(
        "free-subnet" if free is None else "free-subnet-there",
        "AGC004",
        "AGC004",
        (),
        need if free is None else Need.DONE,
        always,
        lambda state: replace(state, free=True),
        free,
        looks,
    )
    return [
        *([place] if maybe is None else []),  # else its own steps speak of its subnet
        Idea(
            "associate" if state.idle and state.in_use is False else "gateway",
            rule,
            "install-kubenet" if kubenet else "install",
            (),
            need,
            lambda state: (
                _is_ready(state)
                and (state.free or free is not None)
                and (maybe is None or place_need(state, maybe)[0] is Need.DONE)
            ),
            _with_new_gateway,
            free,
            looks,
        ),
    ]


def _created(state: State) -> list[Idea]:
    """The gateway that a plan creates, and its subnets: applied now, or after the upgrade."""
    sites = [at for at, gateway in enumerate(state.gateways) if gateway.created and gateway.exists is False]
    subnets = [
        Idea("free-subnet-there", "AGC004", "AGC004", (), Need.DONE, always, same, at)
        for at in sites
        if place_need(state.upgraded(), at)[0] is not Need.TODO and (state.gateways[at].pending or _is_free(state, at))
    ]
    if takes_gateway(state):
        return [*subnets, Idea("gateway-created", "AGC002", "install", (), Need.DONE, always, same)]
    kubenet = state.network is Network.KUBENET
    rule, quote = ("AGC011", "install-kubenet") if kubenet else ("AGC002", "install")
    return [
        *subnets,
        Idea("gateway-planned", rule, quote, (), Need.TODO, _is_ready, _with_new_gateway, sites[0] if sites else None),
    ]


def _is_free(state: State, at: int) -> bool:
    """A subnet without an association that the rules let pass, next to CNI Overlay; no link says that it is used."""
    after = state.upgraded()
    if any(doubt.code == USED for face in state.gateways[at].faces for doubt in face.doubts):
        return False
    return all(after.verdict(rule, at).status is Status.PASS for rule in PLACE)


def _is_ready(state: State) -> bool:
    return takes_gateway(state) and all(
        controller_need(state, controller) is Need.DONE for controller in state.controllers
    )


def _with_new_gateway(state: State) -> State:
    at = len(state.gateways)
    kept = tuple(gateway for gateway in state.gateways if gateway.exists)
    new = moved(Gateway("alb", None, (), True), at)
    return replace(state, gateways=(*kept, new))
