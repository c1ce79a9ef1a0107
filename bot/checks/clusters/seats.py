"""A place for each gateway of a cluster: its subnet, its associations, its network, and where they were found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from bot.checks.clusters.belonging import of_shared, of_undecided
from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.doubts import (
    of_conditions,
    of_delegation,
    of_links,
    of_pages,
    of_subnet,
    of_unlisted,
    of_unread,
    of_untaken,
)
from bot.checks.clusters.gateways import places
from bot.checks.clusters.network_doubts import of_networks
from bot.checks.clusters.owners import of_owners
from bot.checks.clusters.plan_doubts import of_plans
from bot.checks.clusters.site import Site
from bot.checks.clusters.siting import (
    beside,
    claims_of_others,
    designated_for,
    of_cluster,
    only_delegated,
    target_of,
    untaken,
)
from bot.checks.clusters.states import of_states
from bot.checks.clusters.world import FEW, World
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import Item, Place
from bot.checks.inventory.snapshot import Association, Subnet, Vnets

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Seat:
    """A place for a gateway: what a view shows of it."""

    name: str
    subnet: Subnet | None
    associations: list[Association] | None
    vnets: Vnets | None
    installs: bool
    origins: dict[str, Item]
    parts: dict[str, tuple[Place, ...]]
    doubts: tuple[Doubt, ...] = ()
    site: str | None = None  # the subnet's id
    unclear: bool = False  # stands for gateways of which it is not clear whether they are this cluster's
    shared: bool = False  # perhaps several clusters', and nothing else tells whose it is
    arrival: str | None = None  # id of the association that is to be made


def seats_of(cluster: KnownCluster, world: World, installs: bool) -> list[Seat]:
    """One for each subnet that a gateway of this cluster uses or will use; an empty one where that is unclear."""
    known = world.gateways
    sites, undecided = of_cluster(cluster, world)
    unclear = bool(undecided)
    designated, doubtful = designated_for(cluster, world, sites, installs)
    if designated is not None:
        seats = [seat for site in designated for seat in _seat(site, cluster, world, installs)]
        seats += [
            replace(seat, subnet=seat.subnet or Subnet.model_construct(id=site.id))  # by its list, without a size
            for site in beside(designated, sites, cluster, world)
            for seat in _seat(site, cluster, world, False)
        ]
        # An association of which nobody says where it is may be on the subnet that the reader calls the gateway's.
        free = sum(not site.associations for site in designated) - installs
        if seats and len(known.unplaced) <= max(free, 0):
            return seats
        return [*seats, replace(_nothing(cluster, world, doubtful), installs=False, unclear=True)]
    seats, target = [], None
    if installs:
        target = target_of(sites, cluster, world, unclear)
        unclear = unclear or target is None
    for site in [*([target] if target else []), *(other for other in sites if other is not target)]:
        if site.id in cluster.subnets:
            unclear = True
        else:
            seats += _seat(site, cluster, world, installs and (site is target or bool(site.created)))
    if not seats and not unclear and not installs and (only := only_delegated(cluster, world)) is not None:
        seats = _seat(only, cluster, world, False)
    if known.unplaced or unclear or not seats:
        nothing = _nothing(cluster, world, [], undecided)
        goes_here = installs and not any(seat.installs for seat in seats)
        seats.append(replace(nothing, installs=goes_here, unclear=unclear or bool(known.unplaced)))
    return seats


def _seat(site: Site, cluster: KnownCluster, world: World, installs: bool) -> list[Seat]:
    """A site for every statement about it, and for every statement about the networks."""
    on_it = [model for model, _ in site.associations]
    arrival = site.created[0][0] if installs and site.created else None
    if arrival is not None:
        on_it.remove(arrival)  # which the rules count themselves
    several = len(on_it) + installs > 1
    listed = _listed(on_it, world) if several or _tells_all(site, world) else None
    on_subnet = tuple(item.place for item in [*(item for _, item in site.said[:FEW]), *site.items[:FEW]])
    assigned = (*places(site.associations[:FEW]), *world.unplaced, *world.lists, *claims_of_others(cluster, world))
    near = world.belonging.shared.get(cluster.vnet or "", ())
    return [
        Seat(
            site.name,
            subnet,
            listed,
            vnets,
            installs,
            _origins(site, subnet, said, world),
            {
                "subnet": (*on_subnet, *assigned),
                "agcAssociations": (*on_subnet, *assigned),
                "vnets": (*((said.place,) if said else _around(site, cluster, world, on_subnet)), *assigned),
            },
            _doubts(site, cluster, world, vnets, near, installs),
            site.id,
            shared=id(site) in world.belonging.disputed or any(site is other for other in near),
            arrival=arrival.id if arrival else None,
        )
        for subnet, (vnets, said) in paired(_subnets(site, several), _networks(site, cluster, world))
    ]


def paired(first: Sequence[A], second: Sequence[B]) -> Iterator[tuple[A, B]]:
    """What stands at the same place in both; the shorter goes on with its last."""
    for at in range(max(len(first), len(second))):
        yield first[min(at, len(first) - 1)], second[min(at, len(second) - 1)]


def _tells_all(site: Site, world: World) -> bool:
    """Whether no other gateway can be on a site.

    Of a subnet that a plan creates it tells all: of any other one somebody else must, who sees those of others, too.
    """
    return site.new or not (world.gateways.partial or world.gateways.declared)


def _listed(on_it: Sequence[Association], world: World) -> list[Association] | None:
    """The associations on a site, and one of which nobody says where it is; None: nobody told any."""
    return [*on_it, *(model for model, _ in world.gateways.unplaced[:1])] if world.gateways.known else None


def _subnets(site: Site, several: bool) -> list[Subnet | None]:
    """Every statement about a site's size; `several`: more gateways are on it than one."""
    said = list(site.statements[:FEW])
    if len(site.statements) > FEW or (not said and several):  # nobody can tell which of so many is right
        said.append(Subnet.model_construct(id=site.id))
    if site.unborn and not several and not (site.new and site.associations):  # nobody knows what else is there
        said = [statement.model_copy(update={"id": None}) for statement in said]
    return [*said] or [None]


