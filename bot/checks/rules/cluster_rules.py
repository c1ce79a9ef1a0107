"""Rules about the cluster's own networking and the planned change."""

from bot.checks.findings import Doubt, Gap, Severity, Status, Verdict
from bot.checks.inventory.cluster import Pool
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.catalog import rule
from bot.checks.spelling import AFTER_APPLY, stands_in

PLUGIN = "/aks/networkProfile/networkPlugin"
POLICY = "/aks/networkProfile/networkPolicy"
POOLS = "/aks/agentPoolProfiles"
PLANNED = "/planned"
OTHER_PLUGINS = ("azure", "none")  # all that Azure has beside kubenet; another word is a slip or a stand-in
SUPPORTED_POLICIES = ("azure", "calico", "cilium")
ALLOCATION_MODES = (None, "dynamicindividual", "staticblock")  # ARM leaves the default, dynamic, out


def network_seen(snapshot: Snapshot) -> str | None:
    """Plugin and mode in the words of the data."""
    profile = snapshot.profile
    if profile.network_plugin is None:
        return None
    mode = profile.network_plugin_mode
    more = f" podCidr={snapshot.stray_range}" if snapshot.stray_range else ""
    return f"networkPlugin={profile.network_plugin}" + (f" networkPluginMode={mode}" if mode else more)


def network_gap(snapshot: Snapshot) -> Gap:
    """Why the network is unknown: the source says nothing of a CNI of one's own or of an odd mode, if one is given."""
    profile = snapshot.profile
    given = profile.network_plugin in OTHER_PLUGINS and not stands_in(profile.network_plugin_mode or "")
    return Gap.SOURCE if given and not snapshot.stray_range else Gap.DATA


@rule("AGC001", "kubenet", Severity.ERROR, "agc/kubenet#kubenet-not-supported", never=(Status.NOT_APPLICABLE,))
def kubenet(snapshot: Snapshot) -> Verdict:
    plugin = snapshot.profile.network_plugin
    if plugin == "kubenet":
        return Verdict(Status.FAIL, plugin, PLUGIN)
    return Verdict(Status.PASS if plugin in OTHER_PLUGINS else Status.UNKNOWN, plugin, PLUGIN)


@rule("AGC002", "cni-mode", Severity.ERROR, "agc/index#supported-networking", never=(Status.NOT_APPLICABLE,))
def cni_mode(snapshot: Snapshot) -> Verdict:
    seen = network_seen(snapshot)
    match snapshot.network:
        case Network.OVERLAY:
            return _overlay(snapshot, seen)
        case Network.KUBENET:
            return Verdict(Status.FAIL, seen, PLUGIN)
        case Network.UNKNOWN:
            return Verdict(Status.UNKNOWN, seen, PLUGIN, network_gap(snapshot))
    pools = snapshot.aks.agent_pool_profiles
    if not pools:
        return Verdict(Status.UNKNOWN, seen, POOLS)
    supported = all(pool.has_pod_subnet and pool.pod_ip_allocation_mode in ALLOCATION_MODES for pool in pools)
    status = Status.PASS if supported else Status.UNKNOWN
    waits = any(stands_in(text or "") for pool in pools for text in (pool.pod_subnet_id, pool.pod_ip_allocation_mode))
    seen_pools = ", ".join(pool_seen(pool) for pool in pools)
    return Verdict(status, f"{seen} {seen_pools}", POOLS, Gap.DATA if waits else Gap.SOURCE)


def _overlay(snapshot: Snapshot, seen: str | None) -> Verdict:
    """Pods of CNI Overlay have no subnet: data that name one contradict each other."""
    pools = snapshot.aks.agent_pool_profiles or []
    with_subnet = [pool_seen(pool) for pool in pools if pool.has_pod_subnet]
    contradicting = with_subnet or [pool_seen(pool) for pool in pools if pool.allocates_nowhere]
    if not contradicting:
        # One that only a plan's apply tells can only be none; of any other word nobody knows what it stands for.
        waiting = ", ".join(pool_seen(pool) for pool in pools if pool.pod_subnet_id not in (None, AFTER_APPLY))
        if waiting:
            return Verdict(Status.UNKNOWN, f"{seen} {waiting}", POOLS)
        return Verdict(Status.PASS, seen, PLUGIN)
    text = ", ".join(contradicting)
    doubt = Doubt("pod-subnets" if with_subnet else "pool-contradiction", text, POOLS)
    return Verdict(Status.UNKNOWN, f"{seen} {text}", POOLS, Gap.DATA, doubt)


def pool_seen(pool: Pool) -> str:
    """A node pool and what decides about it, in the words of the data."""
    mode = pool.pod_ip_allocation_mode
    return f"{pool.name or '?'}: podSubnetId={(pool.pod_subnet_id or 'null').rsplit('/', 1)[-1]}" + (
        f" {mode}" if mode else ""
    )


@rule("AGC008", "network-policy", Severity.ERROR, "agc/overlay#overlay-network-policies", never=(Status.FAIL,))
def network_policy(snapshot: Snapshot) -> Verdict:
    policy, plugin = snapshot.profile.network_policy, snapshot.profile.network_plugin
    if snapshot.network is Network.KUBENET:
        return Verdict(Status.NOT_APPLICABLE, network_seen(snapshot), PLUGIN)
    if plugin is None or stands_in(plugin):
        return Verdict(Status.UNKNOWN, plugin, PLUGIN)
    if policy in (None, "none"):
        return Verdict(Status.NOT_APPLICABLE, policy, POLICY)
    supported = plugin == "azure" and policy in SUPPORTED_POLICIES
    gap = Gap.DATA if stands_in(policy) else Gap.SOURCE
    return Verdict(Status.PASS if supported else Status.UNKNOWN, policy, POLICY, gap)


@rule("AGC010", "upgrade-window", Severity.INFO, "agc/upgrade#maintenance-window")
def upgrade_window(snapshot: Snapshot) -> Verdict:
    """No data tell when the upgrade is to happen, so nothing passes here."""
    planned = snapshot.planned == "upgrade-to-overlay"
    return Verdict(Status.ADVICE if planned else Status.NOT_APPLICABLE, snapshot.planned, PLANNED)


@rule("AGC011", "install-order", Severity.ERROR, "agc/upgrade#install-after-upgrade", never=(Status.PASS,))
def install_order(snapshot: Snapshot) -> Verdict:
    if snapshot.planned != "install-agc":
        return Verdict(Status.NOT_APPLICABLE, snapshot.planned, PLANNED)
    plugin = snapshot.profile.network_plugin
    if plugin is None or stands_in(plugin):
        return Verdict(Status.UNKNOWN, snapshot.planned, PLUGIN)
    status = Status.FAIL if plugin == "kubenet" else Status.NOT_APPLICABLE
    return Verdict(status, f"planned={snapshot.planned} networkPlugin={plugin}", PLUGIN)
