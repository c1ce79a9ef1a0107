"""The clusters of an inventory: told apart, each with its own node pools."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.checks.clusters.changing import Change, change_of_pool, opened
from bot.checks.clusters.merging import Contradiction, combined, with_pools
from bot.checks.inventory.cluster import Cluster, Pool
from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.snapshot import parsed, upgrades
from bot.checks.spelling import may_share_subscription, region_name, resource_id, stands_in

_CROWD = 8  # clusters of one id that differ


@dataclass
class KnownCluster:
    """A cluster, all that says it, and what a plan changes: `before` is how it is until then."""

    items: list[Item]
    cluster: Cluster
    before: Cluster | None
    id: str | None
    name: str
    node_group: str | None
    pools: list[Place] = field(default_factory=list)
    conditional: dict[Place, Item] = field(default_factory=dict)  # pools that exist only if a condition holds
    contradictions: list[Contradiction] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)  # that plans make of it
    claimed: set[str] = field(default_factory=set)  # subnets of nodes and pods, as any statement has them
    managed: str | None = None  # the virtual network that AKS made for it, in its node resource group

    @property
    def whole(self) -> bool:
        """Said by snapshots alone."""
        return all(item.whole for item in self.items)

    @property
    def fate(self) -> str:
        """What a Terraform plan makes of the cluster: `destroyed`, `replaced`, or nothing of both."""
        gone, remade = (any(getattr(item, name) for item in self.items) for name in ("gone", "remade"))
        return "destroyed" if gone else "replaced" if remade else ""

    @cached_property
    def subnets(self) -> set[str]:
        """Of its nodes, its pods, and what else it names a subnet for: never a gateway's."""
        networks = self.vnets | ({self.managed} if self.managed else set())
        of_parts = (_of_parts(item.value, networks) for item in self.items)
        return subnets_of(self.cluster.agent_pool_profiles).union(*of_parts)

    @cached_property
    def vnet(self) -> str | None:
        """The one virtual network that all its pools name, or that AKS made for them."""
        return vnet_of_pools(self.cluster) or self.managed

    @cached_property
    def vnets(self) -> set[str]:
        """All virtual networks that its pools name."""
        pools = self.cluster.agent_pool_profiles or []
        return {vnet for pool in pools if (vnet := vnet_of(pool.vnet_subnet_id))}

    @cached_property
    def regions(self) -> set[str]:
        """Where the cluster is, as all that says it tells."""
        locations = (region_name(key_of(item.value, "location")) for item in self.items)
        return {region for region in locations if region}


def subnets_of(pools: Sequence[Pool] | None) -> set[str]:
    """The subnets that node pools name."""
    named = {subnet for pool in pools or [] for subnet in (pool.vnet_subnet_id, resource_id(pool.pod_subnet_id))}
    return {subnet for subnet in named if subnet}


def _of_parts(cluster: object, networks: set[str]) -> set[str]:
    """The subnets that a cluster names for its API server and for add-ons, such as another ingress controller.

    One that has only a name is in a network of the nodes.
    """
    addons = key_of(cluster, "addonprofiles")
    parts = [key_of(cluster, "apiserveraccessprofile")]
    parts += [key_of(addon, "config") for addon in addons.values()] if isinstance(addons, dict) else []
    named = (key_of(part, "subnetid") for part in parts)
    short = (key_of(part, "subnetname") for part in parts)
    names = {text.strip().casefold() for text in short if isinstance(text, str) and text.strip()}
    ids = {own for text in named if isinstance(text, str) and (own := resource_id(text))}
    return ids | {f"{network}/subnets/{name}" for network in networks for name in names}


def vnet_of(subnet: str | None) -> str | None:
    """The first part of a subnet's id."""
    vnet, separator, _ = (subnet or "").rpartition("/subnets/")
    return vnet or None if separator else None


def vnet_of_pools(cluster: Cluster) -> str | None:
    """None where a pool names none, or another one."""
    named = {vnet_of(pool.vnet_subnet_id) for pool in cluster.agent_pool_profiles or []}
    return named.pop() if len(named) == 1 else None