def _networks(site: Site, cluster: KnownCluster, world: World) -> list[tuple[Vnets | None, Item | None]]:
    """Every statement about both networks, and what their own outputs say of them."""
    stated, ends = _stated(site, cluster, world), _ends(site, cluster)
    by_its_word = cluster.whole and site.whole and bool(site.items)
    if any(end in world.networks for end in ends) or not (stated or by_its_word):
        stated.append((world.networks.described(*ends), None))
    return stated or [(None, None)]


def _ends(site: Site, cluster: KnownCluster) -> tuple[str | None, str | None]:
    """The networks of the nodes and of the gateway."""
    return cluster.vnet, vnet_of(site.id)


def _around(site: Site, cluster: KnownCluster, world: World, on_subnet: Sequence[Place]) -> tuple[Place, ...]:
    """Where something is said of both networks, if nobody says it in one breath."""
    return (*on_subnet, *world.networks.places(*_ends(site, cluster)))


def _origins(site: Site, subnet: Subnet | None, said: Item | None, world: World) -> dict[str, Item]:
    """What the parts of a seat were read from; `said`: the word on both networks."""
    sized = {model.prefixes: item for model, item in site.said}.get(subnet.prefixes) if subnet else None
    return {
        **({"subnet": sized} if sized else {}),
        **({"vnets": said} if said else {}),
        **({"agcAssociations": Item(None, world.inventory.lists[0])} if world.inventory.lists else {}),
    }


def _doubts(
    site: Site, cluster: KnownCluster, world: World, vnets: Vnets | None, near: Sequence[Site], installs: bool
) -> tuple[Doubt, ...]:
    """Why what is known of a seat may not decide."""
    return (
        *of_conditions(cluster, site, world.networks),
        *of_links(site),
        *of_owners(site),
        *of_plans(site, cluster, world),
        *of_shared(site, near),
        *of_states((), site, world.gateways.unsettled),
        *of_subnet(site),
        *of_unread(cluster, site, _ends(site, cluster), world),
        *of_networks(vnets, cluster, site, world.networks),
        *of_pages(world),
        *of_unlisted(world),
        *(() if installs else of_delegation(site)),
    )


def _stated(site: Site, cluster: KnownCluster, world: World) -> list[tuple[Vnets | None, Item | None]]:
    """What snapshots say of both networks: of their own gateway, which is the one they designate.

    Very many that speak of one gateway leave the networks unknown, whatever the others say.
    """
    mine, _ = world.own(world.vnets, cluster)
    if world.own(world.designated, cluster)[0]:
        own = site.snapshots.intersection(world.scopes(cluster))
        scopes = [*sorted(own), *(sorted(site.snapshots - own) if world.single else [])]
        mine = [item for scope in scopes for item in world.vnets.said.get(scope, [])]
    stated = [(Vnets.model_validate(item.value), item) for item in mine[:FEW]]
    return [*stated, *([(None, None)] if len(mine) > FEW else [])]


def _nothing(cluster: KnownCluster, world: World, doubtful: list[Item], undecided: Sequence[Site] = ()) -> Seat:
    """No gateway's subnet is known: what was given instead is pointed at. The snapshot's word on networks stands."""
    known = world.gateways
    mine, _ = world.own(world.vnets, cluster)
    sure = not doubtful and not world.used and len(known.unplaced) < 2  # the snapshot speaks of one gateway
    stated = mine[0] if len(mine) == 1 and sure else None
    subnets = chain(doubtful, world.inventory.designated, world.inventory.subnets)
    given = [*(item.place for item in islice(subnets, FEW)), *world.unplaced, *world.lists]
    parts = {"subnet": tuple(given), "agcAssociations": tuple(given), "vnets": tuple(given)}
    listed = None if known.partial or not known.known else [model for model, _ in known.unplaced[:1]]
    vnets = Vnets.model_validate(stated.value) if stated else None
    doubts = (
        *of_conditions(cluster, None, world.networks),
        *of_unread(cluster, None, (cluster.vnet, None), world),
        *of_networks(vnets, cluster, None, world.networks),
        *of_pages(world),
        *of_undecided(undecided),
        *of_unlisted(world),
        *(() if world.inventory.designated or known.unplaced else of_untaken(untaken(cluster, world))),
    )
    return Seat("?", None, listed, vnets, True, {"vnets": stated} if stated else {}, parts, doubts)
