"""What no step leads around: then a plan says so, and has no steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.doubts import CONDITION, CUT
from bot.checks.clusters.states import DELETING
from bot.checks.findings import Gap, Status
from bot.checks.inventory.inventory import MAYBE, SKIPPED, UNREAD
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.plan.records import AGC
from bot.checks.plan.state import State
from bot.checks.rules.cluster_rules import cni_mode, network_gap, network_seen, pool_seen
from bot.checks.rules.pool_conditions import supported_pools
from bot.checks.rules.upgrade_conditions import address_mode, kubernetes_version, policy_engine
from bot.checks.spelling import AFTER_APPLY, stands_in

_OF_DOUBTS = {UNREAD: "unread", SKIPPED: "skipped", MAYBE: "maybe", DELETING: "deleting"}
_OF_DOUBTS |= {CONDITION: "condition", CUT: "cut-pools"}
_CONDITIONS = (  # of the upgrade, that no step makes true: the blocker, what is quoted, and what judges
    ("pod-subnet", "no-pod-subnet", address_mode),
    ("pools", "pools-unsupported", supported_pools),
    ("version", "before-version", kubernetes_version),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A blocker by the key of its words; `quote` by the key of a sentence of the site."""

    id: str
    rule: str
    quote: str
    observed: str | None


def stops(state: State, goal: str) -> list[Stop]:
    """Everything in the way, not only the first; what is not known of the cluster itself stands alone."""
    snapshot = Snapshot.model_construct(aks=state.aks, planned=None)
    basic = _in_doubt(state) or _of_unknown_network(state, snapshot) or _contradicted(state) or _waiting(state)
    if basic is not None:
        return [basic]
    return [] if _stays_as_it_is(state, snapshot, goal) else list(_of_upgrade(snapshot))


def remade(case: Case) -> Stop | None:
    """A Terraform plan that replaces the cluster: its data are those of another one, so that this stands alone."""
    anew = (item.name for view in case.views for item in view.statements if item.remade)
    return Stop("remade", "AGC001", "remade", f"{next(anew)} (delete, create)") if case.fate == "replaced" else None


def _in_doubt(state: State) -> Stop | None:
    """What the input does not decide about the cluster; with CNI Overlay, no pool decides anything."""
    pools_decide = state.network is not Network.OVERLAY
    doubts = (doubt for doubt in state.doubts if pools_decide or doubt.pointer != "/aks/agentPoolProfiles")
    blockers = (
        Stop(_OF_DOUBTS.get(doubt.code, "doubtful"), "AGC001", "unknown-status", doubt.seen) for doubt in doubts
    )
    return next(blockers, None)


def _of_unknown_network(state: State, snapshot: Snapshot) -> Stop | None:
    if state.network is not Network.UNKNOWN:
        return None
    lacks = network_gap(snapshot) is Gap.DATA
    return Stop("no-data" if lacks else "own-cni", "AGC002", "supported", network_seen(snapshot))


def _contradicted(state: State) -> Stop | None:
    """Pools with a pod subnet, in a network whose pods have none."""
    pools = state.aks.agent_pool_profiles or []
    with_subnet = [pool_seen(pool) for pool in pools if pool.has_pod_subnet or pool.allocates_nowhere]
    if state.network is Network.FLAT or not with_subnet:
        return None
    return Stop("contradiction", "AGC002", "unknown-status", ", ".join(with_subnet))


def _waiting(state: State) -> Stop | None:
    """A text that stands where nothing can be: it may stand for what makes another network of this one."""
    profile, pools = state.aks.network_profile, state.aks.agent_pool_profiles or []
    seen = None
    if state.network is Network.KUBENET and profile and stands_in(profile.network_plugin_mode or ""):
        seen = network_seen(Snapshot.model_construct(aks=state.aks))
    if state.network is Network.OVERLAY:
        seen = ", ".join(pool_seen(pool) for pool in pools if pool.pod_subnet_id not in (None, AFTER_APPLY))
    return Stop("doubtful", "AGC002", "unknown-status", seen) if seen else None


def _stays_as_it_is(state: State, snapshot: Snapshot, goal: str) -> bool:
    """Whether nothing has to be upgraded."""
    supported = goal == AGC and state.network is Network.FLAT and cni_mode(snapshot).status is Status.PASS
    return state.network is Network.OVERLAY or supported


def _of_upgrade(snapshot: Snapshot) -> Iterator[Stop]:
    """Conditions of the upgrade that do not hold; of a policy engine, a step finds out what is not known."""
    for key, quote, condition in _CONDITIONS:
        verdict = condition(snapshot)
        if verdict.status is Status.FAIL:
            yield Stop(key, "AGC012", quote, verdict.observed)
    policy = policy_engine(snapshot)
    if policy.status is Status.UNKNOWN and policy.observed is not None:
        silent = policy.gap is Gap.SOURCE
        names = ("policy", "policy-both") if silent else ("doubtful", "unknown-status")
        yield Stop(names[0], "AGC012", names[1], policy.observed)
