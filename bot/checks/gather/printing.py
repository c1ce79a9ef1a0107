"""The commands that print a key of the snapshot, with the names that the given documents tell.

Each comes with the key of its words: what it prints.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.clusters import vnet_of_pools, without_subnets
from bot.checks.clusters.doubts import CONTRADICTION
from bot.checks.clusters.world import FEW
from bot.checks.gather.arguments import plain, plain_id, subscription_of
from bot.checks.gather.commands import CONTROLLER_NAMESPACE, Target
from bot.checks.inventory.inventory import Inventory, id_of, key_of
from bot.checks.inventory.keepers import ADDON_NAMESPACE, has_addon
from bot.checks.inventory.snapshot import Vnets
from bot.checks.spelling import id_part

Printing = tuple[str, tuple[str, ...]]


def commands_for(key: str, inventory: Inventory, case: Case | None) -> Iterator[Printing]:
    """What prints a key of the snapshot."""
    target = _target(case)
    match key:
        case "aks":
            yield "aks", target.aks()
        case "subnet":
            yield from _subnets(target, inventory)
        case "agcAssociations":
            yield from _associations(target, inventory)
        case "albController":
            yield "controller", target.controller()
        case "albController-state":
            yield "controller-state", target.controller_state()
        case "masqAgent":
            yield "masq-agent", target.masq_agent()
        case "vnets" if case is not None:
            yield from _networks(target, case)


def _target(case: Case | None) -> Target:
    """The cluster of a case, or one that the reader names."""
    aks = case.item.value if case else None
    namespace = ADDON_NAMESPACE if case and has_addon(aks) else CONTROLLER_NAMESPACE
    group, cluster, subscription = _names(aks, "managedclusters")
    return Target(
        group or "$RESOURCE_GROUP", cluster or "$CLUSTER", subscription=subscription or None, namespace=namespace
    )


def _subnets(target: Target, inventory: Inventory) -> Iterator[Printing]:
    """The subnets that associations and objects name, if they are few."""
    if "subnets" not in inventory.summary:
        stated = [key_of(item.value, "subnet") for item in [*inventory.associations, *inventory.balancers]]
        inventory.summary["subnets"] = sorted({own for subnet in stated if (own := id_of(subnet))})[: FEW + 1]
    named = inventory.summary["subnets"]
    ids: list[str | None] = [*named] if 0 < len(named) <= FEW else [None]
    for own in dict.fromkeys(_id_or(own, "$GATEWAY_SUBNET_ID") for own in ids):
        yield "subnet", target.subnet(own)


def _associations(target: Target, inventory: Inventory) -> Iterator[Printing]:
    """The associations of the gateways whose are not listed; of all, where each has some in the list."""
    if not inventory.gateways:
        yield "gateways", target.gateways()
    if "gateways" not in inventory.summary:
        inventory.summary["gateways"] = _unlisted(inventory)
    for gateway in inventory.summary["gateways"]:
        group, name, subscription = _names(gateway, "trafficcontrollers")
        there = replace(target, subscription=subscription or target.subscription)
        yield "associations", there.associations(group or "$GATEWAY_RESOURCE_GROUP", name or "$GATEWAY")


def _unlisted(inventory: Inventory) -> list[Any]:
    gateways: list[Any] = [item.value for item in inventory.gateways[:FEW]] or _named_by(inventory)
    listed = {(id_of(item.value) or "").rpartition("/associations/")[0] for item in inventory.associations}
    return [gateway for gateway in gateways if id_of(gateway) not in listed] or gateways or [{}]


def _networks(target: Target, case: Case) -> Iterator[Printing]:
    """The networks whose region nobody told, of the first gateway that lies in another network than the nodes."""
    known = next((view.snapshot.vnets for view in case.views if view.snapshot.vnets), None) or Vnets()
    aks = case.views[0].snapshot.aks
    nodes = (known.aks.id if known.aks else None) or vnet_of_pools(aks) or case.vnet
    gateway = known.agc.id if known.agc else None
    doubt = any(each.code == CONTRADICTION for view in case.views for each in view.doubts)
    if nodes is None and without_subnets(aks):
        group = plain(key_of(case.item.value, "noderesourcegroup"))
        yield "vnet-managed", target.managed_vnet(group or "$NODE_RESOURCE_GROUP")
    elif doubt or known.aks is None or known.aks.region is None:
        yield "vnet-aks", target.vnet(_id_or(nodes, "$NODES_VNET_ID"))
    if doubt or gateway is None or (gateway != nodes and (known.agc is None or known.agc.region is None)):
        yield "vnet-agc", target.vnet(_id_or(gateway, "$GATEWAY_VNET_ID"))


def _named_by(inventory: Inventory) -> list[dict[str, str]]:
    """The gateways that associations name, and the status of an ApplicationLoadBalancer. There may be others."""
    ids = [str(key_of(item.value, "id") or "").partition("/associations/")[0] for item in inventory.associations]
    ids += [str(key_of(item.value, "gateway") or "") for item in inventory.balancers]
    named = dict.fromkeys(f"/{own.strip('/')}" for own in ids if id_part(own, "trafficcontrollers"))
    return [{"id": own} for own in list(named)[:FEW]]


def _names(resource: object, kind: str) -> tuple[str | None, str | None, str | None]:
    """Resource group, name and subscription of a resource; its id tells what has no key of its own."""
    own = key_of(resource, "id")
    own = own if isinstance(own, str) else None
    group, name = key_of(resource, "resourcegroup"), key_of(resource, "name")
    return (
        plain(group) or plain(id_part(own, "resourcegroups")),
        plain(name) or plain(id_part(own, kind)),
        subscription_of(own),
    )


def _id_or(own: str | None, yours: str) -> str:
    """An id as az takes it, or the name of what the reader fills in."""
    return plain_id(own and f"/{own}") or yours
