"""An inventory as cases: each cluster, seen with every gateway's subnet and every controller that may be its own.

What cannot be told apart is seen as missing, so that a rule answers `unknown`, never a pass.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from bot.checks.clusters import Told, told, vnet_of
from bot.checks.gateways import Site, gateways, places
from bot.checks.inventory import Inventory, Item, Place, id_of
from bot.checks.networks import Networks
from bot.checks.snapshot import AlbController, Association, Network, Snapshot, Subnet, Vnets, parsed
from bot.checks.versions import alb_version

EVERYWHERE = Place("", "*")  # the scope of what the reader says beside the documents
UPGRADE, INSTALL = "upgrade-to-overlay", "install-agc"
MOST_SHARED = 8  # gateways that are judged for each of several clusters in one network
FEW = 16  # places that are named of parts of which any one decides the same


@dataclass(frozen=True, slots=True)
class View:
    """A cluster with one gateway's subnet, one controller and one plan; where each part was found."""

    name: str
    snapshot: Snapshot
    origins: Mapping[str, Item] = field(default_factory=dict)  # by key of the snapshot
    parts: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A cluster and all views of it. `after`: as a plan leaves it, where the views show it as it is now."""

    name: str
    id: str | None
    item: Item
    views: tuple[View, ...]
    after: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class _Seat:
    """A place for a gateway: what a view shows of it."""

    name: str
    subnet: Subnet | None
    associations: list[Association] | None
    vnets: Vnets | None
    installs: bool
    origins: dict[str, Item]
    parts: dict[str, tuple[Place, ...]]


def cases(inventory: Inventory) -> list[Case]:
    """In the order of names; empty without a cluster."""
    world = _World(inventory)
    return [_case(one, world) for one in world.clusters]


class _World:
    """What is looked up for every cluster; looking up must not go through everything again."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.clusters = told(inventory)
        self.gateways = gateways(inventory)
        self.networks = Networks(inventory.networks)
        self.single = len(self.clusters) == 1
        scopes = {scope for one in self.clusters for item in one.items for scope in _around(item.place)}
        self.planned = _Scoped(inventory.planned, scopes)
        self.designated = _Scoped(inventory.designated, scopes)
        self.vnets = _Scoped(inventory.vnets, scopes)
        self.controllers = _Scoped(inventory.controllers, scopes)
        self.used = [site for _, site in sorted(self.gateways.sites.items()) if site.associations]
        every = [*self.gateways.sites.values(), *self.gateways.nameless]
        self.free = [site for site in every if site.delegated and not site.associations]
        self.lists = tuple(inventory.lists[:FEW])
        self.unplaced = places(self.gateways.unplaced[:FEW])
        self.by_owner: dict[int, list[Site]] = {}
        self.by_vnet: dict[str | None, list[Site]] = {}
        self.by_scope: dict[Place, list[Site]] = {}
        groups: dict[str, list[Told]] = {}
        for one in self.clusters:
            groups.setdefault(one.node_group or "", []).append(one)
        for site in self.used:
            for scope in {item.scope for _, item in site.associations} & scopes:
                self.by_scope.setdefault(scope, []).append(site)
            owners = [one for group in site.groups() for one in groups.get(group, [])[:MOST_SHARED]]
            for owner in owners:
                self.by_owner.setdefault(id(owner), []).append(site)
            if not owners:
                self.by_vnet.setdefault(vnet_of(site.id), []).append(site)
        self.groups = set(groups) - {""}
        self.unowned = sum(len(sites) for sites in self.by_vnet.values())
        self.sharing = Counter(one.vnet for one in self.clusters)

    def own(self, scoped: "_Scoped", cluster: Told) -> tuple[list[Item], list[Item]]:
        """Items that speak of this cluster, and those of which that is not clear."""
        mine = [item for scope in scopes_of(cluster) for item in scoped.by_scope.get(scope, [])]
        return ([*mine, *scoped.elsewhere], []) if self.single else (mine, scoped.elsewhere)


