"""Documents of any kind into one inventory. What decides nothing is named; what is ambiguous is refused."""

import json
from typing import Any

from bot.checks.collect.balancers import read_balancer
from bot.checks.collect.controllers import read_controllers
from bot.checks.collect.declared import read_template
from bot.checks.collect.outputs import outputs_in, read_outputs
from bot.checks.collect.snapshot_parts import entry, named, read_associations, read_snapshot
from bot.checks.collect.what_if import read_what_if
from bot.checks.errors import InputError
from bot.checks.inventory import unwrap
from bot.checks.inventory.cluster import Cluster, Pool
from bot.checks.inventory.inventory import PAGED, Inventory, Item, Place, Refusal, id_of, key_of
from bot.checks.inventory.kinds import OF_AZURE, Kind, is_association, recognise
from bot.checks.inventory.operators import printed_by
from bot.checks.inventory.powershell import cut_by_depth
from bot.checks.inventory.snapshot import Subnet, parsed
from bot.checks.inventory.twice import refuse_two_values
from bot.checks.inventory.vnets import Network
from bot.checks.printable import NAMED, printable
from bot.checks.spelling import resource_id
from bot.checks.terraform.before import unapplied
from bot.checks.terraform.items import read_plan

_FEW, _LONGEST = 6, 60  # keys and characters that an error shows
_REFUSED = {
    Kind.STATE: "terraform-state",
    Kind.LOG: "terraform-log",
    Kind.PULUMI: "pulumi",
    Kind.WHAT_IF_PART: "what-if-part",
    Kind.OTHER: "not-recognised",
}


def collect(raw: object, place: Place, into: Inventory) -> None:
    """Add one document, and the documents in it, to the inventory."""
    if isinstance(raw, list):
        _page(raw, place, into)
    elif not (isinstance(raw, dict) and _collected_inside(raw, place, into)):
        _single(raw, place, into)


def _page(raw: list[Any], place: Place, into: Inventory) -> None:
    """A list, all of it or a page that ends with a token for the next one."""
    kept = unwrap.without_token(raw)
    if kept is None:
        _list(raw, place, into)
        return
    before = _counts(into)
    _list(kept, place, into)
    _cut(place, before, into, None)


def _collected_inside(raw: dict[str, Any], place: Place, into: Inventory) -> bool:
    """Whether a document holds others, which are added instead of it."""
    if (wrapper := unwrap.unwrapped(raw, place)) is not None:
        before = _counts(into)
        for part in wrapper.parts:
            collect(part.value, part.place, into)
        if wrapper.more:
            _cut(place, before, into, wrapper.kinds)
    elif unwrap.is_template(raw):
        read_template(raw, place, into, _single)
    elif (result := unwrap.what_if(raw, place)) is not None:
        if result.failed:
            raise InputError("error-text", pointer=place.pointer, file=place.file)
        read_what_if(result, into, _single)
    elif (outputs := outputs_in(raw, place)) is not None:
        read_outputs(*outputs, into, collect)
    else:
        return False
    return True


def _counts(into: Inventory) -> dict[str, int]:
    return {name: len(getattr(into, name)) for name in PAGED}


def _cut(place: Place, before: dict[str, int], into: Inventory, kinds: tuple[str, ...] | None) -> None:
    """A page that goes on elsewhere: there is more of whatever it holds, or of whatever it may hold."""
    held = [name for name, count in _counts(into).items() if count > before[name]]
    if "lists" in held or "associations" in (kinds or ()):
        into.partial.append(place)
    into.cut += [(place, name) for name in dict.fromkeys((*(kinds or ()), *held)) if name != "lists"]
    if not kinds and "lists" in held and "associations" not in held:
        into.cut.append((place, "associations"))


def _list(raw: list[Any], place: Place, into: Inventory) -> None:
    if not raw:  # of whatever
        into.kinds.append(Kind.EMPTY)
        into.empty.append(place)
        return
    if not all(is_association(item) for item in raw):
        for at, item in enumerate(raw):
            collect(item, place.at(at), into)
        return
    into.kinds.append(Kind.ASSOCIATIONS)
    refuse_two_values(raw, place)
    read_associations(raw, place, into)
    _nameless(raw, place, into)


def _nameless(raw: list[Any], place: Place, into: Inventory) -> None:
    """A list is that of one gateway. Without ids nobody knows which, so nobody knows which gateways are missing."""
    if any(id_of(item) is None for item in raw):
        into.partial.append(place)
        into.unnamed.append(place)


def _single(raw: object, place: Place, into: Inventory) -> None:
    kind = _kind(raw, place)
    if kind in OF_AZURE:
        refuse_two_values(raw, place)
    item = Item(raw, place)
    into.kinds.append(kind)
    if kind is Kind.SNAPSHOT and isinstance(raw, dict):
        read_snapshot(raw, place, into)
    elif kind is Kind.PLAN and isinstance(raw, dict):
        read_plan(unapplied(raw) if into.unapplied else raw, place, into, _single)
    elif kind is Kind.CONTROLLER:
        into.controllers.append(Item({"version": raw}, place, verbatim=False))
    elif kind is Kind.ASSOCIATIONS:
        into.lists.append(place)
        into.associations.append(item)
        _nameless([raw], place, into)
    elif isinstance(raw, dict):
        _resource(kind, raw, item, into)


