"""Subnets that a plan creates, and ids that speak of them before Azure has given them any.

The id of a new subnet is made of names. An association of the plan on a subnet of the same names is on the new one; one
that exists already, or of which not all names are known, may be.
"""

import re

from bot.checks.clusters.site import Site

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
