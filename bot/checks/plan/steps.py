"""The steps as data: when each is needed, what must come before it, and what it makes of the cluster."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.checks.findings import Status, Verdict
from bot.checks.gateway_rules import version
from bot.checks.plan.records import AGC, Mark, Need
from bot.checks.plan.state import Gateway, State, moved
from bot.checks.snapshot import AlbController, Network, Pool, Snapshot
from bot.checks.upgrade_rules import address_mode, kubernetes_version, policy_engine

PLACE = ("AGC004", "AGC006", "AGC007")  # what a gateway's subnet must be by itself
_NEEDS = {Status.PASS: Need.DONE, Status.FAIL: Need.TODO, Status.UNKNOWN: Need.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Idea:
    """A step of any plan. `at` is the gateway that it is about."""

    id: str
    rule: str
    quote: str
    marks: tuple[Mark, ...]
    need: Need
    requires: Callable[[State], bool]
    effect: Callable[[State], State]
    at: int | None = None
    looks_at: tuple[str, ...] = ()  # keys of the snapshot that tell whether an unclear step is to be taken
    notes: tuple[str, ...] = ()  # beside those of every such step


def ideas(state: State, goal: str) -> list[Idea]:
    """All steps that concern this cluster, in the order in which they are thought of."""
    upgrades = state.network is not Network.OVERLAY and (goal != AGC or not _has_pod_subnets(state))
    before = _before_upgrade(state) if upgrades else []
    places = [one for at in range(len(state.gateways)) for one in _place(state, at)]
    found = [*before, *_controller(state, goal), *(places if upgrades or state.network is Network.OVERLAY else [])]
    # What is done, or does not disrupt anything, comes before the window.
    ready = [one for one in found if Mark.DISRUPTIVE not in one.marks or one.need is Need.DONE]
    # Policies are not enforced from their step on: it comes right before the upgrade.
    within = [one for one in [*places, *before] if one in found and one not in ready]
    within += _upgrade(state, upgrades)
    pending = [one for one in within if Mark.DISRUPTIVE in one.marks and one.need is not Need.DONE]
    window = [_window(upgrades, pending)] if pending else []
    return [*ready, *window, *within, *(_install(state) if goal == AGC else [])]


def _has_pod_subnets(state: State) -> bool:
    pools = state.aks.agent_pool_profiles
    return state.network is Network.FLAT and bool(pools) and all(pool.has_pod_subnet for pool in pools or [])


def _snapshot(state: State) -> Snapshot:
    return Snapshot.model_construct(aks=state.aks)


def _window(upgrades: bool, pending: list[Idea]) -> Idea:
    certain = any(one.need is Need.TODO for one in pending)
    return Idea(
        "window",
        "AGC010" if upgrades else pending[0].rule,
        "window" if upgrades else "window-move",
        (Mark.WAITS,),
        Need.TODO if certain else Need.UNCLEAR,
        lambda state: True,
        lambda state: replace(state, window=True),
    )


def _before_upgrade(state: State) -> list[Idea]:
    """What the other Microsoft document asks of a cluster."""
    snapshot = _snapshot(state)
    asked: list[tuple[str, Verdict, tuple[Mark, ...], Callable[[State], State]]] = [
        ("version", kubernetes_version(snapshot), (), _with_version),
        ("policy", policy_engine(snapshot), (Mark.DISRUPTIVE,), _without_policy),
    ]
    if state.network is Network.FLAT:
        asked.insert(1, ("pools", address_mode(snapshot), (), _without_pod_subnets))
    return [
        Idea(
            name,
            "AGC012",
            f"before-{name}",
            marks,
            _NEEDS[verdict.status],
            (lambda state: state.window) if marks else (lambda state: True),
            effect,
            looks_at=("aks",),
        )
        for name, verdict, marks, effect in asked
    ]


def _controller(state: State, goal: str) -> list[Idea]:
    """For gateways that there are, and for the one to come; none where there is none and none is to come."""
    known = any(one is not None for one in state.controllers)
    if goal != AGC and state.in_use is False and not known:
        return []
    name = "controller" if known else "controller-install" if goal == AGC else "controller-missing"
    if known and _has_pod_subnets(state) and goal == AGC:
        name = "controller-there"  # the source asks for a version only with CNI Overlay
    needs = [_controller_need(state, controller) for controller in state.controllers]
    need = next(one for one in (Need.TODO, Need.UNCLEAR, Need.DONE) if one in needs)
    return [
        Idea(
            name,
            "AGC003",
            "controller",
            (),
            need,
            # It belongs to Application Gateway for Containers, which is not installed next to kubenet.
            lambda state: state.network is not Network.KUBENET or state.in_use is not False or known,
            lambda state: replace(state, controllers=(AlbController.model_construct(version="1.7.9"),)),
            looks_at=("albController",),
        )
    ]


def _controller_need(state: State, controller: AlbController | None) -> Need:
    after = state.upgraded() if not _has_pod_subnets(state) else state
    if after.network is not Network.OVERLAY:  # no version is asked for
        return Need.DONE if controller is not None and controller.version else Need.UNCLEAR
    judged = version(Snapshot.model_construct(aks=after.aks, alb_controller=controller, planned=None))
    return _NEEDS[judged.status]


def _place(state: State, at: int) -> list[Idea]:
    """A gateway's subnet: a /24 of its own in the network of the nodes."""
    gateway = state.gateways[at]
    if gateway.exists is False:
        return []
    need, rule = place_need(state.upgraded(), at)
    if need is Need.DONE:
        return [Idea("place", "AGC004", "AGC004", (), need, _always, _same, at)]
    other = Need.TODO if need is Need.TODO else Need.UNCLEAR
    looks = ("subnet", "agcAssociations", "vnets")
    anew = rule == "AGC007" and need is Need.TODO
    return [
        Idea("subnet", rule, rule, (), other, _always, lambda state: _prepared(state, at), at, looks),
        Idea(
            "replace" if anew else "move-managed" if gateway.managed else "move",
            rule,
            rule,
            (Mark.DISRUPTIVE,),
            other,
            lambda state: state.window and state.gateways[at].prepared,
            lambda state: state.with_gateway(at, moved(state.gateways[at], at)),
            at,
            looks,
        ),
    ]


