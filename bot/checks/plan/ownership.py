"""What a plan does with gateways, as `clusters.belonging` tells whose they are: it changes no other cluster's."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.belonging import is_in, is_made_by_aks, node_group
from bot.checks.clusters.clusters import vnet_of
from bot.checks.clusters.kin import is_of_plan, place_of
from bot.checks.clusters.networks import same
from bot.checks.inventory.inventory import id_of, key_of
from bot.checks.plan.beside import Beside
from bot.checks.plan.gateways import Gateway
from bot.checks.spelling import id_part, may_share_subscription, region_name, told_subscription


def with_owners(gateways: Sequence[Gateway], case: Case, known: Beside) -> list[Gateway]:
    """Mark the gateways that are this cluster's for sure, and those that may be another cluster's.

    A gateway is this cluster's for sure in its node resource group, or where an object of the only cluster names it.
    In the group of another cluster it is that one's. One in another network than the nodes may be anybody's where the
    input has other gateways, and so may be one in a network of several clusters' nodes, or that several call their own.
    """
    own = node_group(case.item)
    here = {gateway.owner for gateway in gateways if gateway.exists and _is_near(gateway, case)}
    many = len({gateway.owner for gateway in gateways if gateway.exists}) > 1
    heirs = {place_of(owner) for owner in here if is_of_plan(owner)} - {""}  # a plan made one in place of another
    marked = []
    for gateway in gateways:
        within = _holds(own, id_of(case.item.value), gateway)
        groups = _like(gateway, known)
        sure = bool(gateway.exists) and (within or (case.single and gateway.balancer is not None))
        of_others = is_made_by_aks(_group_of(gateway)) or any(_holds(*other, gateway) for other in groups)
        near = gateway.owner in here or place_of(gateway.owner) in heirs
        others = gateway.unclear and any(other.exists for other in gateways)
        elsewhere = (of_others and not within) or (many and not near) or gateway.shared
        foreign = others or (bool(gateway.exists) and not sure and elsewhere)
        marked.append(replace(gateway, sure=sure, foreign=foreign, managed=gateway.managed or (within and sure)))
    return marked


def _is_near(gateway: Gateway, case: Case) -> bool:
    return gateway.site is not None and same(vnet_of(gateway.site), case.vnet)


def _holds(group: str | None, cluster: str | None, gateway: Gateway) -> bool:
    """Whether a gateway is in a cluster's node resource group: in another subscription, that is another group."""
    return (
        group is not None and is_in(_group_of(gateway), group) and may_share_subscription(gateway.association, cluster)
    )


def _group_of(gateway: Gateway) -> str:
    return (id_part(gateway.association, "resourcegroups") or "").casefold()


def frontends_of(known: Beside) -> dict[str, tuple[str, ...]]:
    """The names of the frontends of gateways, by the gateways' ids; told once for all clusters."""
    kept: dict[str, dict[str, tuple[str, ...]]] = known.inventory.summary
    if "frontends" not in kept:
        named = kept["frontends"] = {}
        for item in known.inventory.gateways:
            listed = key_of(item.value, "frontends")
            ids = [id_of(part) or "" for part in (listed if isinstance(listed, list) else [])]
            if ids:
                named[id_of(item.value) or ""] = tuple(sorted(own.rpartition("/")[2] for own in ids if own))
    return kept["frontends"]


def _like(gateway: Gateway, known: Beside) -> list[tuple[str, str | None]]:
    """Of each node resource group that a gateway may be in, and each subscription that may be its own, one cluster."""
    group, own = _group_of(gateway), told_subscription(gateway.association)
    names = (group, "".join(group.rpartition("_")[:2]))  # whole, or without the region
    alike = [(name, known.node_groups.get(name, {})) for name in names]
    return [
        (name, clusters[each])
        for name, clusters in alike
        for each in ((own, None) if own else list(clusters)[:1])
        if each in clusters
    ]


def free_gateways(case: Case, known: Beside) -> tuple[str, ...]:
    """The ids of gateways without an association that people have made where this cluster's may be."""
    region, free = region_name(key_of(case.item.value, "location")), known.free_gateways
    if region not in free:
        by_region = known.made_by_hand
        parts = [by_region.get(region, ()), by_region.get(None, ())] if region else list(by_region.values())
        free[region] = tuple(sorted(chain(*parts)))
    return free[region]
