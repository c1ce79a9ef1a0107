"""An inventory as cases: each cluster, seen with every gateway's subnet and every controller that may be its own.

What cannot be told apart is seen as missing, so that a rule answers `unknown`, never a pass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.checks.clusters.clusters import KnownCluster
from bot.checks.clusters.controllers import controllers_of, of_controllers, whose_controller
from bot.checks.clusters.doubts import of_cluster
from bot.checks.clusters.seats import Seat, paired, seats_of
from bot.checks.clusters.states import of_states
from bot.checks.clusters.world import FEW, World
from bot.checks.findings import Doubt
from bot.checks.inventory.cluster import Cluster, Upgrade
from bot.checks.inventory.inventory import Inventory, Item, Place
from bot.checks.inventory.kinds import MASQ_AGENT
from bot.checks.inventory.snapshot import AlbController, Snapshot, upgrades

UPGRADE, INSTALL = "upgrade-to-overlay", "install-agc"


@dataclass(frozen=True, slots=True)
class View:
    """A cluster with one gateway's subnet, one controller and one plan; where each part was found."""

    name: str
    snapshot: Snapshot
    origins: Mapping[str, Item] = field(default_factory=dict)  # by key of the snapshot
    parts: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()  # about data that are there
    site: str | None = None  # the id of the gateway's subnet
    unclear: bool = False  # stands for gateways that may or may not be this cluster's
    shared: bool = False  # perhaps several clusters', and nothing else tells whose it is
    statements: tuple[Item, ...] = ()  # all that tell of the cluster


@dataclass(frozen=True, slots=True)
class Case:
    """A cluster and all views of it. `after`: as a plan leaves it, where the views show it as it is now."""

    name: str
    id: str | None
    item: Item
    views: tuple[View, ...]
    after: Snapshot | None = None
    vnet: str | None = None  # of the nodes
    served: bool = False  # by a gateway, be it one that a plan installs
    fate: str = ""  # `destroyed` or `replaced` by a Terraform plan
    single: bool = True  # the only cluster of the input


def cases(inventory: Inventory, by_word: bool = True) -> list[Case]:
    """In the order of names; empty without a cluster.

    `by_word`: what a document calls its cluster's own is no other one's. A plan, which changes it, does not rely on it.
    """
    world = World(inventory, by_word)
    return [_case(cluster, world) for cluster in world.clusters]


def _case(cluster: KnownCluster, world: World) -> Case:
    mine, unclear = world.own(world.planned, cluster)
    planned: dict[str, Item] = {}
    for item in [*mine, *unclear[:FEW]]:
        planned.setdefault(str(item.value), item)
    plans, now, after = sorted(planned), cluster.cluster, None
    if cluster.before is not None and upgrades(cluster.before, cluster.cluster):
        plans, now = sorted({*plans, UPGRADE}), cluster.before
        after = Snapshot.model_construct(aks=cluster.cluster, planned=INSTALL if INSTALL in plans else None)
    seats = seats_of(cluster, world, INSTALL in plans)
    common = _Common(cluster, world, now, _upgrade(cluster, after, world), planned)
    # What is planned may concern any of the gateways: each is judged under each plan.
    under: list[str | None] = [*plans] or [None]
    pairs = [(seat, plan) for plan in under for seat in seats]
    views = tuple(
        common.view(seat, plan, controller, sources)
        for (seat, plan), (controller, sources) in paired(pairs, controllers_of(cluster, world))
    )
    served = INSTALL in plans or any(_has_gateway(seat, world) for seat in seats)
    item, vnet, fate = cluster.items[0], cluster.vnet, cluster.fate
    return Case(cluster.name, cluster.id, item, views, after, vnet, served, fate, len(world.clusters) == 1)


def _upgrade(cluster: KnownCluster, after: Snapshot | None, world: World) -> Upgrade:
    """What an upgrade makes of the cluster, and the ranges that its pods must not take."""
    space = world.networks.ranges(cluster.vnet)
    return Upgrade(
        target=None if after is None else cluster.cluster,
        node_ranges=space if after is None else (*space, *world.subnet_ranges(cluster)),
        network_known=bool(space),
        masq_agent=MASQ_AGENT if world.masq_agents else None,
    )


def _has_gateway(seat: Seat, world: World) -> bool:
    site = world.gateways.sites.get(seat.site) if seat.site else None
    return site is not None and bool(site.associations)


class _Common:
    """What all views of a cluster share. `planned`: who plans what."""

    def __init__(
        self, cluster: KnownCluster, world: World, now: Cluster, upgrade: Upgrade, planned: Mapping[str, Item]
    ) -> None:
        self.now, self.upgrade, self.planned = now, upgrade, planned
        self.statements, self.single = tuple(cluster.items), world.single
        agents = world.masq_agents[:FEW]
        own = (*(item.place for item in cluster.items), *cluster.pools)
        self.origins = {"aks": cluster.items[0], **({"masqAgent": agents[0]} if agents else {})}
        self.parts = {
            "aks": own,
            "pools": tuple(cluster.pools),
            "podCidr": tuple(world.networks.places(cluster.vnet)) or own,  # what overlaps is a range of either
            "masqAgent": tuple(agent.place for agent in agents),
        }
        self.doubts = (*of_cluster(cluster, world), *of_states(cluster.items, None, {}))

    def view(self, seat: Seat, plan: str | None, controller: AlbController | None, sources: Sequence[Item]) -> View:
        """The cluster with one seat under one plan; `sources` tell the controller."""
        snapshot = Snapshot.model_construct(
            aks=self.now,
            subnet=seat.subnet,
            agc_associations=seat.associations,
            alb_controller=controller,
            vnets=seat.vnets,
            planned=None if plan == INSTALL and not seat.installs else plan,
            upgrade=self.upgrade,
            arrival=seat.arrival,
        )
        said = self.planned.get(plan or "")
        origins = {
            **self.origins,
            **seat.origins,
            **({"planned": said} if said else {}),
            **({"albController": sources[0]} if sources else {}),
        }
        whose = whose_controller(sources) if controller is None and not self.single else ()
        return View(
            seat.name,
            snapshot,
            MappingProxyType(origins),
            MappingProxyType({**self.parts, **seat.parts, "albController": tuple(source.place for source in sources)}),
            (*self.doubts, *seat.doubts, *of_controllers(sources), *whose),
            seat.site,
            seat.unclear,
            seat.shared,
            self.statements,
        )
