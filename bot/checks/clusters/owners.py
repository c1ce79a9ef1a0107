"""Whose associations are: what an ApplicationLoadBalancer object asks for, and what is known on the same subnet.

Every association has an owner, the gateway that it is a part of. ALB Controller makes the gateway of an object, and
names it in the object's status (`alb-id=…`). Nothing else ties the two: neither the subnet nor how many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.checks.clusters.merging import where
from bot.checks.clusters.site import SEATED, Site
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import Item
from bot.checks.inventory.snapshot import Association
from bot.checks.inventory.states import is_deleting
from bot.checks.printable import printable

UNIDENTIFIED, NAMESAKE, DEPARTING = "unidentified-balancer", "namesake-subnet", "departing-balancer"
Pair = tuple[Association, Item]


@dataclass(slots=True)
class Ties:
    """What objects ask for on one subnet, beside the associations that are known there."""

    more: list[Pair] = field(default_factory=list)  # none of those that are known
    untied: list[Item] = field(default_factory=list)  # no list holds it, or only those of other gateways
    unidentified: list[Item] = field(default_factory=list)  # may be one of those that are known, or another one


def owner_of(association: Association) -> str:
    """The gateway's id; empty where the association has no id that Azure gave it."""
    return (association.id or "").rpartition("/associations/")[0]


def tied(asked: Sequence[Pair], known: Sequence[Pair]) -> Ties:
    """Each object's association: the gateway that its status names owns it, or it is one that may be anybody's.

    Every object has its own, so that of several no more are taken for known ones than there are.
    """
    ties = Ties()
    owners = {owner for model, _ in known if (owner := owner_of(model))}
    claimed = {item.value.get("gateway") for _, item in asked} & owners
    open_to_all = sum(not _declared(item) and owner_of(model) not in claimed for model, item in known)
    for model, item in asked:
        gateway = item.value.get("gateway")
        if gateway in claimed:
            continue
        if known and is_deleting(item.value) and open_to_all == 0:  # its association may be gone already
            ties.untied.append(item)
            continue
        if item.created or open_to_all == 0:
            ties.more.append((model, item))
            ties.untied += [item] if not known and not item.created else []
            continue
        open_to_all -= 1
        (ties.untied if gateway else ties.unidentified).append(item)
    return ties


def _declared(item: Item) -> bool:
    """Whether a plan makes or manages an association: then no controller does."""
    return item.created or bool(item.name)


def of_owners(site: Site) -> Iterator[Doubt]:
    """Objects whose association may be the one that is known, and associations that may be on a new subnet."""
    for item in site.unidentified[:1]:
        yield Doubt(UNIDENTIFIED, printable(where(item.place)), "/agcAssociations", fails_stand=True)
    for item in site.namesakes[:1]:
        yield Doubt(NAMESAKE, printable(where(item.place)), "/agcAssociations", fails_stand=True)
    for item in site.departing[:1]:
        staying = len(site.associations) - min(item.departs, len(site.departing))
        for part in () if staying > 1 else ("/agcAssociations",) if staying else SEATED:
            yield Doubt(DEPARTING, printable(where(item.place)), part, passes_stand=True)