class _Scoped:
    """Items by the part of the input that they speak of; those that lie beside every cluster apart."""

    def __init__(self, items: Iterable[Item], scopes: set[Place]) -> None:
        self.by_scope: dict[Place, list[Item]] = {}
        self.elsewhere: list[Item] = []
        for item in items:
            kept = self.by_scope.setdefault(item.scope, []) if item.scope in scopes else self.elsewhere
            kept.append(item)


def scopes_of(cluster: Told) -> list[Place]:
    """The parts of the input that speak of a cluster."""
    return sorted({scope for item in cluster.items for scope in _around(item.place)})


def _around(place: Place) -> list[Place]:
    """The parts of the input that a place lies in."""
    steps = place.pointer.split("/")
    return [EVERYWHERE, *(Place("/".join(steps[:end]), place.file) for end in range(1, len(steps) + 1))]


def _case(cluster: Told, world: _World) -> Case:
    mine, unclear = world.own(world.planned, cluster)
    plans = sorted({str(item.value) for item in [*mine, *unclear[:FEW]]})
    now, after = cluster.cluster, None
    if cluster.before is not None and _upgrades(cluster.before, cluster.cluster):
        plans = sorted({*plans, UPGRADE})
        now = cluster.before
        after = Snapshot.model_construct(aks=cluster.cluster, planned=INSTALL if INSTALL in plans else None)
    seats = _seats(cluster, world, INSTALL in plans)
    controllers = _controllers(cluster, world)
    item = cluster.items[0]
    shared = {"aks": (*(one.place for one in cluster.items), *cluster.pools)}
    views = []
    for at in range(max(len(seats), len(controllers), len(plans))):
        seat, (controller, found) = seats[min(at, len(seats) - 1)], controllers[min(at, len(controllers) - 1)]
        plan = plans[min(at, len(plans) - 1)] if plans else None
        snapshot = Snapshot.model_construct(
            aks=now,
            subnet=seat.subnet,
            agc_associations=seat.associations,
            alb_controller=controller,
            vnets=seat.vnets,
            planned=None if plan == INSTALL and not seat.installs else plan,
        )
        origins = {"aks": item, **seat.origins, **({"albController": found[0]} if found else {})}
        parts = {**shared, **seat.parts, "albController": tuple(one.place for one in found)}
        views.append(View(seat.name, snapshot, MappingProxyType(origins), MappingProxyType(parts)))
    return Case(cluster.name, cluster.id, item, tuple(views), after)


def _upgrades(before: Any, after: Any) -> bool:
    was, will_be = (Snapshot.model_construct(aks=one).network for one in (before, after))
    return was in (Network.KUBENET, Network.FLAT) and will_be is Network.OVERLAY


def _controllers(cluster: Told, world: _World) -> list[tuple[AlbController | None, list[Item]]]:
    """Each version that is said; none where it is not clear whose controller it is."""
    mine, unclear = world.own(world.controllers, cluster)
    found: dict[str, tuple[AlbController, list[Item]]] = {}
    for item in mine:
        model = parsed(AlbController, item.value, item.place.pointer, item.place.file)
        text = model.version
        full = alb_version(text)
        found.setdefault(str(full) if full else text or "", (model, []))[1].append(item)
    if found.get("") and len(found) > 1 and all(one.whole for one in found[""][1]):
        del found[""]  # a snapshot that leaves the version out does not contradict
    made: list[tuple[AlbController | None, list[Item]]] = [found[version] for version in sorted(found)]
    if unclear:
        made.append((None, unclear[:FEW]))
    return made or [(None, [])]


