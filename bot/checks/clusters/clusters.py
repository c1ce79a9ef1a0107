"""The clusters of an inventory: told apart, each with its own node pools."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.checks.inventory.cluster import Cluster, Pool, agreed
from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.snapshot import Model, parsed
from bot.checks.spelling import AzureObject, region_name, resource_id, stands_in

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
    conditional: set[Place] = field(default_factory=set)  # pools that exist only if a template's condition holds
    managed: str | None = None  # the virtual network that AKS made for it, in its node resource group

    @property
    def whole(self) -> bool:
        """Said by snapshots alone."""
        return all(item.whole for item in self.items)

    @cached_property
    def subnets(self) -> set[str]:
        """Of its nodes and pods: never a gateway's."""
        pools = self.cluster.agent_pool_profiles or []
        return {one for pool in pools for one in (pool.vnet_subnet_id, resource_id(pool.pod_subnet_id)) if one}

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
        told = (region_name(key_of(item.value, "location")) for item in self.items)
        return {region for region in told if region}


def vnet_of(subnet: str | None) -> str | None:
    """The first part of a subnet's id."""
    vnet, found, _ = (subnet or "").rpartition("/subnets/")
    return vnet or None if found else None


def vnet_of_pools(cluster: Cluster) -> str | None:
    """None where a pool names none, or another one."""
    named = {vnet_of(pool.vnet_subnet_id) for pool in cluster.agent_pool_profiles or []}
    return named.pop() if len(named) == 1 else None


def known_clusters(inventory: Inventory) -> list[KnownCluster]:
    """Two that have one id but differ are two: nobody says which of them is right."""
    items = [item for item in inventory.clusters if not item.replaced] or inventory.clusters
    distinct: dict[tuple[str, ...], KnownCluster] = {}
    for item in items:
        one = _known(item)
        said = repr((one.cluster, one.before))
        known = distinct.setdefault((one.id or "", one.name if not one.id else "", item.name, said), one)
        if known is not one:
            known.items.append(item)
            known.cluster = _both(known.cluster, one.cluster)
            known.before = known.before and one.before and _both(known.before, one.before)
    found = list(distinct.values())
    _add_pools(found, inventory.pools)
    _add_managed(found, inventory)
    return sorted(found, key=lambda one: (one.name, one.id or "", repr(one.cluster)))


def _known(item: Item) -> KnownCluster:
    cluster = parsed(Cluster, item.value, item.place.pointer, item.place.file)
    before = None if item.before is None else parsed(Cluster, item.before, item.place.pointer, item.place.file)
    own = id_of(item.value)
    group = key_of(item.value, "noderesourcegroup")
    name = key_of(item.value, "name")
    plain = name if isinstance(name, str) and not stands_in(name) else None
    shown = item.name or plain or (own or "").rsplit("/", 1)[-1]
    return KnownCluster([item], cluster, before, own, shown, group.casefold() if isinstance(group, str) else None)


def _add_pools(clusters: list[KnownCluster], pools: Sequence[Item]) -> None:
    """Each to its owner. Whose it is may be unclear: then it is everybody's, and says nothing for certain."""
    by_owner: dict[str, list[KnownCluster]] = {}
    for one in clusters:
        for name in {one.id, *(item.name.lower() for item in one.items)} - {None, ""}:
            by_owner.setdefault(str(name), []).append(one)
    added: dict[int, list[tuple[Pool, Place]]] = {}
    conditional = {item.place for item in pools if item.condition}
    doubtful: dict[bool, Item] = {}  # whether it may be everybody's, or only that of clusters without an id
    crowded: set[str] = set()  # ids of so many clusters that nobody knows whose the pools are
    for item in pools:
        pool = parsed(Pool, item.value, item.place.pointer, item.place.file)
        stated = item.value.get("cluster") or (id_of(item.value) or "").rpartition("/agentpools/")[0]
        owner = resource_id(stated) if isinstance(stated, str) else None
        owners = by_owner.get(owner or "", [])
        if not owners and len(clusters) == 1 and (owner is None or clusters[0].id is None):
            owners = clusters
        elif not owners:
            doubtful.setdefault(owner is None, item)
        if len(owners) > _CROWD:
            pool, owners = Pool(), [] if owner in crowded else owners
            crowded.add(owner or "")
        for one in owners:
            added.setdefault(id(one), []).append((pool, item.place))
    for one in clusters:
        for everybody, item in doubtful.items():
            if len(clusters) > 1 and (everybody or one.id is None):
                added.setdefault(id(one), []).append((Pool(), item.place))
    for one in clusters:
        more = added.get(id(one), [])
        if not more:
            continue
        one.pools = [place for _, place in more]
        one.conditional = conditional
        one.cluster = _with(one.cluster, [pool for pool, _ in more])
        one.before = one.before and _with(one.before, [pool for pool, _ in more])


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
    for one in clusters:
        networks = by_group.get(one.node_group or "", set())
        if len(networks) == 1 and not cut and without_subnets(one.cluster):
            one.managed = next(iter(networks))


def _with(cluster: Cluster, more: list[Pool]) -> Cluster:
    pools: dict[str, Pool] = {}
    for pool in [*(cluster.agent_pool_profiles or []), *more]:
        # Without a name it is not known that two are one: what one of them leaves open stays open.
        key = repr(pool) if pool.name else f"{pool!r} {sorted(pool.model_fields_set)}"
        known = pools.setdefault(key, pool)
        if known is not pool:
            pools[key] = _both(known, pool)
    return cluster.model_copy(update={"agent_pool_profiles": list(pools.values())})


def _both(one: Model, same: Model) -> Model:
    """Two that hold the same values: what either of them calls null is known to be none.

    Values that tell no two apart may differ all the same: then they are not known.
    """
    said = {name: getattr(same, name) for name in same.model_fields_set} | {
        name: getattr(one, name) for name in one.model_fields_set
    }
    for name, value in said.items():
        other = getattr(same, name)
        if not type(one).model_fields[name].repr:
            said[name] = agreed(*(getattr(each, name) for each in (one, same) if name in each.model_fields_set))
        elif isinstance(value, AzureObject):
            said[name] = _both(value, other)
        elif isinstance(value, list):
            said[name] = [_both(mine, its) for mine, its in zip(value, other, strict=True)]
    return type(one).model_construct(**said)