def known_clusters(inventory: Inventory) -> list[KnownCluster]:
    """Told apart by their ids and names; without an id, two that differ are two."""
    items = [item for item in inventory.clusters if not item.replaced] or inventory.clusters
    same: dict[tuple[str, ...], list[_Said]] = {}
    for item in items:
        document = _said(item)
        same.setdefault(document.identity, []).append(document)
    for item in inventory.gone:  # beside others that are judged, what goes is nothing to be judged
        document = _said(item)
        if not items or document.identity in same:
            same.setdefault(document.identity, []).append(document)
    clusters = [_known(said) for said in same.values()]
    _add_pools(clusters, inventory.pools)
    for cluster in clusters:
        cluster.cluster = opened(cluster.cluster, cluster.changes)
    _add_managed(clusters, inventory)
    return sorted(clusters, key=lambda cluster: (cluster.name, cluster.id or "", repr(cluster.cluster)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A cluster as one document tells it."""

    item: Item
    cluster: Cluster
    before: Cluster | None
    id: str | None
    name: str

    @property
    def identity(self) -> tuple[str, ...]:
        """The name is the end of an id. Where it is another one, the id was written by hand."""
        if self.id is None:
            return "", self.name, self.item.name, repr((self.cluster, self.before))
        own = key_of(self.item.value, "name")
        plain = own if isinstance(own, str) and not stands_in(own) else self.id.rsplit("/", 1)[-1]
        return self.id, plain.strip().casefold()


def _said(item: Item) -> _Said:
    cluster = parsed(Cluster, item.value, item.place.pointer, item.place.file)
    before = None if item.before is None else parsed(Cluster, item.before, item.place.pointer, item.place.file)
    own, name = id_of(item.value), key_of(item.value, "name")
    plain = name if isinstance(name, str) and not stands_in(name) else None
    return _Said(item, cluster, before, own, item.name or plain or (own or "").rsplit("/", 1)[-1])


def _known(said: list[_Said]) -> KnownCluster:
    """All that documents say of one cluster. What a plan leaves is only then another cluster when it is the upgrade."""
    contradictions: list[Contradiction] = []
    now = [(document.cluster, document.item.place) for document in said if document.before is None]
    was = [(document.before, document.item.place) for document in said if document.before is not None]
    will_be = [(document.cluster, document.item.place) for document in said if document.before is not None]
    before = None
    if any(document.before is not None and upgrades(document.before, document.cluster) for document in said):
        before, cluster = combined([*now, *was], "/aks", contradictions), combined(will_be, "/aks", contradictions)
    else:
        cluster = combined([*now, *will_be], "/aks", contradictions)
    groups = (key_of(document.item.value, "noderesourcegroup") for document in said)
    group = next((text.casefold() for text in groups if isinstance(text, str)), None)
    name = min((not document.item.name, document.name) for document in said)[1]
    items = [document.item for document in said]
    known = KnownCluster(items, cluster, before, said[0].id, name, group, contradictions=contradictions)
    known.changes = [
        (document.before or Cluster(), document.cluster)
        for document in said
        if document.before is not None or document.item.pending
    ]
    known.claimed = {subnet for document in said for subnet in subnets_of(document.cluster.agent_pool_profiles)}
    return known


def _add_pools(clusters: list[KnownCluster], pools: Sequence[Item]) -> None:
    """Each to its owner. Whose it is may be unclear: then it is everybody's, and says nothing for certain."""
    owned, doubtful = _owned(clusters, pools)
    conditional = {item.place: item for item in pools if item.condition}
    for cluster in clusters:
        unclear = (item for anybody, item in doubtful.items() if anybody or cluster.id is None)
        maybe = [(Pool(), item.place) for item in unclear] if len(clusters) > 1 else []
        own = owned.get(id(cluster), [])
        cluster.changes += [change for pool, item in own if (change := change_of_pool(pool, item))]
        cluster.claimed |= subnets_of([pool for pool, _ in own])
        if not (more := [*((pool, item.place) for pool, item in own), *maybe]):
            continue
        cluster.pools = [place for _, place in more]
        cluster.conditional = conditional
        place = cluster.items[0].place
        cluster.cluster = with_pools(cluster.cluster, place, more, cluster.contradictions)
        cluster.before = cluster.before and with_pools(cluster.before, place, more, cluster.contradictions)


def _owned(
    clusters: list[KnownCluster], pools: Sequence[Item]
) -> tuple[dict[int, list[tuple[Pool, Item]]], dict[bool, Item]]:
    """The pools of each cluster, and one whose owner is not there: anybody's (True), or that of one without an id."""
    by_owner: dict[str, list[KnownCluster]] = {}
    for cluster in clusters:
        for name in {cluster.id, *(item.name.lower() for item in cluster.items)} - {None, ""}:
            by_owner.setdefault(str(name), []).append(cluster)
    owned: dict[int, list[tuple[Pool, Item]]] = {}
    doubtful: dict[bool, Item] = {}
    crowded: set[str] = set()  # ids of so many clusters that nobody knows whose the pools are
    for item in pools:
        pool, owner = parsed(Pool, item.value, item.place.pointer, item.place.file), _owner_of(item)
        owners = by_owner.get(owner or "", [])
        if not owners and len(clusters) == 1 and (owner is None or clusters[0].id is None):
            owners = clusters
        if not owners:
            doubtful.setdefault(owner is None, item)
        if len(owners) > _CROWD:
            pool, owners = Pool(), [] if owner in crowded else owners
            crowded.add(owner or "")
        for cluster in owners:
            owned.setdefault(id(cluster), []).append((pool, item))
    return owned, doubtful


def _owner_of(pool: Item) -> str | None:
    stated = pool.value.get("cluster") or (id_of(pool.value) or "").rpartition("/agentpools/")[0]
    return resource_id(stated) if isinstance(stated, str) else None


def without_subnets(cluster: Cluster) -> bool:
    """Whether every pool says that it has no subnet of the reader's: then AKS made the network."""
    pools = cluster.agent_pool_profiles or []
    return bool(pools) and all(
        pool.vnet_subnet_id is None and "vnet_subnet_id" in pool.model_fields_set for pool in pools
    )


def _add_managed(clusters: list[KnownCluster], inventory: Inventory) -> None:
    """The only network in the node resource group of a cluster without subnets of its own."""
    by_group: dict[str, set[str]] = {}
    for item in inventory.networks:
        own = id_of(item.value) or ""
        group = own.partition("resourcegroups/")[2].partition("/")[0]
        if "/virtualnetworks/" in own and group:
            by_group.setdefault(group, set()).add(own)
    cut = any(kind == "networks" for _, kind in inventory.cut)
    for cluster in clusters:
        alike = by_group.get(cluster.node_group or "", set())
        networks = {own for own in alike if may_share_subscription(own, cluster.id)}  # two may have a group of one name
        if len(networks) == 1 and not cut and without_subnets(cluster.cluster):
            cluster.managed = next(iter(networks))
