"""What a deployment would change, as a what-if tells it: what changes, what may change, and what it did not look at."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from bot.checks.collect.declared import LINKED, Reader, declared
from bot.checks.inventory.cluster import Cluster, Pool
from bot.checks.inventory.inventory import MAYBE, SKIPPED, Inventory, Item, Place, Unread, key_of
from bot.checks.inventory.kinds import Kind, recognise, type_of_id
from bot.checks.inventory.snapshot import Association, Subnet, parsed, upgrades
from bot.checks.inventory.unwrap import DEPLOYMENT, WhatIf
from bot.checks.spelling import AzureObject, resource_id
from bot.checks.terraform.words import ASSOCIATION, AZAPI, CLUSTER, MANIFEST, POOL, SUBNET

_CHANGES = ("create", "modify", "deploy", "unsupported")  # what they leave is not known without an `after`
_KEPT = ("nochange", "ignore")
_OBJECTS = (Kind.WORKLOAD, Kind.GITOPS, Kind.BALANCER, Kind.MASQ_AGENT, Kind.OBJECT)  # of Kubernetes
_MODELS: dict[str, type[AzureObject]] = {CLUSTER: Cluster, POOL: Pool, SUBNET: Subnet, ASSOCIATION: Association}
_NUMBER = re.compile("[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of a resource that rules ask for. `maybe`: it may happen, or not."""

    resource: str
    kind: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    place: Place
    maybe: bool
    mixed: bool = False  # `after` is of both: it keeps what a change of it would have no effect on

    def at(self, name: str) -> Place:
        """Where a side stands."""
        return self.place if self.mixed and name == "after" else self.place.at(name)

    @property
    def name(self) -> str:
        return self.resource.rsplit("/", 1)[-1]

    def side(self, name: str) -> dict[str, Any]:
        """The resource before or after, with the id and the type that the change tells of it."""
        known = (self.after if name == "after" else self.before) or {}
        return {"id": self.resource, "name": self.name, **known, "type": type_of_id(self.resource)}


def read_what_if(result: WhatIf, into: Inventory, read: Reader) -> None:
    """Resources as a deployment will leave them (or finds them), and the cluster as it is before."""
    into.kinds.append(Kind.WHAT_IF)
    lists = len(into.lists)
    for name, changes in (("changes", result.changes), ("potentialChanges", result.potential)):
        for number, raw in enumerate(changes):
            _read_change(raw, result.place.at(name, number), name != "changes", result.place, into, read)
    for number, diagnostic in enumerate(result.diagnostics):
        into.unread += _skipped(diagnostic, result.place.at("diagnostics", number), result.place)
    into.declared += into.lists[lists:]


def _read_change(raw: dict[str, Any], at: Place, maybe: bool, whole: Place, into: Inventory, read: Reader) -> None:
    action, own = str(raw.get("changeType") or "").lower(), str(raw.get("resourceId") or "")
    kind = type_of_id(own)
    if action == "delete" and not maybe and not into.unapplied and (removed := resource_id(own)):
        into.removed.add(removed)
    if kind is None or kind == DEPLOYMENT:
        is_read = not own and not maybe and _read_object(raw, action, at, into, read)
        if action not in (*_KEPT, "delete") and not is_read:  # a thing without an id that can be read may be any
            into.unread += _anything(own or str(raw.get("symbolicName") or "?"), whole, *([] if own else [MANIFEST]))
        return
    before, after = raw.get("before"), raw.get("after")
    if action not in (*_CHANGES, *_KEPT, "delete"):  # nobody knows what it leaves
        action, after = "unsupported", None
    change = _Change(
        own,
        AZAPI.get(kind, ""),
        action,
        before if isinstance(before, dict) else None,
        _without_effectless(after, before, raw.get("delta")) if isinstance(after, dict) else None,
        at,
        maybe,
        mixed=any(_effectless(raw.get("delta"), ())),
    )
    if into.unapplied and change.kind != CLUSTER:
        if action == "create":
            return
        if change.before is not None:
            change = replace(change, action="nochange", after=None, maybe=False)
        else:
            change = replace(change, after=None)
    if maybe and change.action not in _KEPT:
        _read_maybe(change, into, read)
    else:
        _read_certain(change, whole, into, read)


def _read_object(raw: dict[str, Any], action: str, at: Place, into: Inventory, read: Reader) -> bool:
    """Read what an extension of Bicep makes in Kubernetes. False: it tells no object."""
    stays = action in _KEPT or into.unapplied
    side = "before" if stays and isinstance(raw.get("before"), dict) else "after"
    kind = recognise(raw.get(side))
    if kind not in _OBJECTS:
        return False
    if not (into.unapplied and action == "create") and (action != "delete" or into.unapplied):
        kinds = len(into.kinds)
        read(raw[side], at.at(side), into)
        del into.kinds[kinds:]
    return True


