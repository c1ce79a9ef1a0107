"""An inventory as cases: each cluster, seen with every gateway's subnet and every controller that may be its own.

What cannot be told apart is seen as missing, so that a rule answers `unknown`, never a pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.checks.clusters.clusters import KnownCluster
from bot.checks.clusters.controllers import controllers_of, of_controllers, whose_controller
from bot.checks.clusters.doubts import of_cluster
from bot.checks.clusters.seats import seats_of
from bot.checks.clusters.states import of_states
from bot.checks.clusters.world import FEW, World
from bot.checks.findings import Doubt
from bot.checks.inventory.cluster import Upgrade
from bot.checks.inventory.inventory import Inventory, Item, Place
from bot.checks.inventory.kinds import MASQ_AGENT
from bot.checks.inventory.snapshot import Snapshot, upgrades

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
    shared: bool = False  # in a network of several clusters' nodes, and nothing else tells whose it is
    told_by: tuple[Item, ...] = ()  # all that tell of the cluster


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


def cases(inventory: Inventory) -> list[Case]:
    """In the order of names; empty without a cluster."""
    world = World(inventory)
    return [_case(cluster, world) for cluster in world.clusters]


def _case(cluster: KnownCluster, world: World) -> Case:
    mine, unclear = world.own(world.planned, cluster)
    plans = sorted({str(item.value) for item in [*mine, *unclear[:FEW]]})
    now, after = cluster.cluster, None
    if cluster.before is not None and upgrades(cluster.before, cluster.cluster):
        plans = sorted({*plans, UPGRADE})
        now = cluster.before
        after = Snapshot.model_construct(aks=cluster.cluster, planned=INSTALL if INSTALL in plans else None)
    space = world.networks.ranges(cluster.vnet)
    upgrade = Upgrade(
        target=None if after is None else cluster.cluster,
        node_ranges=space if after is None else (*space, *world.subnet_ranges(cluster)),
        network_known=bool(space),
        masq_agent=MASQ_AGENT if world.masq_agents else None,
    )
    seats = seats_of(cluster, world, INSTALL in plans)
    controllers = controllers_of(cluster, world)
    of_itself = (*of_cluster(cluster, world), *of_states(cluster.items, None, {}))
    first = cluster.items[0]
    own = (*(item.place for item in cluster.items), *cluster.pools)
    shared = {
        "aks": own,
        "pools": tuple(cluster.pools),
        "podCidr": tuple(world.networks.places(cluster.vnet)) or own,  # what overlaps is a range of either
        "masqAgent": tuple(agent.place for agent in world.masq_agents[:FEW]),
    }
    by_plan: dict[object, Item] = {}
    for item in [*mine, *unclear[:FEW]]:
        by_plan.setdefault(str(item.value), item)
    views = []
    # What is planned may concern any of the gateways: each is judged under each plan.
    under: list[str | None] = [*plans] or [None]
    pairs = [(seat, plan) for plan in under for seat in seats]
    for at in range(max(len(pairs), len(controllers))):
        (seat, plan), (controller, sources) = pairs[min(at, len(pairs) - 1)], controllers[min(at, len(controllers) - 1)]
        snapshot = Snapshot.model_construct(
            aks=now,
            subnet=seat.subnet,
            agc_associations=seat.associations,
            alb_controller=controller,
            vnets=seat.vnets,
            planned=None if plan == INSTALL and not seat.installs else plan,
            upgrade=upgrade,
            arrival=seat.arrival,
        )
        said = by_plan.get(plan)
        origins = {
            "aks": first,
            **({"masqAgent": world.masq_agents[0]} if world.masq_agents else {}),
            **seat.origins,
            **({"planned": said} if said else {}),
            **({"albController": sources[0]} if sources else {}),
        }
        parts = {**shared, **seat.parts, "albController": tuple(source.place for source in sources)}
        shown = (MappingProxyType(origins), MappingProxyType(parts))
        whose = whose_controller(sources) if controller is None and not world.single else ()
        doubts = (*of_itself, *seat.doubts, *of_controllers(sources), *whose)
        sited = View(seat.name, snapshot, *shown, doubts, seat.site, seat.unclear)
        views.append(replace(sited, shared=seat.shared, told_by=tuple(cluster.items)))
    sites = world.gateways.sites
    served = INSTALL in plans or any(
        seat.site in sites and bool(sites[seat.site].associations) for seat in seats if seat.site
    )
    return Case(cluster.name, cluster.id, first, tuple(views), after, cluster.vnet, served, cluster.fate)