def place_need(state: State, at: int) -> tuple[Need, str]:
    """Whether a gateway has to move, and the rule that says so. Of several on one subnet the first one stays."""
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
    return next(number for number, one in enumerate(state.gateways) if one.site == site and one.exists) == at


def _upgrade(state: State, upgrades: bool) -> list[Idea]:
    if not upgrades:
        done = state.network is Network.OVERLAY
        return [Idea("upgrade", "AGC002", "overlay", (), Need.DONE, _always, _same)] if done else []
    kubenet = state.network is Network.KUBENET
    found = [
        Idea(
            "upgrade",
            "AGC001" if kubenet else "AGC012",
            "kubenet" if kubenet else "flat-without" if state.in_use is False else "flat",
            (Mark.IRREVERSIBLE, Mark.DISRUPTIVE),
            Need.TODO,
            ready_to_upgrade,
            State.upgraded,
            notes=("routes",) if kubenet else (),
        )
    ]
    if state.in_use is not False:
        need = Need.TODO if state.in_use else Need.UNCLEAR
        found.append(
            Idea(
                "detect",
                "AGC010",
                "detection",
                (Mark.WAITS,),
                need,
                lambda state: state.network is Network.OVERLAY,
                _same,
                looks_at=("agcAssociations",),
            )
        )
    return found


def ready_to_upgrade(state: State) -> bool:
    """Everything that is to be true before the step that cannot be undone."""
    snapshot = _snapshot(state)
    asked = (address_mode(snapshot), policy_engine(snapshot), kubernetes_version(snapshot))
    places = [at for at, one in enumerate(state.gateways) if one.exists is not False]
    after = state.upgraded()
    controller = state.in_use is False or all(_controller_need(state, one) is Need.DONE for one in state.controllers)
    return (
        state.window
        and all(verdict.status is Status.PASS for verdict in asked)
        and all(place_need(after, at)[0] is Need.DONE for at in places)
        and controller
    )


def _install(state: State) -> list[Idea]:
    """The gateway to come. One that exists is the goal itself."""
    if state.in_use:
        return [Idea("gateway", "AGC002", "install", (), Need.DONE, _always, _same)]
    maybe = next((at for at, one in enumerate(state.gateways) if one.exists is None), None)
    free = next((at for at, one in enumerate(state.gateways) if one.exists is False and _is_free(state, at)), maybe)
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
        _always,
        lambda state: replace(state, free=True),
        free,
        looks,
    )
    return [
        *([place] if maybe is None else []),  # else its own steps speak of its subnet
        Idea(
            "gateway",
            rule,
            "install-kubenet" if kubenet else "install",
            (),
            need,
            lambda state: (
                _takes_gateway(state)
                and (state.free or free is not None)
                and (maybe is None or _has_pod_subnets(state) or place_need(state, maybe)[0] is Need.DONE)
            ),
            _with_new_gateway,
            free,
            looks,
        ),
    ]


def _is_free(state: State, at: int) -> bool:
    """A subnet without an association that the rules let pass, next to CNI Overlay."""
    after = state.upgraded()
    return all(after.verdict(rule, at).status is Status.PASS for rule in PLACE)


def _takes_gateway(state: State) -> bool:
    supported = state.network is Network.OVERLAY or _has_pod_subnets(state)
    return supported and all(_controller_need(state, one) is Need.DONE for one in state.controllers)


def _with_new_gateway(state: State) -> State:
    at = len(state.gateways)
    kept = tuple(one for one in state.gateways if one.exists)
    new = moved(Gateway("alb", None, (), True), at)
    return replace(state, gateways=(*kept, new))


def _prepared(state: State, at: int) -> State:
    return state.with_gateway(at, replace(state.gateways[at], prepared=True))


def _with_version(state: State) -> State:
    return replace(state, aks=state.aks.model_copy(update={"current_kubernetes_version": "1.27"}))


def _without_policy(state: State) -> State:
    profile = state.aks.network_profile
    changed = profile and profile.model_construct(**{**dict(profile), "network_policy": "none"})
    return replace(state, aks=state.aks.model_copy(update={"network_profile": changed}))


def _without_pod_subnets(state: State) -> State:
    pools = state.aks.agent_pool_profiles or [Pool(name="?")]
    known = [Pool.model_construct(**{**dict(pool), "pod_subnet_id": None}) for pool in pools]
    return replace(state, aks=state.aks.model_copy(update={"agent_pool_profiles": known}))


def _always(state: State) -> bool:
    return True


def _same(state: State) -> State:
    return state