def _read_certain(change: _Change, whole: Place, into: Inventory, read: Reader) -> None:
    if change.action == "delete":
        _destroyed(change, into, read)
        return
    if change.after is None and change.action in _CHANGES and change.kind:
        into.unread.append(Unread(change.place, change.resource, change.kind, resource_id(change.resource)))
    side = "after" if change.after is not None else "before"
    changed = change.before is not None and change.after is not None
    created = change.action == "create"
    declared(
        change.side(side),
        change.at(side),
        into,
        read,
        before={"id": change.resource, **(change.before or {})} if changed else None,
        before_at=change.at("before") if changed else None,
        created=created,
        pending=created or (change.action in _CHANGES and _differs(change)),
        verbatim=not (change.mixed and side == "after"),
    )
    if created and "/trafficcontrollers/" in change.resource.lower() and not into.planned:
        into.planned.append(Item("install-agc", change.at(side), said_by=whole))


def _read_maybe(change: _Change, into: Inventory, read: Reader) -> None:
    """What there is counts, and so does that it may not stay so."""
    if change.before is not None:
        gone = change.action == "delete"
        uncertain = MAYBE if gone and change.kind in (CLUSTER, POOL) else ""
        declared(change.side("before"), change.at("before"), into, read, condition=uncertain)
        if change.kind and (gone or change.after is None or _differs(change, upgrade=True)):
            into.unread.append(Unread(change.place, change.name, change.kind, resource_id(change.resource), code=MAYBE))
    elif change.after is not None:
        declared(change.side("after"), change.at("after"), into, read, condition=MAYBE)
    elif change.kind:
        into.unread.append(Unread(change.place, change.name, change.kind, resource_id(change.resource), code=MAYBE))


def _differs(change: _Change, upgrade: bool = False) -> bool:
    """Whether a change makes something else of what rules ask for. The upgrade of a cluster is a step of its own."""
    if change.before is None or change.after is None:
        return False
    model = _MODELS.get(change.kind)
    if model is None:
        return change.kind != "" and key_of(change.before, "properties") != key_of(change.after, "properties")
    was, will_be = (
        parsed(model, change.side(name), change.at(name).pointer, change.place.file) for name in ("before", "after")
    )
    if isinstance(was, Cluster) and isinstance(will_be, Cluster) and not upgrade and upgrades(was, will_be):
        return False
    return was != will_be


def _destroyed(change: _Change, into: Inventory, read: Reader) -> None:
    """A cluster that a deployment deletes. Of anything else that it deletes, nothing is left to be judged."""
    if change.kind != CLUSTER:
        return
    at = len(into.clusters)
    declared(change.side("before"), change.place, into, read)
    into.gone += [replace(item, gone=True, verbatim=False) for item in into.clusters[at:]]
    del into.clusters[at:]


def _skipped(diagnostic: dict[str, Any], at: Place, whole: Place) -> Iterator[Unread]:
    """What a diagnostic says was not looked at: one resource, or whatever a deployment holds."""
    target = str(diagnostic.get("target") or "")
    kind = type_of_id(target)
    name = str(diagnostic.get("code") or "?")
    if kind is None or kind == DEPLOYMENT or kind == "microsoft.resources/deploymentstacks":
        yield from _anything(f"{name}: {target.rsplit('/', 1)[-1]}" if target else name, whole)
    elif kind in AZAPI:
        yield Unread(at, f"{name}: {target.rsplit('/', 1)[-1]}", AZAPI[kind], resource_id(target), code=SKIPPED)


def _anything(name: str, whole: Place, *more: str) -> Iterator[Unread]:
    """One more of anything, and a change of whatever the what-if itself does not show."""
    return (Unread(whole, name, kind, None, code=SKIPPED) for kind in (CLUSTER, POOL, *LINKED, *more))


def _without_effectless(after: dict[str, Any], before: object, delta: object) -> dict[str, Any]:
    """What there will be: a property that has no effect stays as it is."""
    paths = list(_effectless(delta, ()))
    if not paths:
        return after
    made = deepcopy(after)
    for path in paths:
        _put_back(made, before, path)
    return made


def _effectless(delta: object, inside: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for change in delta if isinstance(delta, list) else ():
        if not isinstance(change, dict):
            continue
        steps = (*inside, *str(change.get("path") or "").split("."))
        if str(change.get("propertyChangeType") or "").lower() == "noeffect":
            yield steps
        else:
            yield from _effectless(change.get("children"), steps)


def _put_back(made: Any, was: Any, path: tuple[str, ...]) -> None:
    *steps, last = path
    for step in steps:
        made, was = _inside(made, step), _inside(was, step)
    if isinstance(made, dict):
        if isinstance(was, dict) and last in was:
            made[last] = was[last]
        else:
            made.pop(last, None)


def _inside(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    at = int(step) if isinstance(value, list) and _NUMBER.fullmatch(step) else -1
    return value[at] if isinstance(value, list) and 0 <= at < len(value) else None
