"""A network policy engine is in the way of the upgrade: it is taken away for it, and an engine comes back after it."""

from dataclasses import replace

from bot.checks.inventory.snapshot import Network
from bot.checks.plan.idea import Idea
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State
from bot.checks.rules.upgrade_conditions import TO_UNINSTALL

UNINSTALL = "policy"


def engine_of(state: State) -> str | None:
    """The engine that the upgrade does not go with; None where there is none, or nobody knows."""
    policy = state.aks.network_profile.network_policy if state.aks.network_profile else None
    return policy if policy in TO_UNINSTALL else None


def has_windows(state: State) -> bool:
    """Whether a pool runs Windows, on which not every engine is supported."""
    return any(pool.os_type == "windows" for pool in state.aks.agent_pool_profiles or [])


def without_engine(state: State) -> State:
    """With no engine that enforces policies."""
    return _with_engine(state, "none")


def engine_again(state: State, before: list[Idea]) -> list[Idea]:
    """An engine, where a step before the upgrade uninstalls one: the policies are not enforced until then."""
    uninstalls = next((idea for idea in before if idea.id == UNINSTALL and idea.need is not Need.DONE), None)
    if uninstalls is None:
        return []
    engine = engine_of(state)
    delayed = ("policy-calico",) if state.network is Network.KUBENET else ()
    return [
        Idea(
            "policy-again",
            "AGC012",
            "policy-again",
            (Mark.DISRUPTIVE,),
            uninstalls.need,
            lambda state: state.window and state.network is Network.OVERLAY,
            lambda state: _with_engine(state, engine) if engine else state,
            looks_at=uninstalls.looks_at,
            notes=delayed,
        )
    ]


def _with_engine(state: State, engine: str) -> State:
    profile = state.aks.network_profile
    changed = profile and profile.model_construct(**{**dict(profile), "network_policy": engine})
    return replace(state, aks=state.aks.model_copy(update={"network_profile": changed}))
