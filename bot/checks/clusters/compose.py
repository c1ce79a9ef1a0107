"""One inventory of all that was given: documents, pieces that options name, and what the reader says beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.checks.clusters.assemble import INSTALL
from bot.checks.clusters.leaving import has_plans, leave_out
from bot.checks.clusters.world import EVERYWHERE
from bot.checks.collect.collect import collect
from bot.checks.errors import InputError
from bot.checks.inventory.inventory import Inventory, Item, Place, key_of
from bot.checks.inventory.kinds import Kind, is_association
from bot.checks.terraform.updates import change_clusters
from bot.checks.versions import alb_version

# What may be given beside documents, or in their place: a file, files or a text of each name.
PIECES = {"aks": "file", "subnet": "file", "associations": "files", "alb_version": "text"}


@dataclass(frozen=True, slots=True)
class Given:
    """The content of a file, or what was sent."""

    value: Any
    file: str = ""


def compose(
    base: object = None,
    *,
    aks: object = None,
    subnet: object = None,
    associations: object = None,
    alb_version: str | None = None,
    planned: str | None = None,
) -> Inventory:
    """All that documents and pieces tell. A piece replaces nothing: of what contradicts it neither counts.

    Each of them is a JSON value, a `Given`, or a sequence of `Given`.
    """
    given = (base, aks, subnet, associations, alb_version, planned)
    inventory = _composed(Inventory(), *given)
    changes = any(item.before is not None for item in inventory.clusters)
    if changes or has_plans(inventory):
        now = _composed(Inventory(unapplied=True), *given)
        inventory.earlier = now if changes else None
        leave_out(inventory, now)
    return inventory


def _composed(
    inventory: Inventory,
    base: object,
    aks: object,
    subnet: object,
    associations: object,
    version: str | None,
    planned: str | None,
) -> Inventory:
    documents = list(_all(base))
    for given in documents:
        _collect(given, inventory)
    if _lists_associations(inventory, alone=len(documents) == 1, planned=planned):
        inventory.lists, inventory.empty = inventory.empty, []
        inventory.kinds = [str(Kind.ASSOCIATIONS) if kind == Kind.EMPTY else kind for kind in inventory.kinds]
    if aks is not None:
        piece = _piece(aks, "--aks", Kind.CLUSTER, inventory)
        inventory.clusters += piece.clusters
        inventory.pools += piece.pools
    change_clusters(inventory)
    if subnet is not None:
        piece = _piece(subnet, "--subnet", Kind.SUBNET, inventory)
        own = [*piece.subnets, *piece.designated]
        if len(own) == 1 and not piece.networks:
            inventory.designated.append(_said(own[0].value, own[0].place))
        else:
            inventory.subnets += own
    if associations is not None:
        piece = _piece(associations, "--associations", Kind.ASSOCIATIONS, inventory)
        inventory.associations += piece.associations
        inventory.lists += [*piece.lists, *piece.empty]
        inventory.partial += piece.partial
        inventory.unnamed += piece.unnamed
    if version is not None:
        said = Item({"version": version}, Place("/albController"), said_by=EVERYWHERE, verbatim=False)
        inventory.controllers = [*(item for item in inventory.controllers if _names_version(item)), said]
    if planned is not None:
        inventory.planned = [Item(planned, Place("/planned"), said_by=EVERYWHERE)]
    return inventory


def _lists_associations(into: Inventory, alone: bool, planned: str | None) -> bool:
    """Whether the only empty list is that of associations: many commands print `[]`, so that something must say so.

    The gateways do that list none themselves, or the reader who plans the first one, and writes one array of nothing
    but the cluster, the subnet and this list.
    """
    if not into.clusters or len(into.empty) != 1 or into.lists or into.associations:
        return False
    bare = bool(into.gateways) and all(key_of(gateway.value, "associations") == [] for gateway in into.gateways)
    first = alone and planned == INSTALL and set(into.kinds) == {Kind.CLUSTER, Kind.SUBNET, Kind.EMPTY}
    return bare or first


def _names_version(item: Item) -> bool:
    """Whether a document tells a release; one that does not is what the reader's word stands in for."""
    stated = key_of(item.value, "version")
    return alb_version(stated if isinstance(stated, str) else None) is not None


def _said(value: object, place: Place) -> Item:
    return Item(value, place, said_by=EVERYWHERE)


def _all(given: object) -> Iterable[Given]:
    if given is None:
        return []
    if isinstance(given, Given):
        return [given]
    if isinstance(given, Sequence) and given and all(isinstance(part, Given) for part in given):
        return given
    return [Given(given)]


def _collect(given: Given, into: Inventory) -> None:
    """Add a given document; an array has a kind for each of its documents."""
    place = Place("", given.file)
    kinds = into.kinds
    into.kinds = []
    if isinstance(given.value, list) and given.value:
        labels = []
        rest_of_list = any(map(is_association, given.value))  # what says nothing may be one more of these
        for at, part in enumerate(given.value):
            into.kinds = []
            if rest_of_list or not _says_nothing(part, place.at(at), into):
                collect(part, place.at(at), into)
            labels.append(" + ".join(dict.fromkeys(into.kinds)))
    else:
        if not _says_nothing(given.value, place, into):
            collect(given.value, place, into)
        labels = [" + ".join(dict.fromkeys(into.kinds))]
    into.kinds = [*kinds, *labels]


def _says_nothing(value: object, place: Place, into: Inventory) -> bool:
    """Whether a document is what `helm get values` prints where there are none; then it is named as not needed."""
    if value is not None and value != {}:
        return False
    into.kinds.append(Kind.NOTHING)
    into.ignored.append((place, "null" if value is None else "{}"))
    return True


def _piece(raw: object, option: str, kind: Kind, whole: Inventory) -> Inventory:
    """Refuse a mix-up early."""
    piece = Inventory()
    for given in _all(raw):
        _collect(given, piece)
    kept = {
        Kind.CLUSTER: piece.clusters,
        Kind.SUBNET: [*piece.subnets, *piece.designated],
        Kind.ASSOCIATIONS: [*piece.lists, *piece.empty],
    }[kind]
    if not kept or Kind.SNAPSHOT in piece.kinds or (kind is not Kind.CLUSTER and piece.clusters):
        kinds = ", ".join(dict.fromkeys(piece.kinds)) or str(Kind.OTHER)
        raise InputError("wrong-kind", option=option, expected=kind.value, found=kinds)
    whole.kinds += piece.kinds
    whole.ignored += piece.ignored
    whole.refused += piece.refused
    return piece
