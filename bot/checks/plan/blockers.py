"""What no step leads around: then a plan says so, and has no steps."""

from dataclasses import dataclass

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

_OF_DOUBTS = {UNREAD: "unread", SKIPPED: "skipped", MAYBE: "maybe", DELETING: "deleting"}
_OF_DOUBTS |= {CONDITION: "condition", CUT: "cut-pools"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A blocker by the key of its words; `quote` by the key of a sentence of the site."""

    id: str
    rule: str
    quote: str
    observed: str | None


def stops(state: State, goal: str) -> list[Stop]:
    """Everything in the way, not only the first."""
    snapshot = Snapshot.model_construct(aks=state.aks, planned=None)
    # With CNI Overlay, no pool decides anything.
    pools_decide = state.network is not Network.OVERLAY
    doubts = [doubt for doubt in state.doubts if pools_decide or doubt.pointer != "/aks/agentPoolProfiles"]
    if doubts:
        kind = _OF_DOUBTS.get(doubts[0].code, "doubtful")
        return [Stop(kind, "AGC001", "unknown-status", doubts[0].seen)]
    if state.network is Network.UNKNOWN:
        lacks = network_gap(snapshot) is Gap.DATA
        return [Stop("no-data" if lacks else "own-cni", "AGC002", "supported", network_seen(snapshot))]
    pools = state.aks.agent_pool_profiles or []
    with_subnet = [pool_seen(pool) for pool in pools if pool.has_pod_subnet or pool.allocates_nowhere]
    if state.network is not Network.FLAT and with_subnet:  # pods of these networks have none
        return [Stop("contradiction", "AGC002", "unknown-status", ", ".join(with_subnet))]
    if state.network is Network.OVERLAY:
        return []
    if goal == AGC and state.network is Network.FLAT and cni_mode(snapshot).status is Status.PASS:
        return []  # supported as it is: nothing has to be upgraded
    blockers = []
    mode = address_mode(snapshot)
    if mode.status is Status.FAIL:
        blockers.append(Stop("pod-subnet", "AGC012", "no-pod-subnet", mode.observed))
    kinds = supported_pools(snapshot)
    if kinds.status is Status.FAIL:
        blockers.append(Stop("pools", "AGC012", "pools-unsupported", kinds.observed))
    version = kubernetes_version(snapshot)
    if version.status is Status.FAIL:
        blockers.append(Stop("version", "AGC012", "before-version", version.observed))
    policy = policy_engine(snapshot)
    if policy.status is Status.UNKNOWN and policy.observed is not None:
        blockers.append(Stop("policy", "AGC012", "policy-both", policy.observed))
    return blockers
