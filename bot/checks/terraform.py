"""A Terraform plan (`terraform show -json`) as items, so that the rules run before anything exists.

What is only known after apply becomes that very text, AFTER_APPLY, of which no rule makes a pass.
The plan is taken for the whole world: gateways that it does not manage are not seen.
"""

import json
from dataclasses import replace
from typing import Any

from bot.checks.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.spelling import AFTER_APPLY, resource_id
from bot.checks.terraform_plan import Block, Plan, Resource, filled
from bot.checks.workloads import chart_is_own

CLUSTER = "azurerm_kubernetes_cluster"
POOL = "azurerm_kubernetes_cluster_node_pool"
SUBNET = "azurerm_subnet"
NETWORK = "azurerm_virtual_network"
PEERING = "azurerm_virtual_network_peering"
GATEWAY = "azurerm_application_load_balancer"
ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
RELEASE = "helm_release"
DELEGATED_TO = "microsoft.servicenetworking/trafficcontrollers"
_AZAPI = {
    "microsoft.containerservice/managedclusters": CLUSTER,
    "microsoft.containerservice/managedclusters/agentpools": POOL,
    "microsoft.network/virtualnetworks": NETWORK,
    "microsoft.network/virtualnetworks/subnets": SUBNET,
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": PEERING,
    "microsoft.servicenetworking/trafficcontrollers": GATEWAY,
    "microsoft.servicenetworking/trafficcontrollers/associations": ASSOCIATION,
}