def _seats(cluster: Told, world: _World, installs: bool) -> list[_Seat]:
    """One for each subnet that a gateway of this cluster uses or will use; an empty one where that is unclear."""
    known = world.gateways
    sites, unclear = _of_cluster(cluster, world)
    designated, doubtful = _designated(cluster, world, sites, installs)
    if designated is not None:
        seats = [seat for site in designated for seat in _seat(site, cluster, world, installs)]
        return seats or [_nothing(cluster, world, doubtful)]
    seats, target = [], None
    if installs:
        target = _target(sites, cluster, world, unclear)
        unclear = unclear or target is None
    for site in [*([target] if target else []), *(one for one in sites if one is not target)]:
        if site.id in cluster.subnets:
            unclear = True
        else:
            seats += _seat(site, cluster, world, installs and (site is target or bool(site.created)))
    if not seats and not unclear and not installs and (only := _delegated(cluster, world)) is not None:
        seats = _seat(only, cluster, world, False)
    if known.unplaced or unclear or not seats:
        nothing = _nothing(cluster, world, [])
        seats.append(replace(nothing, installs=installs and not any(seat.installs for seat in seats)))
    return seats


def _of_cluster(cluster: Told, world: _World) -> tuple[list[Site], bool]:
    """The used subnets whose gateways may be this cluster's, and whether there are others that may be, too.

    A gateway in a cluster's node resource group is that cluster's. Else a network tells little: gateways and nodes in
    two networks are what rules look for.
    """
    if world.single:
        return world.used, False
    own = [site for scope in scopes_of(cluster) for site in world.by_scope.get(scope, [])[: MOST_SHARED + 1]]
    own += world.by_owner.get(id(cluster), [])[: MOST_SHARED + 1]
    near = world.by_vnet.get(cluster.vnet, []) if cluster.vnet is not None else []
    known = {id(site) for site in near}
    sites = [*near, *{id(site): site for site in own if id(site) not in known}.values()]
    if len(sites) > MOST_SHARED and (own or world.sharing[cluster.vnet] > 1):
        return [], True
    elsewhere = world.unowned - len(near) - sum(not _owned(site, world) for site in sites[len(near) :])
    return sites, elsewhere > 0


def _owned(site: Site, world: _World) -> bool:
    return any(group in world.groups for group in site.groups())


def _designated(
    cluster: Told, world: _World, sites: list[Site], installs: bool
) -> tuple[list[Site] | None, list[Item]]:
    """The subnets that the reader calls the gateway's. None: nobody does, or associations say otherwise."""
    mine, unclear = world.own(world.designated, cluster)
    if unclear:
        return [], unclear[:FEW]
    if not mine:
        return None, []
    named = {own for item in mine if (own := id_of(item.value)) is not None}
    chosen = [world.gateways.sites[own] for own in sorted(named)]
    chosen += [site for site in world.gateways.nameless if any(item is one for one in mine for item in site.items)]
    if sites and not installs and not any(site.associations for site in chosen):
        return None, []
    good = [
        site
        for site in chosen
        if site.id not in cluster.subnets and (site.delegated is not False or site.associations or installs)
    ]
    return ([] if len(good) < len(chosen) else good), mine


def _target(sites: list[Site], cluster: Told, world: _World, unclear: bool) -> Site | None:
    """Where the planned gateway goes: where a plan puts it, else the only free subnet, else the only used one."""
    placed = [site for site in sites if site.created]
    if placed:
        return placed[0] if not any(item.created for _, item in world.gateways.unplaced) else None
    new = [item for _, item in world.gateways.unplaced if item.created]
    if new:
        free = _free(cluster, world, unborn=True)
        clear = len(free) == 1 and all(item.unexplained for item in new)
        return free[0] if clear and _is_near(free[0], cluster, world) else None
    if world.gateways.unplaced:
        return None
    free = _free(cluster, world)
    if free:
        return free[0] if len(free) == 1 and _is_near(free[0], cluster, world) else None
    return sites[0] if len(sites) == 1 and not unclear else None


def _free(cluster: Told, world: _World, unborn: bool = False) -> list[Site]:
    """Delegated subnets that no gateway uses. Of very many, two: it is not clear which."""
    free = world.free if world.single or len(world.free) <= FEW else world.free[:2]
    return [site for site in free if site.id not in cluster.subnets and site.unborn >= unborn]


def _is_near(site: Site, cluster: Told, world: _World) -> bool:
    """Whether a subnet speaks of this cluster: of several, it must be in the same network or in the same plan."""
    scopes = scopes_of(cluster)
    return (
        world.single
        or (cluster.vnet is not None and vnet_of(site.id) == cluster.vnet)
        or any(item.scope in scopes for item in site.items)
    )


