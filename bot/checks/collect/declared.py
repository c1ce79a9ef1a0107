"""What ARM templates declare, and what a deployment would change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.checks.inventory import unwrap
from bot.checks.inventory.inventory import Inventory, Item, Place, Unread, key_of
from bot.checks.inventory.kinds import Kind, recognise, type_of, type_of_id
from bot.checks.spelling import resource_id, stands_in
from bot.checks.terraform.words import AZAPI, CLUSTER

_LINKED = ("azurerm_subnet", "azurerm_virtual_network", "azurerm_application_load_balancer_subnet_association")
_CHANGED = ("clusters", "associations")
_DECLARED = (*_CHANGED, "pools", "subnets", "networks", "gateways")
_CHANGES = ("create", "modify", "deploy", "unsupported")  # what they leave is not known without an `after`
Reader = Callable[[object, Place, Inventory], None]  # of one document


def read_template(raw: dict[str, Any], place: Place, into: Inventory, read: Reader) -> None:
    """What a template declares. It is not the whole world: there may be more gateways than it knows."""
    into.kinds.append(Kind.TEMPLATE)
    lists = len(into.lists)
    for held in unwrap.resources(raw, place):
        if type_of(held.value) == unwrap.DEPLOYMENT:
            if not unwrap.has_template(held.value):
                # A linked template is read nowhere: what it makes may be one more of anything.
                into.unread += [Unread(held.place, str(held.value.get("name", "?")), kind, None) for kind in _LINKED]
            continue  # what it holds is read as a part of this template
        kind = recognise(held.value)
        if kind is Kind.CLUSTER and stands_in(str(key_of(key_of(held.value, "networkprofile"), "networkplugin") or "")):
            into.refused.append((held.place, "template-expression", str(held.value.get("name", "?"))))
        _declared(held.value, held.place, into, read, condition=held.condition)
    if len(into.lists) > lists:
        into.partial.append(place)


def _declared(
    value: dict[str, Any],
    place: Place,
    into: Inventory,
    read: Reader,
    before: Any = None,
    created: bool = False,
    condition: str = "",
) -> None:
    """A resource that a template or a what-if names."""
    kinds, at = len(into.kinds), {name: len(getattr(into, name)) for name in _DECLARED}
    read(value, place, into)
    del into.kinds[kinds:]
    for name, start in at.items():
        kept: list[Item] = getattr(into, name)
        changed = {"before": before, "created": created} if name in _CHANGED else {}
        kept[start:] = [replace(item, condition=condition, **changed) for item in kept[start:]]


def read_what_if(changes: list[dict[str, Any]], place: Place, into: Inventory, read: Reader) -> None:
    """Resources as a deployment will leave them (or finds them), and the cluster as it is before."""
    into.kinds.append(Kind.WHAT_IF)
    lists = len(into.lists)
    for number, change in enumerate(changes):
        resource, action = str(change.get("resourceId") or ""), str(change.get("changeType") or "").lower()
        before, after = change.get("before"), change.get("after")
        if type_of_id(resource) is None:
            continue
        if into.unapplied and AZAPI.get(type_of_id(resource) or "") != CLUSTER:
            if action == "create":
                continue
            action, after = ("nochange", before) if isinstance(before, dict) else (action, None)
        if action == "delete":
            _destroyed(resource, before, place.at("changes", number), into, read)
            continue
        side = "after" if isinstance(after, dict) else "before"
        known = after if isinstance(after, dict) else before if isinstance(before, dict) else {}
        value = {"id": resource, "name": resource.rsplit("/", 1)[-1], **known, "type": type_of_id(resource)}
        was = {"id": resource, **before} if isinstance(before, dict) and isinstance(after, dict) else None
        at = place.at("changes", number, side)
        if not isinstance(after, dict) and action in _CHANGES and (kind := AZAPI.get(type_of_id(resource) or "")):
            into.unread.append(Unread(place.at("changes", number), resource, kind, resource_id(resource)))
        _declared(value, at, into, read, was, action == "create")
        if action == "create" and "/trafficcontrollers/" in resource.lower() and not into.planned:
            into.planned.append(Item("install-agc", at, said_by=place))
    if len(into.lists) > lists:
        into.partial.append(place)


def _destroyed(resource: str, before: object, place: Place, into: Inventory, read: Reader) -> None:
    """A cluster that a deployment deletes. Of anything else that it deletes, nothing is left to be judged."""
    if AZAPI.get(type_of_id(resource) or "") != CLUSTER:
        return
    known = before if isinstance(before, dict) else {}
    at = len(into.clusters)
    _declared(
        {"id": resource, "name": resource.rsplit("/", 1)[-1], **known, "type": type_of_id(resource)}, place, into, read
    )
    into.gone += [replace(item, gone=True, verbatim=False) for item in into.clusters[at:]]
    del into.clusters[at:]
