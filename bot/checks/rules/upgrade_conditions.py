"""What Microsoft's document asks of a cluster that is to become CNI Overlay, as far as documents show it.

Source: see `upgrade_rules`. Each condition is a verdict of its own; one that concerns no part of a cluster passes
without a word.
"""

import re

from bot.checks.findings import Doubt, Gap, Status, Verdict
from bot.checks.inventory.cluster import NetworkProfile, Pool
from bot.checks.inventory.ranges import is_range, overlapping
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.cluster_rules import PLUGIN, POLICY, POOLS, network_seen, pool_seen
from bot.checks.rules.pool_conditions import supported_pools, windows_build
from bot.checks.spelling import stands_in

VERSION = "/aks/kubernetesVersion"
CURRENT_VERSION = "/aks/currentKubernetesVersion"
IDENTITY = "/aks/identity/type"
DATAPLANE = "/aks/networkProfile/networkDataplane"
RANGES = "/podCidr"
MASQ_AGENT = "/masqAgent"
MINIMUM_VERSION = (1, 27)
TO_UNINSTALL = ("azure", "calico")  # the page says how; of Cilium it only says that IPAM and data plane are two updates
_MINOR = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:[.+-].*)?", re.ASCII)


def conditions(snapshot: Snapshot) -> list[Verdict]:
    """Every condition that is to be met before the command, in this order."""
    return [
        address_mode(snapshot),
        policy_engine(snapshot),
        kubernetes_version(snapshot),
        managed_identity(snapshot),
        windows_build(snapshot),
        supported_pools(snapshot),
        one_operation(snapshot),
        added_engine(snapshot),
        pod_ranges(snapshot),
        masq_agent(snapshot),
    ]


def address_mode(snapshot: Snapshot) -> Verdict:
    """Only kubenet and Node Subnet lead to Overlay. A pool that does not mention its pod subnet may have one."""
    if snapshot.network is Network.KUBENET:
        return _kubenet_mode(snapshot)
    pools = snapshot.aks.agent_pool_profiles
    if not pools:
        return Verdict(Status.UNKNOWN, None, POOLS)
    with_pod_subnet = [pool for pool in pools if pool.has_pod_subnet]
    if with_pod_subnet:
        return Verdict(Status.FAIL, ", ".join(pool_seen(pool) for pool in with_pod_subnet), POOLS)
    if contradicting := ", ".join(pool_seen(pool) for pool in pools if pool.allocates_nowhere):
        doubt = Doubt("pool-contradiction", contradicting, POOLS)
        return Verdict(Status.UNKNOWN, contradicting, POOLS, Gap.DATA, doubt)
    if any(stands_in(pool.pod_subnet_id or "") or "pod_subnet_id" not in pool.model_fields_set for pool in pools):
        return Verdict(Status.UNKNOWN, None, POOLS)
    return Verdict(Status.PASS, f"{network_seen(snapshot)} {', '.join(pool_seen(pool) for pool in pools)}", POOLS)


def _kubenet_mode(snapshot: Snapshot) -> Verdict:
    """Pods of kubenet have no subnet: data that name one contradict each other."""
    pools = snapshot.aks.agent_pool_profiles or []
    given = [pool for pool in pools if pool.pod_subnet_id is not None or pool.allocates_nowhere]
    if not given and stands_in(snapshot.profile.network_plugin_mode or ""):  # a mode would be that of another plugin
        return Verdict(Status.UNKNOWN, network_seen(snapshot), PLUGIN)
    if not given:
        return Verdict(Status.PASS, network_seen(snapshot), PLUGIN)
    seen = ", ".join(pool_seen(pool) for pool in given)
    doubt = None
    if any(pool.has_pod_subnet for pool in given):
        doubt = Doubt("kubenet-pod-subnets", seen, POOLS)
    elif any(pool.allocates_nowhere for pool in given):
        doubt = Doubt("pool-contradiction", seen, POOLS)
    return Verdict(Status.UNKNOWN, f"{network_seen(snapshot)} {seen}", POOLS, Gap.DATA, doubt)


