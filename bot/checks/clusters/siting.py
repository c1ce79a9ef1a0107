"""Which subnets are those of a cluster's gateways. What cannot be told apart is nobody's."""

from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.site import Site
from bot.checks.clusters.world import FEW, MOST_SHARED, World
from bot.checks.inventory.inventory import Item, Place, id_of
from bot.checks.inventory.snapshot import Vnets


def of_cluster(cluster: KnownCluster, world: World) -> tuple[list[Site], list[Site]]:
    """The used subnets of a cluster's gateways, and those whose gateways may be its own, or another cluster's.

    Where nothing else is known, all gateways are the only cluster's: in another network is where rules look for them.
    Beside its own, one in a network that is not peered with that of the nodes is somebody else's.
    """
    known, near = world.belonging, world.belonging.shared.get(cluster.vnet or "", [])
    rest = known.undecided
    if len(near) > MOST_SHARED:
        return [], near
    own = [*known.own.get(id(cluster), []), *near]
    if world.single and not own:
        return rest, []
    if len(own) > MOST_SHARED and not world.single and (near or id(cluster) in known.stated):
        return [], own
    if not own or len(rest) > FEW:
        return own, rest
    return own, [site for site in rest if world.networks.peered(cluster.vnet, vnet_of(site.id)) is not False]


def claims_of_others(cluster: KnownCluster, world: World) -> list[Place]:
    """Where it is said that gateways are another cluster's: those clusters, and networks that are not peered."""
    holders = [place for owner, place in world.holders[: FEW + 1] if owner is not cluster][:FEW]
    ends = [vnet_of(site.id) for site in world.belonging.undecided[:FEW]]
    apart = [vnet for vnet in ends if world.networks.peered(cluster.vnet, vnet) is False]
    return [*holders, *(world.networks.places(cluster.vnet, *apart) if apart else [])]


def designated_for(
    cluster: KnownCluster, world: World, sites: list[Site], installs: bool
) -> tuple[list[Site] | None, list[Item]]:
    """The subnets that the reader calls the gateway's. None: nobody does, or associations say otherwise."""
    mine, unclear = world.own(world.designated, cluster)
    if unclear:
        return [], unclear[:FEW]
    if not mine:
        return None, []
    named = {own for item in mine if (own := id_of(item.value)) is not None}
    chosen = [world.gateways.sites[own] for own in sorted(named)]
    ours = {id(item) for item in mine}
    chosen += [site for site in world.gateways.nameless if any(id(item) in ours for item in site.items)]
    if sites and not installs and not any(site.associations for site in chosen):
        return None, []
    good = [
        site
        for site in chosen
        if site.id not in cluster.subnets
        and (site.delegated is not False or site.undelegated or site.associations or installs)
    ]
    return ([] if len(good) < len(chosen) else good), mine


def beside(designated: list[Site], sites: list[Site], cluster: KnownCluster, world: World) -> list[Site]:
    """Subnets that gateways use beside the one that the reader names: near the nodes, or described.

    A list may be that of a whole subscription: of those elsewhere that nobody describes, and that another cluster's
    reader names, nothing is known to be this cluster's.
    """
    scopes, networks = set(world.scopes(cluster)), _networks_of_nodes(cluster, world)
    return [
        site
        for site in sites
        if all(site is not named for named in designated)
        and (site.items or not networks or vnet_of(site.id) in networks)
        and site.id not in cluster.subnets
        and (not site.snapshots or not site.snapshots.isdisjoint(scopes))
    ][:FEW]


def _networks_of_nodes(cluster: KnownCluster, world: World) -> set[str]:
    """That pools or a snapshot name. Empty: nobody knows, so any may be it."""
    stated = [Vnets.model_validate(item.value).aks for item in world.own(world.vnets, cluster)[0][:FEW]]
    return {vnet for vnet in (cluster.vnet, *(end.id for end in stated if end)) if vnet}


def untaken(cluster: KnownCluster, world: World) -> list[Site]:
    """Subnets beside a cluster that might be meant for a gateway, but that nobody delegates or calls its own."""
    every = [*world.gateways.sites.values(), *world.gateways.nameless] if world.single else []
    return [site for site in every if site.undelegated and not site.associations and site.id not in cluster.subnets][
        :FEW
    ]


def target_of(sites: list[Site], cluster: KnownCluster, world: World, unclear: bool) -> Site | None:
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
    if world.more_subnets:
        return None
    return sites[0] if len(sites) == 1 and not unclear else None


def _free(cluster: KnownCluster, world: World, unborn: bool = False) -> list[Site]:
    """Delegated subnets that no gateway uses. Of very many, two: it is not clear which."""
    if world.more_subnets:
        return []
    free = world.free if world.single or len(world.free) <= FEW else world.free[:2]
    return [site for site in free if site.id not in cluster.subnets and site.unborn >= unborn]


def _is_near(site: Site, cluster: KnownCluster, world: World) -> bool:
    """Whether a subnet speaks of this cluster: of several, it must be in the same network or in the same plan."""
    return (
        world.single
        or (cluster.vnet is not None and vnet_of(site.id) == cluster.vnet)
        or not site.scopes.isdisjoint(world.scopes(cluster))
    )


def only_delegated(cluster: KnownCluster, world: World) -> Site | None:
    """The only subnet that is delegated to the service, where no association is known."""
    free = _free(cluster, world)
    return free[0] if len(free) == 1 and _is_near(free[0], cluster, world) else None
