"""Which clusters AKS upgrades to CNI Overlay at all. This rule alone rests on another source than the others.

Source: Microsoft Learn, "Update Azure CNI IPAM mode and data plane technology" (formerly "Upgrade AKS IPAM modes and
dataplane technology"), edition of 2024-11-26, text as of August 2026:
https://learn.microsoft.com/azure/aks/update-azure-cni
"""

import re

from bot.checks.findings import Gap, Severity, Status, Verdict
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.catalog import rule
from bot.checks.rules.cluster_rules import PLANNED, PLUGIN, POLICY, POOLS, network_gap, network_seen, pool_seen
from bot.checks.spelling import stands_in

VERSION = "/aks/kubernetesVersion"
CURRENT_VERSION = "/aks/currentKubernetesVersion"
MINIMUM_VERSION = (1, 27)
TO_UNINSTALL = ("azure", "calico")  # the page says how; of Cilium it only says that IPAM and data plane are two updates
_MINOR = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:[.+-].*)?", re.ASCII)


@rule("AGC012", "upgrade-path", Severity.ERROR, "agc/upgrade#cni-to-overlay")
def upgrade_path(snapshot: Snapshot) -> Verdict:
    """A single reason against the upgrade fails it, whatever else is known; all must be known for a pass."""
    if snapshot.planned != "upgrade-to-overlay":
        return Verdict(Status.NOT_APPLICABLE, snapshot.planned, PLANNED)
    seen = network_seen(snapshot)
    if snapshot.network is Network.UNKNOWN:
        return Verdict(Status.UNKNOWN, seen, PLUGIN, network_gap(snapshot))
    if snapshot.network is Network.OVERLAY:
        return Verdict(Status.NOT_APPLICABLE, seen, PLUGIN)
    verdicts = [address_mode(snapshot), policy_engine(snapshot), kubernetes_version(snapshot)]
    for status in (Status.FAIL, Status.UNKNOWN, Status.PASS):
        decisive = [verdict for verdict in verdicts if verdict.status is status]
        if decisive:
            break
    if status is Status.UNKNOWN:
        return decisive[0]
    return Verdict(status, ", ".join(verdict.observed or "" for verdict in decisive), decisive[0].pointer)


def address_mode(snapshot: Snapshot) -> Verdict:
    """Only kubenet and Node Subnet lead to Overlay. A pool that does not mention its pod subnet may have one."""
    if snapshot.network is Network.KUBENET:
        return Verdict(Status.PASS, network_seen(snapshot), PLUGIN)
    pools = snapshot.aks.agent_pool_profiles
    if not pools:
        return Verdict(Status.UNKNOWN, None, POOLS)
    with_pod_subnet = [pool for pool in pools if pool.has_pod_subnet]
    if with_pod_subnet:
        return Verdict(Status.FAIL, ", ".join(pool_seen(pool) for pool in with_pod_subnet), POOLS)
    if any(stands_in(pool.pod_subnet_id or "") or "pod_subnet_id" not in pool.model_fields_set for pool in pools):
        return Verdict(Status.UNKNOWN, None, POOLS)
    return Verdict(Status.PASS, f"{network_seen(snapshot)} {', '.join(pool_seen(pool) for pool in pools)}", POOLS)


def policy_engine(snapshot: Snapshot) -> Verdict:
    """Whether a network policy engine is in the way."""
    profile = snapshot.profile
    policy = profile.network_policy
    if stands_in(policy or "") or "network_policy" not in profile.model_fields_set:
        return Verdict(Status.UNKNOWN, None, POLICY)
    seen = f"networkPolicy={policy or 'null'}"
    if policy in (None, "none"):
        return Verdict(Status.PASS, seen, POLICY)
    return Verdict(Status.FAIL if policy in TO_UNINSTALL else Status.UNKNOWN, seen, POLICY, Gap.SOURCE)


def kubernetes_version(snapshot: Snapshot) -> Verdict:
    """What runs counts; what was asked for stands in only where nothing else is given."""
    running, wanted = snapshot.aks.current_kubernetes_version, snapshot.aks.kubernetes_version
    pointer, text = (VERSION, wanted) if running is None else (CURRENT_VERSION, running)
    named = _MINOR.fullmatch(text or "")
    if text is None or named is None:
        return Verdict(Status.UNKNOWN, text, pointer)
    enough = (int(named[1]), int(named[2])) >= MINIMUM_VERSION
    return Verdict(Status.PASS if enough else Status.FAIL, f"Kubernetes {text}", pointer)
