"""Which cluster's each gateway is. That one lies in another network proves nothing: rules look for those.

Evidence is, in this order: the node resource group that the gateway is in, the ApplicationLoadBalancer that names it or
its subnet, the part of the input that speaks of one cluster, and the nodes' network, of exactly one known cluster. A
network of several clusters' nodes tells nothing: a gateway there is judged for each, and fails none of them for sure.
The rules and the plan ask here, so that no step changes what a rule does not judge as this cluster's.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.kin import split_kin
from bot.checks.clusters.networks import Networks
from bot.checks.clusters.owners import owner_of
from bot.checks.clusters.site import SEATED, Site
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import Item, Place, id_of, key_of
from bot.checks.printable import printable
from bot.checks.spelling import id_part, may_share_subscription, resource_id

UNDECIDED = "undecided-gateway"
SHARED = "shared-gateway"
_FEW = 4  # subnets that are named
_MANAGED = "mc_"  # how AKS begins the names of the node resource groups that it makes
_MOST_OWNERS = 8  # clusters of one node resource group
_MOST_COMPARED = 64  # pairs of a cluster and a gateway whose networks are compared


@dataclass(slots=True)
class Belonging:
    """The used subnets of each cluster, by the cluster's `id()`; those of unknown clusters are in none."""

    own: dict[int, list[Site]] = field(default_factory=dict)
    stated: set[int] = field(default_factory=set)  # clusters with some by more than their network
    shared: dict[str, list[Site]] = field(default_factory=dict)  # in networks of several clusters' nodes
    disputed: set[int] = field(default_factory=set)  # by their `id()`: given to clusters, and perhaps of others, too
    undecided: list[Site] = field(default_factory=list)

    def give(self, site: Site, owners: Iterable[int]) -> None:
        """Add a subnet to those of clusters."""
        for owner in owners:
            self.own.setdefault(owner, []).append(site)


@dataclass(frozen=True, slots=True)
class Claims:
    """What the only cluster of an input asks for itself: subnets, and gateways that its controller made."""

    subnets: frozenset[str]
    gateways: frozenset[str]


def claims(balancers: Iterable[Item], designated: Iterable[Item]) -> Claims:
    """Of ApplicationLoadBalancer objects, and of the reader who names the gateway's subnet."""
    balancers = list(balancers)
    asked = [resource_id(item.value["subnet"]["id"] or "") for item in balancers]
    named = [*asked, *(id_of(item.value) for item in designated)]
    made = (item.value.get("gateway") for item in balancers)
    return Claims(frozenset(filter(None, named)), frozenset(filter(None, made)))


def belonging(
    clusters: Sequence[KnownCluster],
    used: Iterable[Site],
    scopes: dict[Place, list[KnownCluster]],
    networks: Networks,
    claimed: Claims | None,
    naming: Set[int],
    by_word: bool,
) -> Belonging:
    """Tell the used subnets apart. `scopes`: parts of the input that speak of one cluster alone.

    `naming`: clusters by their `id()` whose documents name the subnet of their gateway. Where not `by_word`, what a
    document calls its cluster's own goes to the other clusters that it may serve, too.
    """
    groups: dict[str, list[KnownCluster]] = {}
    by_network: dict[str, list[KnownCluster]] = {}
    for cluster in clusters:
        groups.setdefault(cluster.node_group or "", []).append(cluster)
        for vnet in {cluster.vnet, *cluster.vnets} - {None}:
            by_network.setdefault(str(vnet), []).append(cluster)
    made = Belonging()
    elsewhere: list[Site] = []
    for site in used:
        vnet = vnet_of(site.id) or ""
        owners = _stated(site, groups, scopes, clusters if claimed and _claims(claimed, site) else ())
        near = by_network.get(vnet, [])
        if owners:
            # An association that several documents list is said to be in one of them: each of them names its subnet.
            also = [cluster for scope in site.snapshots for cluster in scopes.get(scope, [])]
            also += [cluster for cluster in near if id(cluster) not in naming]
            rivals = _rivals(site, owners, also, groups)
            if rivals is not None:
                made.disputed.add(id(site))
                owners += () if by_word else rivals
            stated = dict.fromkeys(map(id, owners))
            made.stated.update(stated)
            made.give(site, stated)
        elif _is_foreign(site, groups):
            continue
        elif len(near) == 1:
            made.give(site, [id(near[0])])
        elif near:
            made.shared.setdefault(vnet, []).append(site)
        else:
            elsewhere.append(site)
    decided, rest = split_kin(made.own, elsewhere)
    for site, owner in decided:
        made.give(site, [owner])
    _give_to_peers(made, rest, clusters, networks)
    return made


