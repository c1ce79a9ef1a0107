"""Why data that are there do not decide: parts of the input contradict each other, are cut, or may not exist."""

from collections.abc import Iterable, Iterator, Sequence

from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.links import SERVICE
from bot.checks.clusters.merging import where
from bot.checks.clusters.networks import Networks, same
from bot.checks.clusters.site import SEATED, Site
from bot.checks.clusters.world import FEW, World
from bot.checks.findings import Doubt, Gap, Status, Verdict
from bot.checks.inventory.inventory import MAYBE, SKIPPED, UNREAD_OBJECT, Item, Place, Unread, key_of
from bot.checks.inventory.snapshot import Snapshot
from bot.checks.printable import printable
from bot.checks.spelling import stands_in
from bot.checks.terraform.words import CLUSTER, MANIFEST

CONTRADICTION, CUT, CONDITION, UNNAMED = "contradiction", "cut-page", "condition", "unnamed-list"
TWICE, EMPTY, UNTIED, STATE, GONE = "said-twice", "empty-list", "untied-balancer", "peering-state", "destroyed"
OWNED, USED = "owned-subnet", "used-subnet"
BY_NAME = "said-by-name"
UNDELEGATED, UNTAKEN = "undelegated-subnet", "untaken-subnet"
KUBENET_MODE, STRAY_RANGE = "kubenet-mode", "stray-range"
UNLISTED = "unlisted-associations"
_CONCERNS = {  # what a change is about, and what of a snapshot may be another one after it
    CLUSTER: ("cluster", ("/aks", "/vnets", "/albController", "/subnet", "/agcAssociations")),  # the CNI decides all
    "azurerm_kubernetes_cluster_node_pool": ("cluster", ("/aks/agentPoolProfiles", "/vnets")),
    "azurerm_subnet": ("subnet", ("/subnet",)),
    "azurerm_virtual_network": ("network", ("/subnet", "/vnets")),
    "azurerm_virtual_network_peering": ("any", ("/vnets",)),
    "azurerm_application_load_balancer": ("any", ("/subnet", "/agcAssociations", "/vnets")),
    "azurerm_application_load_balancer_subnet_association": ("any", ("/subnet", "/agcAssociations", "/vnets")),
    MANIFEST: ("any", ("/albController",)),
}
_DECIDING = 2  # associations on a subnet that are there for certain
_TOGETHER = ("gateways", "associations", "controllers")  # one that is missing decides about those that are there


def doubted(verdict: Verdict, doubts: Iterable[Doubt]) -> Verdict:
    """What is decided by data in doubt is not decided; what is open for that reason says so."""
    for doubt in doubts:
        if not any(f"{pointer}/".startswith(f"{doubt.pointer}/") for pointer in (verdict.pointer, *verdict.rests_on)):
            continue
        open_anyway = verdict.status is Status.UNKNOWN and verdict.gap is Gap.DATA
        decided = [] if doubt.passes_stand else [Status.PASS]
        decided += [] if doubt.fails_stand else [Status.FAIL]
        if open_anyway or (verdict.status in decided and not doubt.settled):
            seen = f"{verdict.observed} ({doubt.seen})" if verdict.observed else doubt.seen
            return Verdict(Status.UNKNOWN, seen, verdict.pointer, Gap.DATA, doubt)
    return verdict


def of_conditions(cluster: KnownCluster, site: Site | None, networks: Networks) -> Iterator[Doubt]:
    """What exists only under a condition, or perhaps."""
    maybe = [item for item in cluster.items if item.condition == MAYBE]  # which an output of now does not rule out
    if maybe or _all_conditional(cluster.items):
        yield _conditional(maybe or cluster.items, "")
    if pools := [cluster.conditional[place] for place in cluster.pools if place in cluster.conditional]:
        yield _conditional(pools, "/aks/agentPoolProfiles")
    if site is not None:
        yield from _of_conditional_site(site)
        yield from _of_conditional_networks(cluster.vnet, vnet_of(site.id), networks)


