"""Documents of any kind into one inventory. What decides nothing is named; what is ambiguous is refused."""

from typing import Any

from bot.checks import unwrap
from bot.checks.errors import InputError
from bot.checks.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.kinds import Kind, is_association, recognise, type_of_id
from bot.checks.snapshot import Cluster, Pool, Snapshot, Subnet, parsed
from bot.checks.spelling import stands_in
from bot.checks.terraform import read_plan
from bot.checks.vnets import Network
from bot.checks.workloads import controller_versions, release_version

_REFUSED = {Kind.STATE: "terraform-state", Kind.LOG: "terraform-log", Kind.OTHER: "not-recognised"}


def collect(raw: object, place: Place, into: Inventory) -> None:
    """Add one document, and the documents in it, to the inventory."""
    if isinstance(raw, list):
        _list(raw, place, into)
        return
    if isinstance(raw, dict):
        wrapper = unwrap.unwrapped(raw, place)
        if wrapper is not None:
            before = len(into.lists)
            for part in wrapper.parts:
                collect(part.value, part.place, into)
            if wrapper.more and len(into.lists) > before:
                into.partial.append(place)
            return
        if unwrap.is_template(raw):
            _template(raw, place, into)
            return
        if isinstance(raw.get("changes"), list) and all(isinstance(one, dict) for one in raw["changes"]):
            _what_if(raw["changes"], place, into)
            return
    _single(raw, place, into)


def _list(raw: list[Any], place: Place, into: Inventory) -> None:
    if not all(is_association(item) for item in raw):
        for at, item in enumerate(raw):
            collect(item, place.at(at), into)
        return
    into.kinds.append(Kind.ASSOCIATIONS)
    _associations(raw, place, into)


def _associations(raw: list[Any], place: Place, into: Inventory, said_by: Place | None = None) -> None:
    into.lists.append(place)
    into.associations += [Item(item, place.at(at), said_by) for at, item in enumerate(raw)]


def _single(raw: object, place: Place, into: Inventory) -> None:
    kind = recognise(raw)
    if isinstance(raw, dict) and isinstance(raw.get("error"), dict) and "code" in raw["error"]:
        raise InputError("error-text", pointer=place.pointer, file=place.file)
    if kind in _REFUSED and not (kind is Kind.OTHER and is_association(raw)):
        raise InputError(_REFUSED[kind], pointer=place.pointer, file=place.file)
    if kind is Kind.OTHER:
        kind = Kind.ASSOCIATIONS
    item = Item(raw, place)
    into.kinds.append(kind)
    if kind is Kind.SNAPSHOT and isinstance(raw, dict):
        _snapshot(raw, place, into)
    elif kind is Kind.PLAN and isinstance(raw, dict):
        read_plan(raw, place, into)
    elif kind is Kind.CONTROLLER:
        into.controllers.append(Item({"version": raw}, place, verbatim=False))
    elif kind is Kind.ASSOCIATIONS:
        into.lists.append(place)
        into.associations.append(item)
    elif isinstance(raw, dict):
        _resource(kind, raw, item, into)


def _resource(kind: Kind, raw: dict[str, Any], item: Item, into: Inventory) -> None:
    place = item.place
    match kind:
        case Kind.CLUSTER:
            into.clusters.append(_cluster(raw, item))
        case Kind.POOL:
            parsed(Pool, raw, place.pointer, place.file)
            into.pools.append(item)
        case Kind.SUBNET:
            parsed(Subnet, raw, place.pointer, place.file)
            into.subnets.append(item)
        case Kind.VNET:
            _network(raw, item, into)
        case Kind.PEERING:
            local, _, _ = str(key_of(raw, "id") or "").lower().partition("/virtualnetworkpeerings/")
            into.networks.append(Item({"id": local, "virtualNetworkPeerings": [raw]}, place, verbatim=False))
        case Kind.GATEWAY:
            into.gateways.append(item)
        case Kind.WORKLOAD:
            found = list(controller_versions(raw, place))
            into.controllers += [Item({"version": version}, at, verbatim=False) for version, at in found]
            if not found:
                into.ignored.append((place, _named(raw)))
        case Kind.RELEASE:
            version = release_version(raw)
            if version is None:
                into.ignored.append((place, f"helm {raw.get('chart')}"))
            else:
                into.controllers.append(Item({"version": version}, place.at("chart"), verbatim=False))
        case Kind.BALANCER:
            _balancer(raw, place, into)
        case Kind.OPERATOR:
            into.refused.append((place, "operator-object", _named(raw)))
        case _:
            into.ignored.append((place, _named(raw)))


def _cluster(raw: dict[str, Any], item: Item) -> Item:
    """As `az aks show` prints it; parts that --query cut out are put back into their places."""
    if key_of(raw, "plugin") is not None and key_of(raw, "networkprofile") is None:
        profile = {
            "networkPlugin": raw.get("plugin"),
            "networkPluginMode": raw.get("mode"),
            "networkPolicy": raw.get("policy"),
        }
        pools = raw.get("pools")
        pools = [
            {"name": one.get("name"), "podSubnetId": one.get("podSubnet"), "podIpAllocationMode": one.get("allocation")}
            for one in (pools if isinstance(pools, list) else [])
            if isinstance(one, dict)
        ]
        raw = {"name": raw.get("name"), "networkProfile": profile, "agentPoolProfiles": pools}
        item = Item(raw, item.place, verbatim=False)
    if key_of(raw, "networkprofile") is None and key_of(raw, "networkplugin") is not None:
        raw, item = {"networkProfile": raw}, Item({"networkProfile": raw}, item.place, verbatim=False)
    parsed(Cluster, raw, item.place.pointer, item.place.file)
    return item


