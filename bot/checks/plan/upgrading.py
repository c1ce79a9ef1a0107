"""The upgrade to CNI Overlay, and what must be true before it."""

from collections.abc import Callable
from dataclasses import replace

from bot.checks.findings import Status, Verdict
from bot.checks.inventory.snapshot import Network, Pool, Snapshot
from bot.checks.plan.controllers import controller_need
from bot.checks.plan.idea import NEEDS, Idea, always, same
from bot.checks.plan.places import place_need
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State
from bot.checks.rules.upgrade_rules import address_mode, kubernetes_version, policy_engine


def window_of(upgrades: bool, pending: list[Idea]) -> Idea:
    """The time for everything that may disrupt traffic."""
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


def before_upgrade(state: State) -> list[Idea]:
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
            NEEDS[verdict.status],
            (lambda state: state.window) if marks else (lambda state: True),
            effect,
            looks_at=("aks",),
        )
        for name, verdict, marks, effect in asked
    ]


def upgrade_of(state: State, upgrades: bool) -> list[Idea]:
    """The step that cannot be undone, and the time that the controller takes to see it."""
    if not upgrades:
        done = state.network is Network.OVERLAY
        return [Idea("upgrade", "AGC002", "overlay", (), Need.DONE, always, same)] if done else []
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
                same,
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
    controller = state.in_use is False or all(controller_need(state, one) is Need.DONE for one in state.controllers)
    return (
        state.window
        and all(verdict.status is Status.PASS for verdict in asked)
        and all(place_need(after, at)[0] is Need.DONE for at in places)
        and controller
    )


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


def _snapshot(state: State) -> Snapshot:
    return Snapshot.model_construct(aks=state.aks)