def policy_engine(snapshot: Snapshot) -> Verdict:
    """Whether a network policy engine is in the way."""
    profile = snapshot.profile
    policy = profile.network_policy
    if stands_in(policy or "") or "network_policy" not in profile.model_fields_set:
        return Verdict(Status.UNKNOWN, None, POLICY)
    seen = f"networkPolicy={policy or 'null'}"
    if policy in (None, "none"):
        return _dataplane_engine(profile.network_dataplane, seen)
    return Verdict(Status.FAIL if policy in TO_UNINSTALL else Status.UNKNOWN, seen, POLICY, Gap.SOURCE)


def _dataplane_engine(dataplane: str | None, seen: str) -> Verdict:
    """The data plane of Azure has no policy engine. Cilium is one, of which the page says both; others may be one."""
    if dataplane in (None, "azure"):
        return Verdict(Status.PASS, seen, POLICY)
    seen = f"{seen} networkDataplane={dataplane}"
    if stands_in(dataplane):
        return Verdict(Status.UNKNOWN, seen, DATAPLANE)
    return Verdict(Status.UNKNOWN, seen, POLICY, Gap.SOURCE)


def kubernetes_version(snapshot: Snapshot) -> Verdict:
    """What runs counts; what was asked for stands in only where nothing else is given. A pool may lag behind."""
    running, wanted = snapshot.aks.current_kubernetes_version, snapshot.aks.kubernetes_version
    pointer, text = (VERSION, wanted) if running is None else (CURRENT_VERSION, running)
    old = [f"{pool.name or '?'}: {its}" for pool in snapshot.aks.agent_pool_profiles or [] if (its := _old_of(pool))]
    enough = _enough(text)
    if old and enough is not False:
        return Verdict(Status.FAIL, f"Kubernetes {', '.join(old)}", POOLS)
    if enough is None:
        return Verdict(Status.UNKNOWN, text, pointer)
    pools = [(pool, _version_of(pool)) for pool in snapshot.aks.agent_pool_profiles or []]
    odd = [f"{pool.name or '?'}: {its}" for pool, its in pools if its is not None and _enough(its) is None]
    if enough and odd:
        return Verdict(Status.UNKNOWN, f"Kubernetes {', '.join(odd)}", POOLS)
    return Verdict(Status.PASS if enough else Status.FAIL, f"Kubernetes {text}", pointer)


def _version_of(pool: Pool) -> str | None:
    return pool.current_orchestrator_version or pool.orchestrator_version


def _old_of(pool: Pool) -> str | None:
    """The version of a pool, if it is too old."""
    text = _version_of(pool)
    return text if _enough(text) is False else None


def _enough(text: str | None) -> bool | None:
    named = _MINOR.fullmatch(text or "")
    return None if named is None else (int(named[1]), int(named[2])) >= MINIMUM_VERSION


def managed_identity(snapshot: Snapshot) -> Verdict:
    """The route table of kubenet is only detached by a user-assigned identity. Null is a service principal."""
    if snapshot.network is not Network.KUBENET:
        return Verdict(Status.PASS, None, IDENTITY)
    identity = snapshot.aks.identity
    if identity is None:
        known = "identity" in snapshot.aks.model_fields_set
        return Verdict(Status.FAIL if known else Status.UNKNOWN, "identity=null" if known else None, "/aks/identity")
    if identity.type is None:
        return Verdict(Status.UNKNOWN, None, IDENTITY)
    kinds = {kind.strip() for kind in identity.type.split(",")}
    status = Status.PASS if kinds == {"userassigned"} else Status.UNKNOWN
    if kinds <= {"systemassigned", "none"}:
        status = Status.FAIL
    return Verdict(status, f"identity={identity.type}", IDENTITY)


def one_operation(snapshot: Snapshot) -> Verdict:
    """IPAM mode and data plane are not updated in a single operation."""
    now, then = snapshot.profile.network_dataplane, _target(snapshot).network_dataplane
    if then is None or then == now or (now is None and then == "azure"):
        return Verdict(Status.PASS, None, DATAPLANE)
    open_yet = stands_in(then) or now is None or stands_in(now)
    seen = f"networkDataplane={now or '?'} -> {then}"
    return Verdict(Status.UNKNOWN if open_yet else Status.FAIL, seen, DATAPLANE)


