"""What Microsoft asks of the node pools of a cluster that is to become CNI Overlay.

Sources: that of `upgrade_rules`, and of pools that CNI Overlay never takes: Microsoft Learn, "Overview of Azure CNI
Overlay networking in AKS", edition of 2026-07-31: https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
"""

import re

from bot.checks.findings import Doubt, Gap, Status, Verdict
from bot.checks.inventory.cluster import UNCLEAR, Pool
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.cluster_rules import POOLS
from bot.checks.spelling import stands_in

WINDOWS_2022 = 20348
MINIMUM_WINDOWS = (WINDOWS_2022, 1668)
_BUILD = re.compile(r"akswindows-(?:.*-)?(\d{5,6})\.(\d{1,6})(?:\..*)?", re.ASCII)  # AKSWindows-2022-containerd-20348.…
_DCSV2 = re.compile(r"(?:standard[_ -])?dc\d+s?[_ -]v2", re.ASCII)  # the largest has no s: Standard_DC8_v2


def windows_build(snapshot: Snapshot) -> Verdict:
    """Windows nodes before a build route packets wrongly after the update; so do all of Windows Server 2019.

    Images with Docker, which the page rules out altogether, are older than that build.
    """
    pools = snapshot.aks.agent_pool_profiles
    if snapshot.network is Network.KUBENET:  # has Linux pools only
        odd = ", ".join(f"{pool.name or '?'}: kubenet, Windows" for pool in pools or [] if _runs_windows(pool))
        doubt = Doubt("pool-contradiction", odd, POOLS)
        return Verdict(Status.UNKNOWN, odd, POOLS, Gap.DATA, doubt) if odd else Verdict(Status.PASS, None, POOLS)
    if not pools:
        return Verdict(Status.UNKNOWN, None, POOLS)
    verdicts = [judged_windows(pool) for pool in pools]
    seen = {status: [text for its, text in verdicts if its is status and text] for status in Status}
    for status in (Status.FAIL, Status.UNKNOWN):
        if any(its is status for its, _ in verdicts):
            return Verdict(status, ", ".join(seen[status]) or None, POOLS)
    return Verdict(Status.PASS, ", ".join(seen[Status.PASS]) or None, POOLS)


def judged_windows(pool: Pool) -> tuple[Status, str | None]:
    """Of one pool, and what was seen of it."""
    if pool.os_type == "linux":
        contradicting = next((text for text in (pool.os_sku, pool.node_image_version) if _is_windows(text)), None)
        if contradicting is not None:
            return Status.UNKNOWN, f"{pool.name or '?'}: osType=Linux, {contradicting}"
        return Status.PASS, None
    if pool.os_type != "windows":
        return Status.UNKNOWN, f"{pool.name or '?'}: osType={pool.os_type or '?'}"
    text = f"{pool.name or '?'}: Windows, nodeImageVersion={pool.node_image_version or '?'}"
    build = build_of(pool)
    if build is None:
        return Status.UNKNOWN, text
    return (Status.PASS if build >= MINIMUM_WINDOWS else Status.FAIL), text


def _is_windows(text: str | None) -> bool:
    return (text or "").startswith(("windows", "akswindows"))


def _runs_windows(pool: Pool) -> bool:
    return pool.os_type == "windows" or any(map(_is_windows, (pool.os_sku, pool.node_image_version)))


def build_of(pool: Pool) -> tuple[int, int] | None:
    """The build of Windows in a pool's image."""
    named = _BUILD.fullmatch(pool.node_image_version or "")
    return (int(named[1]), int(named[2])) if named else None


def is_aged(pool: Pool) -> bool:
    """Whether a pool is of a Windows Server whose images never have the build."""
    build = build_of(pool)
    return pool.os_type == "windows" and build is not None and build[0] < WINDOWS_2022


def supported_pools(snapshot: Snapshot) -> Verdict:
    """Availability sets and DCsv2 machines are not supported with CNI Overlay. A value that waits may be one."""
    pools = snapshot.aks.agent_pool_profiles or []
    for status, seen_of in ((Status.FAIL, _unsupported), (Status.UNKNOWN, _open)):
        if seen := [f"{pool.name or '?'}: {text}" for pool in pools if (text := seen_of(pool))]:
            return Verdict(status, ", ".join(seen), POOLS)
    return Verdict(Status.PASS, None, POOLS)


def _open(pool: Pool) -> str | None:
    contradicted = pool.type == UNCLEAR
    given = {"type": pool.type if contradicted else pool.type_properties_type or pool.type, "vmSize": pool.vm_size}
    given["size"] = next((size for size in pool.virtual_machines_profile if stands_in(size)), None)
    if "virtualmachines" in (pool.type, pool.type_properties_type) and not (
        pool.vm_size or pool.virtual_machines_profile
    ):
        given["vmSize"] = UNCLEAR
    return ", ".join(f"{key}={text}" for key, text in given.items() if stands_in(text or "")) or None


def _unsupported(pool: Pool) -> str | None:
    if "availabilityset" in (pool.type, pool.type_properties_type):
        return "AvailabilitySet"
    sizes = (pool.vm_size or "", *pool.virtual_machines_profile)
    return next((size for size in sizes if _DCSV2.fullmatch(size)), None)
