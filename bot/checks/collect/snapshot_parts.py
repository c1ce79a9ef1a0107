"""The parts of a snapshot, and what else is looked up in documents by name."""

from typing import Any

from bot.checks.collect.keys import unread_keys
from bot.checks.inventory.inventory import Inventory, Item, Place
from bot.checks.inventory.kinds import type_of_id
from bot.checks.inventory.snapshot import Snapshot
from bot.checks.inventory.unwrap import goes_on


def read_snapshot(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Taken by its word: its subnet is the gateway's, and its VNets are those that it names."""
    aks = entry(raw, "aks")
    into.misspelt += unread_keys(raw, place)
    Snapshot.parse_at(
        raw if aks is not None or "aks" in {str(key).lower() for key in raw} else {**raw, "aks": {}}, place
    )

    def said(name: str) -> Item | None:
        part = entry(raw, name)
        return None if part is None else Item(part[0], place.at(*part[1]), said_by=place, whole=True)

    for name, kept in (("aks", into.clusters), ("subnet", into.designated), ("vnets", into.vnets)):
        if (item := said(name)) is not None:
            kept.append(item)
    controller, planned, listed = said("albcontroller"), said("planned"), said("agcassociations")
    if controller is not None:
        into.controllers.append(controller)
    if planned is not None and str(planned.value).strip():
        into.planned.append(Item(str(planned.value).strip().casefold(), planned.place, said_by=place))
    if listed is not None:
        page = isinstance(listed.value, dict)
        items, at = (listed.value["value"], listed.place.at("value")) if page else (listed.value, listed.place)
        read_associations(items, at, into, place)
        if page and goes_on(listed.value, len(items)):
            into.partial.append(listed.place)
            into.cut.append((listed.place, "associations"))


def read_associations(raw: list[Any], place: Place, into: Inventory, said_by: Place | None = None) -> None:
    """A list of them; an empty one says that there are none."""
    into.lists.append(place)
    into.associations += [Item(item, place.at(at), said_by) for at, item in enumerate(raw)]


def entry(raw: dict[str, Any], name: str) -> tuple[Any, list[str]] | None:
    """A key in any case, beside or under `properties`: its value and the way to it. Null says nothing."""
    for key, value in raw.items():
        if str(key).lower() == name and value is not None:
            return value, [str(key)]
    for key, value in raw.items():
        if str(key).lower() == "properties" and isinstance(value, dict):
            deeper = entry(value, name)
            return None if deeper is None else (deeper[0], [str(key), *deeper[1]])
    return None


def named(raw: dict[str, Any]) -> str:
    """Kind and name as people say them."""
    metadata = raw.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else raw.get("name")
    kind = raw.get("kind") if "apiVersion" in raw else raw.get("type") or type_of_id(str(raw.get("id", ""))) or "?"
    return f"{kind} {name}" if isinstance(name, str) else str(kind)
