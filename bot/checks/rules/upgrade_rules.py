"""Which clusters AKS upgrades to CNI Overlay at all. This rule alone rests on another source than the others.

Source: Microsoft Learn, "Update Azure CNI IPAM mode and data plane technology" (formerly "Upgrade AKS IPAM modes and
dataplane technology"), edition of 2024-11-26, text as of August 2026:
https://learn.microsoft.com/azure/aks/update-azure-cni
"""

from bot.checks.findings import Severity, Status, Verdict, worst_first
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.catalog import rule
from bot.checks.rules.cluster_rules import PLANNED, PLUGIN, network_gap, network_seen
from bot.checks.rules.upgrade_conditions import conditions, kept_range


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
    verdicts = [*conditions(snapshot), kept_range(snapshot)]
    for status in (Status.FAIL, Status.UNKNOWN, Status.PASS):
        decisive = [verdict for verdict in verdicts if verdict.status is status]
        if decisive:
            break
    if status is Status.UNKNOWN:
        return min(decisive, key=lambda verdict: worst_first(status, verdict.gap))
    text = ", ".join(verdict.observed for verdict in decisive if verdict.observed)
    every = tuple(verdict.pointer for verdict in decisive[1:])
    return Verdict(status, text, decisive[0].pointer, rests_on=every if status is Status.PASS else ())