def _rivals(
    site: Site,
    owners: Sequence[KnownCluster],
    also: Sequence[KnownCluster],
    groups: dict[str, list[KnownCluster]],
) -> list[KnownCluster] | None:
    """The clusters that a subnet's gateways may serve beside those that it is given to; None: it is theirs for sure.

    A document that calls a subnet its cluster's does not say that no other cluster uses it. `also`: those that other
    documents name it for, and those of its network for which none names any. In a node resource group, a gateway is
    that cluster's alone.
    """
    placed = {owner_of(model) for model, _ in site.associations}
    decided = [own for own in placed if _managing(own, groups)]
    others = [cluster for cluster in also if all(cluster is not own for own in owners)]
    several = len({*map(id, owners)}) + len(others) > 1
    if not several or len(decided) == len(placed):
        return None
    return [] if decided else others


def _give_to_peers(
    made: Belonging, sites: Sequence[Site], clusters: Sequence[KnownCluster], networks: Networks
) -> None:
    """Subnets in no known nodes' network go to the cluster of a peered one that has none by other evidence."""
    few, owning = len(clusters) * len(sites) <= _MOST_COMPARED, set(made.own)
    for site in sites:
        peer = _peered(site, clusters, networks) if few and len(clusters) > 1 else None
        if peer is not None and id(peer) not in owning:
            made.give(site, [id(peer)])
        else:
            made.undecided.append(site)


def of_undecided(sites: Sequence[Site]) -> Iterator[Doubt]:
    """Why gateways that may be this cluster's, or another one's, are not judged."""
    for part in SEATED if sites else ():
        yield Doubt(UNDECIDED, _names(sites), part)


def of_shared(site: Site, near: Sequence[Site]) -> Iterator[Doubt]:
    """Why a gateway that other clusters' nodes are just as near to fails none of them.

    Two on one subnet are wrong whoever has them, and what is right for each of them is so for its own cluster.
    """
    if any(site is other for other in near):
        for part in ("/subnet", "/vnets"):
            yield Doubt(SHARED, _names([site]), part, passes_stand=True)


def _names(sites: Sequence[Site]) -> str:
    """Of gateways, or of their subnets where no id tells them."""
    owners = (owner_of(model) for site in sites[:_FEW] for model, _ in site.associations)
    names = dict.fromkeys(owner.rsplit("/", 1)[-1] for owner in owners if owner)
    return printable(", ".join(names) or ", ".join(site.name for site in sites[:_FEW]))


def node_group(cluster: Item) -> str | None:
    """The node resource group, or how its name begins: Azure's own ends in the region."""
    stated = key_of(cluster.value, "noderesourcegroup")
    if isinstance(stated, str) and stated:
        return stated.casefold()
    own = id_of(cluster.value)
    group, name = id_part(own, "resourcegroups"), id_part(own, "managedclusters")
    return f"{_MANAGED}{group}_{name}_".casefold() if group and name else None


def is_in(group: str, own: str) -> bool:
    """Whether a resource group is a node resource group, or begins as that does."""
    region = group.removeprefix(own)  # which has no such sign, as names of other clusters may
    return group == own or (own.endswith("_") and region != group and "_" not in region)


def is_made_by_aks(group: str) -> bool:
    """Whether a resource group is named as AKS names those of the nodes."""
    return group.startswith(_MANAGED)


def _stated(
    site: Site,
    groups: dict[str, list[KnownCluster]],
    scopes: dict[Place, list[KnownCluster]],
    claiming: Sequence[KnownCluster],
) -> list[KnownCluster]:
    placed = sorted({owner_of(model) for model, _ in site.associations})
    owners = [cluster for gateway in placed for cluster in _managing(gateway, groups)]
    owners += claiming
    for scope in {item.scope for _, item in site.associations}:
        owners += scopes.get(scope, [])
    return owners


def _claims(claimed: Claims, site: Site) -> bool:
    return site.id in claimed.subnets or any(owner_of(model) in claimed.gateways for model, _ in site.associations)


def _is_foreign(site: Site, groups: dict[str, list[KnownCluster]]) -> bool:
    """Whether all its gateways are in the node resource groups of clusters that the input does not hold."""
    placed = {owner_of(model) for model, _ in site.associations}
    return "" not in groups and all(is_made_by_aks(_group(own)) and not _managing(own, groups) for own in placed)


def _managing(gateway: str, groups: dict[str, list[KnownCluster]]) -> list[KnownCluster]:
    """The clusters in whose node resource group a gateway is: in another subscription, one of that name is another."""
    near = groups.get(_group(gateway), []) if _group(gateway) else []
    return [cluster for cluster in near if may_share_subscription(gateway, cluster.id)][:_MOST_OWNERS]


def _group(resource: str) -> str:
    return resource.partition("resourcegroups/")[2].partition("/")[0]


def _peered(site: Site, clusters: Sequence[KnownCluster], networks: Networks) -> KnownCluster | None:
    """The only cluster whose nodes' network is peered with that of a subnet, if none of the others can be."""
    states = [(cluster, networks.peered(cluster.vnet, vnet_of(site.id))) for cluster in clusters]
    near = [cluster for cluster, peered in states if peered]
    return near[0] if len(near) == 1 and all(peered is not None for _, peered in states) else None