def _delegated(cluster: Told, world: _World) -> Site | None:
    """The only subnet that is delegated to the service, where no association is known."""
    free = _free(cluster, world)
    return free[0] if len(free) == 1 and _is_near(free[0], cluster, world) else None


def _seat(site: Site, cluster: Told, world: _World, installs: bool) -> list[_Seat]:
    """A site for every statement about it, and for every statement about the networks."""
    known = world.gateways
    on_it = [model for model, _ in site.associations]
    if installs and site.created:
        on_it.remove(site.created[0][0])  # the planned one, which the rules count themselves
    sure = len(on_it) + installs > 1
    listed: list[Association] | None = [*on_it, *(model for model, _ in known.unplaced[:1])]
    if not known.known or (known.partial and not sure):
        listed = None
    statements: list[Subnet | None] = list(site.statements)
    if not statements and sure:
        statements = [Subnet.model_construct(id=site.id)]
    if site.unborn and not sure:  # that it is alone there is only known once the ids are
        statements = [one.model_copy(update={"id": None}) for one in statements if one]
    gateway = vnet_of(site.id)
    stated = _stated(site, cluster, world)
    derived = world.networks.described(cluster.vnet, gateway)
    ends = (cluster.vnet, gateway)
    by_its_word = cluster.whole and site.whole
    if not stated and not (by_its_word and not any(end in world.networks for end in ends)):
        stated = [(derived, None)]
    elif stated and any(end in world.networks for end in ends):
        stated = [*stated, (derived, None)]
    stated = stated or [(None, None)]
    statements = statements or [None]
    by_prefix = {model.prefixes: item for model, item in site.said}
    found = tuple(item.place for item in [*(item for _, item in site.said[:FEW]), *site.items[:FEW]])
    assigned = (*places(site.associations[:FEW]), *world.unplaced, *world.lists)
    seats = []
    for at in range(max(len(statements), len(stated))):
        subnet, (vnets, said) = statements[min(at, len(statements) - 1)], stated[min(at, len(stated) - 1)]
        origin = by_prefix.get(subnet.prefixes) if subnet else None
        origins = {"subnet": origin} if origin else {}
        origins |= {"vnets": said} if said else {}
        if world.inventory.lists:
            origins["agcAssociations"] = Item(None, world.inventory.lists[0])
        described = (said.place,) if said else (*found, *world.networks.places(*ends))
        parts = {
            "subnet": (*found, *assigned),
            "agcAssociations": (*found, *assigned),
            "vnets": (*described, *assigned),
        }
        seats.append(_Seat(site.name, subnet, listed, vnets, installs, origins, parts))
    return seats


def _stated(site: Site, cluster: Told, world: _World) -> list[tuple[Vnets | None, Item | None]]:
    """What snapshots say of both networks: of their own gateway, which is the one they designate."""
    mine, _ = world.own(world.vnets, cluster)
    return [
        (Vnets.model_validate(item.value), item)
        for item in mine
        if item.scope in site.snapshots or not world.own(world.designated, cluster)[0]
    ]


def _nothing(cluster: Told, world: _World, doubtful: list[Item]) -> _Seat:
    """No gateway's subnet is known: what was given instead is pointed at. The snapshot's word on networks stands."""
    known = world.gateways
    mine, _ = world.own(world.vnets, cluster)
    stated = mine[0] if len(mine) == 1 and not doubtful and not world.used else None
    subnets = chain(doubtful, world.inventory.designated, world.inventory.subnets)
    given = [*(item.place for item in islice(subnets, FEW)), *world.unplaced, *world.lists]
    parts = {"subnet": tuple(given), "agcAssociations": tuple(given), "vnets": tuple(given)}
    listed = None if known.partial or not known.known else [model for model, _ in known.unplaced[:1]]
    vnets = Vnets.model_validate(stated.value) if stated else None
    return _Seat("?", None, listed, vnets, True, {"vnets": stated} if stated else {}, parts)