def _of_conditional_site(site: Site) -> Iterator[Doubt]:
    """A subnet, or its associations. Two associations that are certain decide, whatever else is."""
    on_it = [item for _, item in site.associations]
    certain = sum(not item.condition for item in on_it)
    uncertain = site.items if _all_conditional(site.items) else on_it
    if uncertain and not certain:
        for part in SEATED:
            yield _conditional(uncertain, part)
    elif certain < min(len(on_it), _DECIDING):
        yield _conditional(on_it, "/agcAssociations")


def _of_conditional_networks(nodes: str | None, gateway: str | None, networks: Networks) -> Iterator[Doubt]:
    """The networks of the nodes and of the gateway; in one network, no peering decides anything."""
    under = {network.condition for end in (nodes, gateway) for network in networks.known(end)} - {""}
    if under and not same(nodes, gateway):
        yield Doubt(MAYBE, "VNet", "/vnets") if under == {MAYBE} else Doubt(CONDITION, "condition", "/vnets")


def _all_conditional(items: Sequence[Item]) -> bool:
    return bool(items) and all(item.condition for item in items)


def of_links(site: Site) -> Iterator[Doubt]:
    """Services that use a subnet, as the subnet itself says."""
    for part in SEATED if site.others else ():
        yield Doubt(OWNED, printable(", ".join(site.others)), part, fails_stand=True)
    if site.unlisted:
        named = dict.fromkeys(link.target.rpartition(f"{SERVICE}/")[2] or SERVICE for link in site.unlisted)
        yield Doubt(USED, printable(", ".join(named)), "/agcAssociations", fails_stand=True)


def of_delegation(site: Site) -> Iterator[Doubt]:
    """The reader calls it the gateway's, and no service may use it: what is wrong with it stays wrong."""
    for part in SEATED if site.undelegated and not site.associations else ():
        yield Doubt(UNDELEGATED, printable(site.name), part, fails_stand=True)


def of_unlisted(world: World) -> Iterator[Doubt]:
    """Gateways whose associations are in no list that is given: which subnets they use is not known."""
    given = {id(item) for item in world.inventory.gateways}
    gateways = [item for _, item in world.gateways.unplaced if id(item) in given]
    if gateways:
        named = dict.fromkeys(str(key_of(item.value, "name") or "?") for item in gateways[:FEW])
        for part in SEATED:
            yield Doubt(UNLISTED, printable(", ".join(named)), part, settled=True)


def of_untaken(sites: Sequence[Site]) -> Iterator[Doubt]:
    """Subnets that are given and yet are not taken for the gateway's."""
    if sites:
        yield Doubt(UNTAKEN, printable(", ".join(site.name for site in sites)), "/subnet", settled=True)


def of_unread(
    cluster: KnownCluster, site: Site | None, networks: tuple[str | None, ...], world: World
) -> Iterator[Doubt]:
    """Changes by a plan that are not read: what they may concern is not known until the plan is applied."""
    for change in world.unread:
        about, pointers = _CONCERNS[change.kind]
        if about == "cluster" and _is_shown(cluster, change):
            continue
        own: set[str | None] = {
            "cluster": {cluster.id},
            "subnet": {site.id if site else None},
            "network": set(networks),
        }.get(about, {None})
        owner = (change.target or "").partition("/agentpools/")[0] if about == "cluster" else change.target
        if change.target is None or None in own or any(same(owner, resource) for resource in own):
            for pointer in pointers:
                yield Doubt(change.code, printable(change.name), pointer, fails_stand=change.code == UNREAD_OBJECT)


def _is_shown(cluster: KnownCluster, change: Unread) -> bool:
    """Whether nothing else is known of a cluster, or the very what-if shows it that has not looked at other things."""
    if change.code == SKIPPED and change.target is None:
        return change.kind == CLUSTER and _holds(change.place, (item.place for item in cluster.items))
    return all(item.place == change.place for item in cluster.items)


