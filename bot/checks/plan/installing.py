"""The gateway to come, and the subnet for it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.checks.clusters.doubts import USED
from bot.checks.clusters.kin import place_of
from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.controllers import controller_need
from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import Idea, always, has_pod_subnets, same, takes_gateway
from bot.checks.plan.records import Need
from bot.checks.plan.sharing import PLACE, place_need
from bot.checks.plan.state import State


def lost_its_place(state: State) -> bool:
    """Whether a gateway has no association, next to nodes that it can serve before the upgrade: in a move, maybe."""
    return bool(state.idle) and state.in_use is False and state.network is Network.FLAT and not state.creates


def install_of(state: State, places: Sequence[Idea] = ()) -> list[Idea]:
    """The gateway to come, after the steps of `places`. One that exists is the goal itself."""
    if state.in_use:
        return [*_lost(state, places), Idea("gateway", "AGC002", "install", (), Need.DONE, always, same)]
    if state.creates:
        return _created(state)
    maybe = next((at for at, gateway in enumerate(state.gateways) if gateway.exists is None), None)
    if has_pod_subnets(state):  # no other step speaks of subnets: this one takes none that may be another's
        maybe = None
    free = next(
        (at for at, gateway in enumerate(state.gateways) if gateway.exists is False and _is_free(state, at)), maybe
    )
    kubenet = state.network is Network.KUBENET
    at_once = lost_its_place(state)
    spare = next(iter(state.spare), None) if free is None else None
    there = free is not None or spare is not None
    moved_to = next((place for place in places if place.at == maybe and place.id in ("subnet", "role")), None)
    need = Need.TODO if state.in_use is False else Need.UNCLEAR
    rule = "AGC011" if kubenet else "AGC002"
    looks = ("agcAssociations", "subnet")
    place = Idea(
        "free-subnet-there" if there else "free-subnet",
        "AGC004",
        "AGC004",
        (),
        Need.DONE if there else need,
        always,
        lambda state: replace(state, free=True),
        free,
        looks,
        subnet=spare,
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
                (at_once or _is_ready(state))
                and (state.free or there)
                and (maybe is None or place_need(state, maybe)[0] is Need.DONE)
            ),
            with_new_gateway,
            free,
            looks,
            subnet=spare or (moved_to.subnet if moved_to else None),
            number=moved_to.number if moved_to else 0,
            notes=("at-once", "out-of-service") if at_once else (),
        ),
    ]


def beside_own(state: State) -> tuple[str, ...]:
    """Gateways without an association in the resource group of one of this cluster: they may have lost theirs."""
    own = {place_of(gateway.owner) for gateway in state.gateways if gateway.exists and not gateway.foreign}
    return tuple(idle for idle in state.idle if place_of(idle) in own)


def idle_of(idea: Idea, state: State) -> tuple[str, ...]:
    """The gateways that a step may associate."""
    return beside_own(state) if idea.need is Need.UNCLEAR else state.idle


def _lost(state: State, places: Sequence[Idea]) -> list[Idea]:
    """A gateway that has lost its association beside others of the cluster: only readers know whose it is."""
    taken = {idea.subnet for idea in places} | {idea.heir for idea in places}
    if all(idle in taken for idle in beside_own(state)):
        return []
    spare = next((subnet for subnet in state.spare if subnet not in taken), None)
    number = sum(idea.id == "subnet" and idea.subnet is None for idea in places)
    looks = ("agcAssociations", "subnet")
    there = Idea("free-subnet-there", "AGC004", "AGC004", (), Need.DONE, always, same, subnet=spare)
    new = Idea("free-subnet", "AGC004", "AGC004", (), Need.UNCLEAR, always, same, None, looks, number=number)
    lost = Idea("associate", "AGC002", "install", (), Need.UNCLEAR, always, same, None, looks)
    return [
        there if spare else new,
        replace(lost, subnet=spare, number=number, notes=("at-once", "out-of-service")),
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
        Idea("gateway-planned", rule, quote, (), Need.TODO, _is_ready, with_new_gateway, sites[0] if sites else None),
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


def with_new_gateway(state: State) -> State:
    """With the gateway to come on a subnet of its own."""
    at = len(state.gateways)
    kept = tuple(gateway for gateway in state.gateways if gateway.exists)
    new = moved(Gateway("alb", None, (), True), at)
    return replace(state, gateways=(*kept, new))
