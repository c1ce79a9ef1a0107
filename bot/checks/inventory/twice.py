"""One object of Azure that says two things of the same: keys are read in any case, and beside or under `properties`."""

from collections.abc import Iterator
from typing import Any

from bot.checks.errors import InputError
from bot.checks.inventory.cluster import Cluster, NetworkProfile, Pool
from bot.checks.inventory.inventory import Place, key_of
from bot.checks.inventory.snapshot import Association, Subnet
from bot.checks.inventory.vnets import Network
from bot.checks.spelling import AzureObject, says

_NOTHING = "null"  # what a profile says that has not a key
# Maps whose keys are names that people or add-ons choose.
_FREE = (*("tags", "nodelabels", "labels", "annotations", "addonprofiles", "identityprofile"), "userassignedidentities")


def _keys(*models: type[AzureObject]) -> frozenset[str]:
    return frozenset(str(field.alias) for model in models for field in model.model_fields.values())


_PROFILE = _keys(NetworkProfile)
# What is read beside or under `properties`. The name and the type of a resource may be other ones there.
_READ = _keys(Cluster, NetworkProfile, Pool, Subnet, Association, Network) - {"name", "type", "typepropertiestype"}
_READ |= {"provisioningstate", "powerstate", "delegations", "servicename", "serviceassociationlinks", "subnets"}
_READ |= {"associations", "subnetid", "peeringstate", "remotevirtualnetwork"}
# Of the projection that this site's pages show.
_PROJECTED = {"plugin": "networkplugin", "mode": "networkpluginmode", "policy": "networkpolicy"}
_Stated = tuple[str, Place, Any]  # a name, and where an object says what of it


def refuse_two_values(raw: object, place: Place) -> None:
    """Raise InputError at the first key that contradicts another one of the same object."""
    if isinstance(raw, list):
        for at, item in enumerate(raw):
            refuse_two_values(item, place.at(at))
    elif isinstance(raw, dict):
        _refuse(_stated(raw, place))
        for key, value in raw.items():
            if isinstance(value, dict | list) and str(key).lower() not in _FREE:
                refuse_two_values(value, place.at(key))


def _stated(raw: dict[str, Any], place: Place) -> Iterator[_Stated]:
    """What an object says of each name, wherever it may say so."""
    every = _of(raw, place)
    for name, at, value in list(every):
        if name == "properties" and isinstance(value, dict):
            every += [part for part in _of(value, at) if part[0] in _READ]
    names = {name for name, _, _ in every}
    if "plugin" in names:
        every += [(_PROJECTED[name], at, value) for name, at, value in every if name in _PROJECTED]
    if {"subnet", "subnetid"} <= names:
        every += [("subnetid", at, key_of(value, "id") or value) for name, at, value in every if name == "subnet"]
    yield from every
    flat = {name for name, _, value in every if name in _PROFILE and says(name, value)}
    for name, at, value in every if flat else ():
        if name == "networkprofile" and isinstance(value, dict):
            inside = {name: (at, value) for name, at, value in reversed(_of(value, at)) if says(name, value)}
            yield from ((known, *inside.get(known, (at, _NOTHING))) for known in flat)


def _of(raw: dict[str, Any], place: Place) -> list[_Stated]:
    return [(str(key).lower(), place.at(key), value) for key, value in raw.items()]


def _refuse(stated: Iterator[_Stated]) -> None:
    seen: dict[str, tuple[Place, Any]] = {}
    for name, place, value in stated:
        if not says(name, value):
            continue
        first, known = seen.setdefault(name, (place, value))
        if first != place and _plain(known) != _plain(value):
            raise InputError("two-values", pointer=place.pointer, file=place.file, other=first.pointer)


def _plain(value: object) -> object:
    """A value as it compares: without nulls, and in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): _plain(item) for key, item in value.items() if item is not None and item != ""}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool) else "".join(str(value).casefold().split())