def added_engine(snapshot: Snapshot) -> Verdict:
    """A policy engine that comes with the upgrade: of this the page says nothing; it wants none before."""
    target = _target(snapshot)
    now, then = (profile.network_policy or "none" for profile in (snapshot.profile, target))
    if "network_policy" not in target.model_fields_set or then in (now, "none"):
        return Verdict(Status.PASS, None, POLICY)
    gap = Gap.DATA if stands_in(then) else Gap.SOURCE
    return Verdict(Status.UNKNOWN, f"networkPolicy={now} -> {then}", POLICY, gap)


def pod_ranges(snapshot: Snapshot) -> Verdict:
    """The range that a plan gives to the pods overlaps neither the nodes' network nor the services.

    What is no range may overlap anything, and any new one a network whose addresses nobody tells.
    """
    target = _target(snapshot)
    taken = (*snapshot.upgrade.node_ranges, *target.service_ranges, *snapshot.profile.service_ranges)
    hit = overlapping(target.pod_ranges, dict.fromkeys(taken))
    if not hit and (unread := target.unread_pod_range):
        return Verdict(Status.UNKNOWN, f"podCidr={unread}", RANGES)
    if not hit and target.pod_ranges and (waits := _waiting_range(snapshot)):
        return Verdict(Status.UNKNOWN, f"podCidr={', '.join(target.pod_ranges)} {waits}", RANGES)
    if not hit and not snapshot.upgrade.network_known and set(target.pod_ranges) - set(snapshot.profile.pod_ranges):
        seen = f"podCidr={', '.join(target.pod_ranges)}"
        return Verdict(Status.UNKNOWN, seen, RANGES, Gap.DATA, Doubt("unknown-space", seen, RANGES))
    if not hit:
        return Verdict(Status.PASS, None, RANGES)
    return Verdict(Status.FAIL, f"podCidr={', '.join(target.pod_ranges)} overlaps {', '.join(hit)}", RANGES)


def kept_range(snapshot: Snapshot) -> Verdict:
    """The range of the pods that kubenet keeps overlaps nothing known, unless the command gives another one.

    No input shows the command: this stays open until the upgrade. That a kept range counts is an inference.
    """
    keeps = snapshot.network is Network.KUBENET and not _target(snapshot).pod_ranges
    kept = snapshot.profile.pod_ranges if keeps else ()
    hit = overlapping(kept, dict.fromkeys((*snapshot.upgrade.node_ranges, *snapshot.profile.service_ranges)))
    if not hit:
        return Verdict(Status.PASS, None, RANGES)
    seen = f"podCidr={', '.join(kept)} overlaps {', '.join(hit)}"
    return Verdict(Status.UNKNOWN, seen, RANGES, Gap.DATA, Doubt("kept-range", seen, RANGES))


def _waiting_range(snapshot: Snapshot) -> str | None:
    """A range that must not be overlapped, and that nobody knows yet."""
    services = (profile.unread_service_range for profile in (_target(snapshot), snapshot.profile))
    ranges = [
        ("serviceCidr", services),
        ("addressSpace", (text for text in snapshot.upgrade.node_ranges if not is_range(text))),
    ]
    return next((f"{name}={text}" for name, texts in ranges for text in texts if text), None)


def masq_agent(snapshot: Snapshot) -> Verdict:
    """A ConfigMap that may be left over is to be deleted first; whether it is on purpose nobody can read in it."""
    config = snapshot.upgrade.masq_agent
    if config is None:
        return Verdict(Status.PASS, None, MASQ_AGENT)
    return Verdict(Status.UNKNOWN, config, MASQ_AGENT, Gap.DATA, Doubt("masq-agent", config, MASQ_AGENT))


def _target(snapshot: Snapshot) -> NetworkProfile:
    target = snapshot.upgrade.target
    return (target.network_profile if target else None) or NetworkProfile()
