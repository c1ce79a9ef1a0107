"""What is looked up for every cluster of an inventory; looking up must not go through everything again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.checks.clusters.belonging import belonging, claims
from bot.checks.clusters.clusters import KnownCluster, known_clusters, subnets_of, vnet_of
from bot.checks.clusters.gateways import gateways, places
from bot.checks.clusters.networks import Networks
from bot.checks.clusters.site import Site
from bot.checks.inventory.cluster import Pool
from bot.checks.inventory.inventory import SKIPPED, UNREAD, Inventory, Item, Place, Unread, id_of
from bot.checks.inventory.ranges import is_range
from bot.checks.inventory.snapshot import parsed

EVERYWHERE = Place("", "*")  # the scope of what the reader says beside the documents
MOST_SHARED = 8  # gateways that are judged for each of several clusters in one network
FEW = 16  # places that are named of parts of which any one decides the same


class World:
    """What is looked up for every cluster; looking up must not go through everything again."""

    def __init__(self, inventory: Inventory, by_word: bool = True) -> None:
        self.inventory = inventory
        self.clusters = known_clusters(inventory)
        self.gateways = gateways(inventory)
        self.networks = Networks(inventory.networks)
        self.cut = {kind: place for place, kind in reversed(inventory.cut)}  # the first page of each kind that goes on
        self.single = len(self.clusters) == 1 and "clusters" not in self.cut
        self.more_subnets = not self.cut.keys().isdisjoint(
            {"subnets", "networks"}
        )  # than were given: none is known to be the only one
        self.unread = _few(inventory.unread)
        # Subnets of anybody's nodes and pods, and who says so first.
        self.housed = {
            subnet: item.place
            for item in reversed(inventory.pools)
            for subnet in subnets_of([parsed(Pool, item.value, item.place.pointer, item.place.file)])
        } | {subnet: cluster.items[0].place for cluster in reversed(self.clusters) for subnet in cluster.claimed}
        # Associations that plans have, too, and networks that they make anew.
        self.declared = {id_of(item.value) for item in inventory.associations if item.name}
        self.remade = {id_of(item.value) for item in inventory.networks if item.remade}
        self._scopes = {id(cluster): scopes_of(cluster) for cluster in self.clusters}
        self._own: dict[tuple[int, int], tuple[list[Item], list[Item]]] = {}
        scopes = {scope for parts in self._scopes.values() for scope in parts}
        counted = Counter(scope for parts in self._scopes.values() for scope in parts)
        # Parts that speak of several clusters: whose of them a thing in it is, it does not say.
        self.shared = {scope for scope, count in counted.items() if count > 1} - {EVERYWHERE}
        self.masq_agents = inventory.masq_agents  # whose cluster they lie in, kubectl does not print
        self.planned = Scoped(inventory.planned, scopes)
        self.designated = Scoped(inventory.designated, scopes)
        self.vnets = Scoped(inventory.vnets, scopes)
        self.controllers = Scoped(inventory.controllers, scopes)
        self.used = [site for _, site in sorted(self.gateways.sites.items()) if site.associations]
        every = [*self.gateways.sites.values(), *self.gateways.nameless]
        self.free = [site for site in every if site.delegated and not site.associations]
        self.lists = tuple(inventory.lists[:FEW])
        self.unplaced = places(self.gateways.unplaced[:FEW])
        alone = {
            scope: [cluster] for cluster in self.clusters for scope in self._scopes[id(cluster)] if counted[scope] == 1
        }
        asked = claims(inventory.balancers, inventory.designated) if self.single else None
        naming = {id(alone[scope][0]) for scope in alone.keys() & self.designated.by_scope.keys()}
        self.belonging = belonging(self.clusters, self.used, alone, self.networks, asked, naming, by_word)
        self.holders = [
            (cluster, cluster.items[0].place) for cluster in self.clusters if id(cluster) in self.belonging.own
        ]
        self._sites_by_vnet: dict[str | None, list[Site]] = {}
        for own, site in self.gateways.sites.items():
            self._sites_by_vnet.setdefault(vnet_of(own), []).append(site)

    def own(self, scoped: "Scoped", cluster: KnownCluster) -> tuple[list[Item], list[Item]]:
        """Items that speak of this cluster, and those of which that is not clear."""
        asked = id(scoped), id(cluster)
        if asked not in self._own:
            mine = [item for scope in self.scopes(cluster) for item in scoped.by_scope.get(scope, [])]
            self._own[asked] = ([*mine, *scoped.elsewhere], []) if self.single else (mine, scoped.elsewhere)
        return self._own[asked]

    def subnet_ranges(self, cluster: KnownCluster) -> tuple[str, ...]:
        """Of the subnets in the network of a cluster's nodes, and of its own: each takes a part of the addresses."""
        own = [self.gateways.sites[subnet] for subnet in cluster.subnets if subnet in self.gateways.sites]
        near = [site for vnet in cluster.vnets for site in self._sites_by_vnet.get(vnet, [])]
        ranges = (prefix for site in (*own, *near) for model in site.statements for prefix in model.prefixes)
        return tuple(dict.fromkeys(prefix for prefix in ranges if is_range(prefix)))

    def scopes(self, cluster: KnownCluster) -> list[Place]:
        """The parts of the input that speak of a cluster."""
        return self._scopes[id(cluster)]


def _few(unread: Iterable[Unread]) -> list[Unread]:
    """Each target once; of very many of a kind nobody asks which they are."""
    by_kind: dict[str, dict[tuple[str | None, Place | None], Unread]] = {}
    for change in unread:
        asked = change.target, change.place if change.code == SKIPPED else None
        by_kind.setdefault(change.kind, {}).setdefault(asked, change)
    return [
        change
        for kept in by_kind.values()
        for change in (
            kept.values() if len(kept) <= FEW else [replace(next(iter(kept.values())), target=None, code=UNREAD)]
        )
    ]


class Scoped:
    """Items by the part of the input that they speak of; those that lie beside every cluster apart."""

    def __init__(self, items: Iterable[Item], scopes: set[Place]) -> None:
        self.by_scope: dict[Place, list[Item]] = {}
        self.elsewhere: list[Item] = []
        self.said: dict[Place, list[Item]] = {}  # by every part, also those of no cluster
        for item in items:
            self.said.setdefault(item.scope, []).append(item)
            kept = self.by_scope.setdefault(item.scope, []) if item.scope in scopes else self.elsewhere
            kept.append(item)


def scopes_of(cluster: KnownCluster) -> list[Place]:
    """The parts of the input that speak of a cluster."""
    return sorted({scope for item in cluster.items for scope in around(item.place)})


def around(place: Place) -> list[Place]:
    """The parts of the input that a place lies in."""
    steps = place.pointer.split("/")
    return [EVERYWHERE, *(Place("/".join(steps[:end]), place.file) for end in range(1, len(steps) + 1))]