def _kind(raw: object, place: Place) -> Kind:
    """The kind of one document. Raises InputError for what no reader is there for."""
    kind = recognise(raw)
    if isinstance(raw, dict) and isinstance(raw.get("error"), dict) and "code" in raw["error"]:
        raise InputError("error-text", pointer=place.pointer, file=place.file)
    if (cut := cut_by_depth(raw, place)) is not None:
        if isinstance(cut.value, dict):
            raise InputError("powershell-list", pointer=cut.place.pointer, file=cut.place.file)
        raise InputError(
            "powershell-depth", pointer=cut.place.pointer, file=cut.place.file, seen=printable(str(cut.value), NAMED)
        )
    if kind is Kind.OTHER and is_association(raw):
        return Kind.ASSOCIATIONS
    if kind in _REFUSED:
        raise InputError(_REFUSED[kind], pointer=place.pointer, file=place.file, seen=_outline(raw))
    return kind


def _outline(raw: object) -> str:
    """A few words on what nobody knows: its keys, or the value itself."""
    if isinstance(raw, dict):
        names = [printable(str(key), NAMED) for key in raw]
        return "{" + ", ".join(names[:_FEW]) + (", …}" if len(names) > _FEW else "}")
    if raw is None or isinstance(raw, bool):
        return json.dumps(raw)
    return f"[{len(raw)}]" if isinstance(raw, list) else str(raw)[:_LONGEST]


def _resource(kind: Kind, raw: dict[str, Any], item: Item, into: Inventory) -> None:
    match kind:
        case Kind.CLUSTER | Kind.POOL | Kind.SUBNET | Kind.VNET | Kind.PEERING | Kind.GATEWAY:
            _of_azure(kind, raw, item, into)
        case Kind.WORKLOAD | Kind.RELEASE | Kind.MANIFEST | Kind.VALUES | Kind.GITOPS:
            read_controllers(kind, raw, item.place, into)
        case Kind.BALANCER:
            read_balancer(raw, item.place, into)
        case Kind.MASQ_AGENT:
            into.masq_agents.append(item)
        case Kind.OPERATOR if command := printed_by(raw.get("kind")):
            into.refused.append(Refusal(item.place, "operator-object", named(raw), command))
        case _:
            into.ignored.append((item.place, named(raw)))


def _of_azure(kind: Kind, raw: dict[str, Any], item: Item, into: Inventory) -> None:
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


def _cluster(raw: dict[str, Any], item: Item) -> Item:
    """As `az aks show` prints it; parts that --query cut out are put back into their places."""
    if key_of(raw, "plugin") is not None and key_of(raw, "networkprofile") is None:
        profile = _renamed(raw, plugin="networkPlugin", mode="networkPluginMode", policy="networkPolicy")
        pools = raw.get("pools")
        pools = [
            _renamed(pool, name="name", podSubnet="podSubnetId", allocation="podIpAllocationMode")
            | _kept(pool, _OF_POOLS)
            for pool in (pools if isinstance(pools, list) else [])
            if isinstance(pool, dict)
        ]
        whose = _kept(raw, _OF_CLUSTERS)
        raw = {**whose, "networkProfile": profile, "agentPoolProfiles": pools}
        item = Item(raw, item.place, verbatim=False)
    if key_of(raw, "networkprofile") is None and key_of(raw, "networkplugin") is not None:
        raw = {**_kept(raw, (*_OF_CLUSTERS, "agentPoolProfiles")), "networkProfile": raw}
        item = Item(raw, item.place, verbatim=False)
    parsed(Cluster, raw, item.place.pointer, item.place.file)
    return item


def _renamed(raw: dict[str, Any], **names: str) -> dict[str, Any]:
    """What is there, under other names. What was not asked for stays open; null is an answer."""
    return {new: raw[old] for old, new in names.items() if old in raw}


_OF_CLUSTERS = ("id", "name", "resourceGroup", "location", "kubernetesVersion", "currentKubernetesVersion", "identity")
_OF_POOLS = ("osType", "nodeImageVersion", "orchestratorVersion", "currentOrchestratorVersion")


def _kept(raw: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return _renamed(raw, **{name: name for name in names})


def _network(raw: dict[str, Any], item: Item, into: Inventory) -> None:
    place = item.place
    parsed(Network, raw, place.pointer, place.file)
    into.networks.append(item)
    own, inside = id_of(raw), entry(raw, "subnets")
    if inside is None or not isinstance(inside[0], list):
        return
    for at, subnet in enumerate(inside[0]):
        if isinstance(subnet, dict) and recognise(subnet) in (Kind.SUBNET, Kind.OTHER):
            here = place.at(*inside[1], at)
            parsed(Subnet, subnet, here.pointer, here.file)
            if id_of(subnet) is None and own and isinstance(subnet.get("name"), str):
                into.subnets.append(Item({**subnet, "id": f"/{own}/subnets/{subnet['name']}"}, here, verbatim=False))
            else:
                names = (None, resource_id(str(key_of(raw, "name") or "")), None)
                into.subnets.append(Item(subnet, here, names=() if own else names))