def of_pages(world: World) -> Iterator[Doubt]:
    """Pages that go on elsewhere. What is wrong with a part stays wrong; that all of them are right is not known.

    A cluster, a subnet or a network that is named is judged by itself, however many others there are.
    """
    for kind, place in sorted(world.cut.items(), key=lambda pair: pair[0] not in _TOGETHER):
        if kind == "pools":
            continue  # of_pools
        pointers = {"clusters": (*SEATED, "/albController"), "controllers": ("/albController",)}.get(kind, SEATED)
        for pointer in pointers:
            yield Doubt(CUT, _where(place), pointer, settled=kind not in _TOGETHER, fails_stand=True)
    for place in world.inventory.unnamed[:FEW]:
        yield Doubt(UNNAMED, _where(place), "/agcAssociations", settled=True)
    for item in world.gateways.untied[:FEW]:
        yield Doubt(UNTIED, _where(item.place), "/agcAssociations", settled=True)
    for place in () if world.gateways.known else world.inventory.empty[:FEW]:
        yield Doubt(EMPTY, _where(place), "/agcAssociations", settled=True)


def of_cluster(cluster: KnownCluster, world: World) -> Iterator[Doubt]:
    """What is in doubt of a cluster itself, whatever its gateways are.

    A page of node pools that goes on elsewhere leaves pools out of which each may decide, and lie in another network.
    """
    if cluster.fate:
        item = next(item for item in cluster.items if item.gone or item.remade)
        yield Doubt(GONE, _where(item.place), "", fails_stand=cluster.fate == "replaced")
    for profile in (known.network_profile for known in (cluster.cluster, cluster.before) if known):
        mode = profile.network_plugin_mode if profile and profile.network_plugin == "kubenet" else None
        if mode is not None and not stands_in(mode):
            yield Doubt(KUBENET_MODE, printable(f"networkPluginMode={mode}"), "/aks/networkProfile/networkPlugin")
    for known in (cluster.cluster, cluster.before):
        if known and (stray := Snapshot.model_construct(aks=known).stray_range):
            yield Doubt(STRAY_RANGE, printable(f"podCidr={stray}"), "/aks/networkProfile/networkPlugin", settled=True)
    for contradiction in cluster.contradictions[:FEW]:
        pointer = _DECIDES.get(contradiction.pointer, contradiction.pointer)
        yield Doubt(TWICE, printable(contradiction.seen), pointer, settled=True)
    places = {Place(place.pointer.rpartition("/")[0], place.file) for place in cluster.pools}
    cut = next((place for place, kind in world.inventory.cut if kind == "pools" and _holds(place, places)), None)
    for pointer in ("/aks/agentPoolProfiles", "/vnets") if cut else ():
        yield Doubt(CUT, _where(cut or Place()), pointer, fails_stand=True)


_DECIDES = {  # which verdicts a contradicted value leaves open
    "/aks/networkProfile/networkPluginMode": "/aks/networkProfile/networkPlugin",
    "/aks/networkProfile/podCidr": "/podCidr",
    "/aks/networkProfile/serviceCidr": "/podCidr",
}


def _holds(page: Place, places: Iterable[Place]) -> bool:
    return any(place.file == page.file and f"{place.pointer}/".startswith(f"{page.pointer}/") for place in places)


def of_subnet(site: Site) -> Iterator[Doubt]:
    """What documents contradict each other about a subnet, and about where its associations are."""
    for seen in site.contradictions:
        yield Doubt(TWICE, printable(seen), "/subnet", settled=True)
    for seen in site.alike[:1]:
        yield Doubt(BY_NAME, printable(seen), "/subnet", fails_stand=True)
    for seen in site.torn:
        for part in SEATED:
            yield Doubt(TWICE, printable(seen), part)


def _where(place: Place) -> str:
    return printable(where(place))


def _conditional(items: Iterable[Item], pointer: str) -> Doubt:
    """Why these may not be there: a template's condition, or a what-if that calls them possible."""
    under = [item for item in items if item.condition]
    if all(item.condition == MAYBE for item in under):
        names = dict.fromkeys(str(key_of(item.value, "name") or "?") for item in under)
        return Doubt(MAYBE, printable(", ".join(names), 120), pointer)
    conditions = dict.fromkeys(item.condition for item in under if item.condition != MAYBE)
    return Doubt(CONDITION, printable("condition: " + ", ".join(conditions), 120), pointer)
