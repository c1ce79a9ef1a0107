"""What holds of a cluster that a plan upgrades: the state after it, if it can be and no gateway meets kubenet first."""

from bot.checks.findings import Status, Verdict, worst_first
from bot.checks.inventory.snapshot import Network, Snapshot
from bot.checks.rules.upgrade_rules import upgrade_path


def as_upgraded(now: Verdict, then: Verdict, snapshot: Snapshot, served: bool) -> Verdict:
    """A rule about the cluster, judged before and after the upgrade that a plan makes.

    An upgrade that AKS does not make leaves the cluster as it is. `served`: whether a gateway serves it, or will by the
    same apply.
    """
    if worst_first(now.status, now.gap) >= worst_first(then.status, then.gap):
        return then
    path = upgrade_path(snapshot.model_copy(update={"planned": "upgrade-to-overlay"}))
    stays = path.status is Status.FAIL or (served and snapshot.network is Network.KUBENET)
    return now if stays else then
