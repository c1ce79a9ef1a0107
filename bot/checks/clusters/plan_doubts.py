"""Subnets that somebody takes from a gateway: plans that delete them, and outputs that put nodes or pods there."""

from collections.abc import Iterator

from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.doubts import TWICE
from bot.checks.clusters.leaving import is_removed
from bot.checks.clusters.merging import where
from bot.checks.clusters.site import SEATED, Site
from bot.checks.clusters.world import World
from bot.checks.findings import Doubt
from bot.checks.printable import printable

REMOVED = "removed-subnet"


def of_plans(site: Site, cluster: KnownCluster, world: World) -> Iterator[Doubt]:
    """Why a gateway may not have the subnet that outputs show it on."""
    if is_removed(site.id, world.inventory) or _is_made_anew_alone(site, world):
        for part in SEATED:
            yield Doubt(REMOVED, printable(site.name), part)
    elif site.id in world.housed and site.id not in cluster.subnets:  # of its own, nobody looks at it for a gateway
        said = (contradiction.seen for contradiction in cluster.contradictions if "ubnetId" in contradiction.seen)
        seen = next(said, f"agentPoolProfiles: {site.name} ({where(world.housed[site.id])})")
        for part in SEATED:
            yield Doubt(TWICE, printable(seen), part)


def _is_made_anew_alone(site: Site, world: World) -> bool:
    """Whether a plan makes a subnet, or its network, anew, and says nothing of the associations on it."""
    anew = any(item.remade for item in site.items) or vnet_of(site.id) in world.remade
    return anew and any(model.id not in world.declared for model, _ in site.associations)
