"""Subnets that a gateway may take: those that are there for one, and that nothing uses as far as all lists tell."""

import re
from collections.abc import Mapping, Set

from bot.checks.clusters.gateways import Gateways
from bot.checks.inventory.inventory import Inventory, id_of, key_of
from bot.checks.inventory.states import provisioning_state

NEW_SUBNET = "snet-agc-24"  # how a plan names the first subnet that it makes
_SETTLED = ("", "succeeded")
_OF_PLAN = re.compile(rf"{NEW_SUBNET}(?:-(\d{{1,9}}))?")


def lists_all(inventory: Inventory, known: Gateways) -> bool:
    """Whether lists hold all associations, but for those that objects ask for and their listed gateways do not have.

    That such an object asks for another subnet makes a list no older: the gateway's association is yet to come.
    """
    listed = {id_of(item.value) for item in inventory.gateways}
    listed |= {(id_of(item.value) or "").rpartition("/associations/")[0] for item in inventory.associations}
    tied = all(key_of(item.value, "gateway") in listed for item in known.untied)
    return tied and not (known.cut or known.declared or known.unplaced)


def free_subnets(
    known: Gateways, prefixes: Mapping[str, Mapping[str, None]], away: Set[str | None]
) -> dict[str, tuple[str, ...]]:
    """By networks: the ids of /24 subnets that are delegated to gateways, and that nothing uses or is to use (`away`).

    Those that are named as a plan names its own come last: in the order in which its steps make them.
    """
    by_network: dict[str, list[str]] = {}
    for own, site in known.sites.items():
        network, _, name = own.rpartition("/subnets/")
        ranges = prefixes.get(own, {})
        fits = len(ranges) == 1 and all(text.endswith("/24") for text in ranges) and site.delegated
        used = site.associations or site.namesakes or site.links or site.others or own in away
        odd = any(
            item.created or item.gone or item.remade or provisioning_state(item.value).casefold() not in _SETTLED
            for item in site.items
        )
        if network and name and fits and not used and not odd:
            by_network.setdefault(network, []).append(own)
    return {network: tuple(sorted(every, key=_by_name)) for network, every in by_network.items()}


def _by_name(own: str) -> tuple[bool, int, str]:
    name = own.rpartition("/")[2]
    of_plan = _OF_PLAN.fullmatch(name)
    return bool(of_plan), int(of_plan[1] or 1) if of_plan else 0, name
