"""Subnets that a plan creates, and ids that speak of them before Azure has given them any.

The id of a new subnet is made of names. An association of the plan on a subnet of the same names is on the new one; one
that exists already, or of which not all names are known, may be.
"""

import re
from collections.abc import Iterable

from bot.checks.clusters.merging import shown
from bot.checks.clusters.site import Site
from bot.checks.inventory.inventory import Item, key_of
from bot.checks.spelling import resource_id

_FEW = 8  # subnets of one name that are compared
_NAMES = re.compile(r"(?:.*?/)?resourcegroups/([^/]+)/providers/[^/]+/virtualnetworks/([^/]+)/subnets/([^/]+)")
Names = tuple[str | None, ...]


def find_namesakes(sites: dict[str, Site]) -> None:
    """Put the associations on ids of the same names to the new subnets, or name them as doubtful."""
    new = [(own, site) for own, site in sites.items() if site.new and site.unborn and _NAMES.fullmatch(own) is None]
    if not new:
        return
    used: dict[str, list[str]] = {}
    for own, site in sites.items():
        if site.associations and (match := _NAMES.fullmatch(own)):
            used.setdefault(match[3], []).append(own)
    for own, site in new:
        for name in [site.items[0].names[-1]] if site.items[0].names[-1] else used:
            for other in used.get(str(name), []):
                _compare(site, sites[other], own)


def _compare(site: Site, other: Site, own: str) -> None:
    match = _NAMES.fullmatch(other.id or "")
    names: Names = match.groups() if match else ()
    pairs = list(zip(site.items[0].names, names, strict=True))
    if any(known is not None and known != name for known, name in pairs):
        return
    whole = all(known is not None for known, _ in pairs)
    here = [pair for pair in other.associations if whole and pair[1].created]
    site.associations += [
        (model.model_copy(update={"subnet": model.subnet and model.subnet.model_copy(update={"id": own})}), item)
        for model, item in here
    ]
    other.associations = [pair for pair in other.associations if pair not in here]
    site.namesakes += [item for _, item in other.associations]


def compare_by_name(sites: dict[str, Site], nameless: Iterable[Site]) -> None:
    """Note on a subnet what is said of one of its names without an id: it may be said of this one."""
    by_name: dict[str, list[tuple[Names, Site]]] = {}
    for own, site in sites.items():
        if site.items and (match := _NAMES.fullmatch(own)):
            by_name.setdefault(match[3], []).append((match.groups(), site))
    for loose in nameless if by_name else ():
        for item in loose.items:
            network, name = _said_names(item)
            for (_, known, _), site in by_name.get(name or "", [])[:_FEW]:
                said = loose.statements[0].prefixes
                known_sizes = {frozenset(statement.prefixes) for statement in site.statements}
                if said and network in (None, known) and frozenset(said) not in known_sizes:
                    site.alike.append(f"{name}: {shown([(', '.join(said), item.place)])}")


def _said_names(subnet: Item) -> tuple[str | None, str | None]:
    """Its network's and its own name, as far as a document tells them that has no id."""
    own = key_of(subnet.value, "name")
    network, _, name = own.rpartition("/") if isinstance(own, str) else ("", "", "")
    around = subnet.names[1] if subnet.names else None
    return resource_id(network) or around, resource_id(name)
