"""Subnets of a gateway that has another one already, or whose place another gateway takes: they are the same cluster's.

A move that stopped half-way leaves a gateway in two networks, or two gateways of which a plan made the second.
"""

import re
from collections.abc import Mapping, Sequence

from bot.checks.clusters.owners import owner_of
from bot.checks.clusters.site import Site

NEW_GATEWAY = "alb-24"  # how a plan names the first gateway that it makes, in the resource group of the old one
_OF_PLAN = re.compile(rf"{NEW_GATEWAY}(?:-\d{{1,9}})?")


def split_kin(own: Mapping[int, Sequence[Site]], sites: Sequence[Site]) -> tuple[list[tuple[Site, int]], list[Site]]:
    """Those of some subnets that are one cluster's for that reason, each with its cluster, and the rest."""
    holders: dict[str, set[int]] = {}  # clusters, by gateways and by the places of those that plans made
    for cluster, held in own.items() if sites else ():
        for owner in {owner_of(model) for site in held for model, _ in site.associations} - {""}:
            holders.setdefault(owner, set()).add(cluster)
            if is_of_plan(owner):
                holders.setdefault(place_of(owner), set()).add(cluster)
    decided, rest = [], []
    for site in sites:
        placed = {owner_of(model) for model, _ in site.associations}
        held_by = [holders.get(owner) or holders.get(place_of(owner) or "?", set()) for owner in placed]
        every = set().union(*held_by)
        if len(every) == 1 and all(held_by):
            decided.append((site, every.pop()))
        else:
            rest.append(site)
    return decided, rest


def is_of_plan(gateway: str) -> bool:
    """Whether the id of a gateway ends in a name that plans give."""
    return _OF_PLAN.fullmatch(gateway.rpartition("/")[2]) is not None


def place_of(gateway: str) -> str:
    """The resource group, as all gateways in it have it in their ids."""
    return gateway.rpartition("/")[0]