def read_plan(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Add everything that the rules may ask for to the inventory."""
    into.plans += 1
    plan = Plan.parse(raw, place, f"plan {into.plans}: " if into.plans > 1 else "")
    native = {kind: plan.of_type(kind) for kind in (CLUSTER, POOL, SUBNET, NETWORK, PEERING, GATEWAY, ASSOCIATION)}
    arm = [
        (resource, _AZAPI[kind]) for resource in plan.of_type("azapi_resource") if (kind := _type(resource)) in _AZAPI
    ]

    def at(resource: Resource) -> Place:
        return Place(place.pointer + resource.pointer, place.file)

    def item(resource: Resource, value: Any, **more: Any) -> Item:
        more = {"name": resource.address, "created": resource.created, **more}
        return Item(value, at(resource), said_by=place, verbatim=False, **more)

    subnets = {resource.address: _born(_subnet(resource.block), resource) for resource in native[SUBNET]}
    subnets |= {one.address: _born(_arm(one), one) for one, kind in arm if kind == SUBNET}
    ids = {address: str(value["id"]) for address, value in subnets.items()}
    clusters = [item(one, _cluster(plan, one, ids), before=_before(one)) for one in native[CLUSTER]]
    clusters += [item(one, _arm(one), before=_arm_before(one)) for one, kind in arm if kind == CLUSTER]
    updates = [one for one in plan.of_type("azapi_update_resource") if _AZAPI.get(_type(one)) == CLUSTER]
    if len(clusters) == 1:
        clusters = [_updated(clusters[0], updates)]
    elif not clusters and updates:
        clusters = [item(one, _arm(one) | {"id": _text(one, "resource_id")}, replaced=True) for one in updates]
    elif not clusters:
        clusters = [item(one, _data_cluster(one.block), replaced=True) for one in plan.read(CLUSTER)]
    into.clusters += clusters
    for pool in native[POOL]:
        owner = plan.target(pool, "kubernetes_cluster_id")
        value = _pool(plan, pool, pool.block, ids) | {"cluster": _owner(pool, owner)}
        into.pools.append(item(pool, value))
    into.pools += [item(one, _arm(one) | {"cluster": _text(one, "parent_id")}) for one, kind in arm if kind == POOL]
    for resource in plan.of_type("azapi_resource") + native[SUBNET]:
        if resource.address in subnets:
            unborn = ids[resource.address] == resource.address
            into.subnets.append(item(resource, subnets[resource.address], unborn=unborn))
    for one in plan.read(SUBNET):
        into.subnets.append(item(one, _subnet(one.block) | {"delegations": None}))
    _read_networks(plan, [*native[NETWORK], *(one for one, kind in arm if kind == NETWORK)], into, item)
    for peering in native[PEERING]:
        into.networks.append(item(peering, _peering(peering)))
    into.networks += [item(one, _arm_peering(one)) for one, kind in arm if kind == PEERING]
    associations = [*native[ASSOCIATION], *(one for one, kind in arm if kind == ASSOCIATION)]
    for one in associations:
        value = {"id": one.address, "name": one.address, "subnet": {"id": _subnet_of(plan, one, ids)}}
        into.associations.append(item(one, value, unexplained=not plan.explains(one, *_attribute(one))))
    if associations:
        into.lists.append(place)
    for new in [*associations, *native[GATEWAY], *(one for one, kind in arm if kind == GATEWAY)]:
        if new.created:
            into.planned.append(item(new, "install-agc"))
            break
    for release in plan.of_type(RELEASE):
        if chart_is_own(release.block.text("chart")):
            into.controllers.append(item(release, {"version": release.block.text("version")}))


def _read_networks(plan: Plan, networks: list[Resource], into: Inventory, item: Any) -> None:
    for network in networks:
        if network.type == NETWORK:
            value = {"id": _text(network, "id"), "name": _text(network, "name"), "location": _text(network, "location")}
            inline = [_subnet(one) for one in network.block.blocks("subnet")]
        else:
            value = _arm(network)
            listed = key_of(value, "subnets")
            inline = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        born = id_of(value)
        into.networks.append(item(network, value if born else {**value, "id": network.address}))
        for one in inline:
            made = id_of(one) or f"{f'/{born}' if born else network.address}/subnets/{one.get('name')}"
            into.subnets.append(item(network, {**one, "id": made}, unborn=not born))
    for read in plan.read(NETWORK):
        remotes = read.block.values.get("vnet_peerings")
        remotes = list(remotes.values()) if isinstance(remotes, dict) else []
        value = {"id": _text(read, "id"), "location": _text(read, "location")}
        value["virtualNetworkPeerings"] = [{"remoteVirtualNetwork": {"id": remote}} for remote in remotes]
        into.networks.append(item(read, value))


def _text(resource: Resource, name: str) -> Any:
    return resource.block.text(name)


def _type(resource: Resource) -> str:
    return (resource.block.text("type") or "").partition("@")[0].lower()


def _arm(resource: Resource) -> dict[str, Any]:
    """An azapi_resource in ARM's words. Its body is an object, or (before azapi 2) a text that holds one."""
    values = filled(resource.block.values, resource.block.unknown)
    body = values.get("body")
    if isinstance(body, str) and body != AFTER_APPLY:
        try:
            body = json.loads(body)
        except ValueError:
            body = None
    about = {key: values.get(key) for key in ("id", "name", "location")}
    return {**about, "type": _type(resource), **(body if isinstance(body, dict) else {})}


def _updated(cluster: Item, updates: list[Resource]) -> Item:
    """The cluster with what azapi_update_resource changes of its network; until then it is as it was."""
    profiles = [key_of(_arm(one), "networkprofile") for one in updates]
    changed = {key: value for profile in profiles if isinstance(profile, dict) for key, value in profile.items()}
    if not changed:
        return cluster
    profile = key_of(cluster.value, "networkprofile")
    value = {**cluster.value, "networkProfile": {**(profile if isinstance(profile, dict) else {}), **changed}}
    return replace(cluster, value=value, before=cluster.before or (None if cluster.created else cluster.value))


def _arm_before(resource: Resource) -> dict[str, Any] | None:
    if resource.before is None:
        return None
    was = Resource(**{**_fields(resource), "block": Block({**resource.block.values, **resource.before}, {})})
    return _arm(was)


def _fields(resource: Resource) -> dict[str, Any]:
    return {name: getattr(resource, name) for name in Resource.__slots__}


def _born(value: dict[str, Any], resource: Resource) -> dict[str, Any]:
    """With an id: Azure's, or until there is one, the resource's own address."""
    own = id_of(value)
    parent = resource_id(resource.block.text("parent_id")) if resource.type == "azapi_resource" else None
    if own is None and parent is not None and value.get("name"):
        return {**value, "id": f"/{parent}/subnets/{value['name']}"}
    return value if own else {**value, "id": resource.address}


def _cluster(plan: Plan, cluster: Resource, ids: dict[str, str]) -> dict[str, Any]:
    pools = [_pool(plan, cluster, pool, ids, "default_node_pool") for pool in cluster.block.blocks("default_node_pool")]
    return _cluster_of(cluster.block) | {"agentPoolProfiles": pools}


def _before(cluster: Resource) -> dict[str, Any] | None:
    if cluster.before is None:
        return None
    # A plan that was cut down says only what changes.
    block = Block({**cluster.block.values, **cluster.before}, {})
    return _cluster_of(block) | {"agentPoolProfiles": [_plain_pool(pool) for pool in block.blocks("default_node_pool")]}


def _cluster_of(block: Block) -> dict[str, Any]:
    profiles = block.blocks("network_profile")
    return {
        "id": block.text("id"),
        "name": block.text("name"),
        "location": block.text("location"),
        "kubernetesVersion": block.text("kubernetes_version"),
        "networkProfile": _profile(profiles[0]) if profiles else None,
    }


def _data_cluster(block: Block) -> dict[str, Any]:
    """A data source leaves out the mode and the pods' subnets."""
    pools = [_plain_pool(Block(pool.values, pool.unknown, AFTER_APPLY)) for pool in block.blocks("agent_pool_profile")]
    return _cluster_of(block) | {"agentPoolProfiles": pools}


def _profile(profile: Block) -> dict[str, Any]:
    return {
        "networkPlugin": profile.text("network_plugin"),
        "networkPluginMode": profile.text("network_plugin_mode"),
        "networkPolicy": profile.text("network_policy"),
    }


def _pool(plan: Plan, owner: Resource, pool: Block, ids: dict[str, str], *inside: str) -> dict[str, Any]:
    made = _plain_pool(pool)
    if made["vnetSubnetId"] == AFTER_APPLY:
        target = plan.target(owner, *inside, "vnet_subnet_id")
        made["vnetSubnetId"] = ids.get(target.address, AFTER_APPLY) if target else AFTER_APPLY
    return made


def _plain_pool(pool: Block) -> dict[str, Any]:
    return {
        "name": pool.text("name"),
        "vnetSubnetId": pool.text("vnet_subnet_id"),
        "podSubnetId": pool.text("pod_subnet_id"),
    }


def _owner(pool: Resource, owner: Resource | None) -> str | None:
    stated = pool.block.text("kubernetes_cluster_id")
    return owner.address if owner is not None and stated in (None, AFTER_APPLY) else stated


def _subnet(block: Block) -> dict[str, Any]:
    services = [service for one in block.blocks("delegation") for service in one.blocks("service_delegation")]
    unknown = block.unknown.get("delegation") is True or (block.absent and "delegation" not in block.values)
    prefixes = block.strings("address_prefixes") or block.strings("address_prefix")
    single = block.text("address_prefix") if "address_prefix" in block.values else None
    return {
        "id": block.text("id"),
        "name": block.text("name"),
        "addressPrefixes": prefixes or ([single] if single else []),
        "delegations": None if unknown else [{"serviceName": service.text("name")} for service in services],
    }


def _attribute(association: Resource) -> tuple[str, ...]:
    return ("subnet_id",) if association.type == ASSOCIATION else ("body",)


def _subnet_of(plan: Plan, association: Resource, ids: dict[str, str]) -> str | None:
    if association.type == ASSOCIATION:
        named: object = association.block.text("subnet_id")
    else:
        subnet = key_of(_arm(association), "subnet")
        named = subnet.get("id") if isinstance(subnet, dict) else subnet
    if isinstance(named, str) and named != AFTER_APPLY:
        return named
    target = plan.target(association, *_attribute(association))
    return ids.get(target.address, AFTER_APPLY) if target else AFTER_APPLY


def _peering(peering: Resource) -> dict[str, Any]:
    """Its own end is told by names only, unless it exists already."""
    own, _, _ = str(_text(peering, "id")).partition("/virtualNetworkPeerings/")
    group, name = _text(peering, "resource_group_name"), _text(peering, "virtual_network_name")
    local = (
        own if own.startswith("/") else f"/resourcegroups/{group}/providers/microsoft.network/virtualnetworks/{name}"
    )
    return _one_peering(local, _text(peering, "remote_virtual_network_id"))


def _arm_peering(peering: Resource) -> dict[str, Any]:
    remote = key_of(_arm(peering), "remotevirtualnetwork")
    return _one_peering(_text(peering, "parent_id"), remote.get("id") if isinstance(remote, dict) else None)


def _one_peering(local: Any, remote: Any) -> dict[str, Any]:
    return {"id": local, "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": remote}}]}