def _network(raw: dict[str, Any], item: Item, into: Inventory) -> None:
    place = item.place
    parsed(Network, raw, place.pointer, place.file)
    into.networks.append(item)
    own, inside = id_of(raw), _entry(raw, "subnets")
    if inside is None or not isinstance(inside[0], list):
        return
    for at, subnet in enumerate(inside[0]):
        if isinstance(subnet, dict) and recognise(subnet) in (Kind.SUBNET, Kind.OTHER):
            here = place.at(*inside[1], at)
            parsed(Subnet, subnet, here.pointer, here.file)
            if id_of(subnet) is None and own and isinstance(subnet.get("name"), str):
                into.subnets.append(Item({**subnet, "id": f"/{own}/subnets/{subnet['name']}"}, here, verbatim=False))
            else:
                into.subnets.append(Item(subnet, here))


def _balancer(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    spec = raw.get("spec")
    named = spec.get("associations") if isinstance(spec, dict) else None
    for at, subnet in enumerate(named if isinstance(named, list) else []):
        value = {"id": f"{_named(raw)}/{at}", "subnet": {"id": subnet if isinstance(subnet, str) else None}}
        into.balancers.append(Item(value, place.at("spec", "associations", at), verbatim=False))


def _snapshot(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Taken by its word: its subnet is the gateway's, and its VNets are those that it names."""
    aks = _entry(raw, "aks")
    Snapshot.parse_at(
        raw if aks is not None or "aks" in {str(key).lower() for key in raw} else {**raw, "aks": {}}, place
    )

    def said(name: str) -> Item | None:
        found = _entry(raw, name)
        return None if found is None else Item(found[0], place.at(*found[1]), said_by=place, whole=True)

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
        _associations(items, at, into, place)
        if page and listed.value.get("nextLink"):
            into.partial.append(listed.place)


def _entry(raw: dict[str, Any], name: str) -> tuple[Any, list[str]] | None:
    """A key in any case, beside or under `properties`: its value and the way to it. Null says nothing."""
    for key, value in raw.items():
        if str(key).lower() == name and value is not None:
            return value, [str(key)]
    for key, value in raw.items():
        if str(key).lower() == "properties" and isinstance(value, dict):
            deeper = _entry(value, name)
            return None if deeper is None else (deeper[0], [str(key), *deeper[1]])
    return None


def _template(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """What a template declares. It is not the whole world: there may be more gateways than it knows."""
    into.kinds.append(Kind.TEMPLATE)
    lists = len(into.lists)
    for held in unwrap.resources(raw, place):
        kind = recognise(held.value)
        if kind is Kind.CLUSTER and stands_in(str(key_of(key_of(held.value, "networkprofile"), "networkplugin") or "")):
            into.refused.append((held.place, "template-expression", str(held.value.get("name", "?"))))
        _declared(held.value, held.place, into)
    if len(into.lists) > lists:
        into.partial.append(place)


def _declared(value: dict[str, Any], place: Place, into: Inventory, before: Any = None, created: bool = False) -> None:
    """A resource that a template or a what-if names."""
    kinds, at = len(into.kinds), {name: len(getattr(into, name)) for name in ("clusters", "associations")}
    _single(value, place, into)
    del into.kinds[kinds:]
    for name, start in at.items():
        kept: list[Item] = getattr(into, name)
        kept[start:] = [
            Item(item.value, item.place, item.said_by, item.verbatim, before=before, created=created)
            for item in kept[start:]
        ]


def _what_if(changes: list[dict[str, Any]], place: Place, into: Inventory) -> None:
    """Resources as a deployment will leave them, and the cluster as it is before."""
    into.kinds.append(Kind.WHAT_IF)
    lists = len(into.lists)
    for number, change in enumerate(changes):
        resource, action = str(change.get("resourceId") or ""), str(change.get("changeType") or "").lower()
        before, after = change.get("before"), change.get("after")
        if action == "delete" or type_of_id(resource) is None:
            continue
        side = "after" if isinstance(after, dict) else "before"
        known = after if isinstance(after, dict) else before if isinstance(before, dict) else {}
        value = {"id": resource, "name": resource.rsplit("/", 1)[-1], **known, "type": type_of_id(resource)}
        was = {"id": resource, **before} if isinstance(before, dict) and isinstance(after, dict) else None
        at = place.at("changes", number, side)
        _declared(value, at, into, was, action == "create")
        if action == "create" and "/trafficcontrollers/" in resource.lower() and not into.planned:
            into.planned.append(Item("install-agc", at, said_by=place))
    if len(into.lists) > lists:
        into.partial.append(place)


def _named(raw: dict[str, Any]) -> str:
    """Kind and name as people say them."""
    metadata = raw.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else raw.get("name")
    kind = raw.get("kind") if "apiVersion" in raw else raw.get("type") or type_of_id(str(raw.get("id", ""))) or "?"
    return f"{kind} {name}" if isinstance(name, str) else str(kind)
