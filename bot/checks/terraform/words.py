"""Resources of azurerm and azapi in az's words."""

import json
from dataclasses import replace
from typing import Any

from bot.checks.inventory.inventory import id_of, key_of
from bot.checks.spelling import AFTER_APPLY, UNTOLD, resource_id
from bot.checks.terraform.block import Block, filled
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource

CLUSTER = "azurerm_kubernetes_cluster"
POOL = "azurerm_kubernetes_cluster_node_pool"
SUBNET = "azurerm_subnet"
NETWORK = "azurerm_virtual_network"
PEERING = "azurerm_virtual_network_peering"
GATEWAY = "azurerm_application_load_balancer"
ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
RELEASE, MANIFEST = "helm_release", "kubernetes_manifest"
GROUP, _ARM_GROUP = "azurerm_resource_group", "microsoft.resources/resourcegroups"
DELEGATED_TO = "microsoft.servicenetworking/trafficcontrollers"
AZAPI = {
    "microsoft.containerservice/managedclusters": CLUSTER,
    "microsoft.containerservice/managedclusters/agentpools": POOL,
    "microsoft.network/virtualnetworks": NETWORK,
    "microsoft.network/virtualnetworks/subnets": SUBNET,
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": PEERING,
    "microsoft.servicenetworking/trafficcontrollers": GATEWAY,
    "microsoft.servicenetworking/trafficcontrollers/associations": ASSOCIATION,
}


_LINUX = {"osType": "Linux"}  # what a default_node_pool is, as it is a system pool


def text(resource: Resource, name: str) -> Any:
    """An attribute, or AFTER_APPLY."""
    return resource.block.text(name)


def arm_type(resource: Resource) -> str:
    """ARM's type of an azapi resource, in lower case."""
    return (resource.block.text("type") or "").partition("@")[0].lower()


def is_group(resource: Resource) -> bool:
    """Whether a resource is a resource group."""
    return resource.type == GROUP or (resource.type == "azapi_resource" and arm_type(resource) == _ARM_GROUP)


def arm(resource: Resource) -> dict[str, Any]:
    """An azapi_resource in ARM's words. Its body is an object, or (before azapi 2) a text that holds one."""
    values = filled(resource.block.values, resource.block.unknown)
    body = values.get("body")
    if isinstance(body, str) and body != AFTER_APPLY:
        try:
            body = json.loads(body)
        except ValueError:
            body = None
    about = {key: values.get(key) for key in ("id", "name", "location")}
    return {**about, "type": arm_type(resource), **(body if isinstance(body, dict) else {})}


def earlier(resource: Resource) -> Resource | None:
    """A resource as it is now, if the plan changes it in place. A plan that was cut down says only what changes."""
    if resource.before is None:
        return None
    return replace(resource, block=Block({**resource.block.values, **resource.before}, {}))


def arm_before(resource: Resource) -> dict[str, Any] | None:
    """An azapi cluster as it is now, if the plan changes it in place."""
    was = earlier(resource)
    return None if was is None else arm(was)


def with_id(value: dict[str, Any], resource: Resource) -> dict[str, Any]:
    """With an id: Azure's, or until there is one, the resource's own address."""
    own = id_of(value)
    parent = resource_id(resource.block.text("parent_id")) if resource.type == "azapi_resource" else None
    if own is None and parent is not None and value.get("name"):
        return {**value, "id": f"/{parent}/subnets/{value['name']}"}
    return value if own else {**value, "id": resource.address}


def cluster_of(plan: Plan, cluster: Resource, ids: dict[str, str]) -> dict[str, Any]:
    """As the plan leaves it."""
    pools = [
        pool_of(plan, cluster, pool, ids, "default_node_pool") | _LINUX
        for pool in cluster.block.blocks("default_node_pool")
    ]
    return _cluster_of(cluster.block) | {"agentPoolProfiles": pools}


def cluster_before(cluster: Resource) -> dict[str, Any] | None:
    """As it is now, if the plan changes it in place."""
    was = earlier(cluster)
    if was is None:
        return None
    block = was.block
    pools = [_plain_pool(pool) | _LINUX for pool in block.blocks("default_node_pool")]
    return _cluster_of(block) | {"agentPoolProfiles": pools}


def _cluster_of(block: Block) -> dict[str, Any]:
    profiles = block.blocks("network_profile")
    return {
        "id": block.text("id"),
        "name": block.text("name"),
        "location": block.text("location"),
        "kubernetesVersion": block.text("kubernetes_version"),
        **_said(block, currentKubernetesVersion="current_kubernetes_version", resourceGroup="resource_group_name"),
        "networkProfile": _profile(profiles[0]) if profiles else None,
        **_identity(block),
        **_parts(block),
    }


def _parts(block: Block) -> dict[str, Any]:
    """What a cluster names a subnet for beside its pools."""
    server, ingress, virtual_nodes = (
        next((part.text(field) for part in block.blocks(name)), None)
        for name, field in (
            ("api_server_access_profile", "subnet_id"),
            ("ingress_application_gateway", "subnet_id"),
            ("aci_connector_linux", "subnet_name"),
        )
    )
    addons = {
        **({"ingressApplicationGateway": {"config": {"subnetId": ingress}}} if ingress else {}),
        **({"aciConnectorLinux": {"config": {"SubnetName": virtual_nodes}}} if virtual_nodes else {}),
    }
    parts = {"apiServerAccessProfile": {"subnetId": server}} if server else {}
    return {**parts, **({"addonProfiles": addons} if addons else {})}


def _identity(block: Block) -> dict[str, Any]:
    """Of a cluster with a service principal, null."""
    if not block.mentions("identity"):
        return {}
    identities = block.blocks("identity")
    return {"identity": {"type": identities[0].text("type")} if identities else None}


def data_cluster(block: Block) -> dict[str, Any]:
    """A data source leaves out the mode and the pods' subnets."""
    pools = [_plain_pool(Block(pool.values, pool.unknown, UNTOLD)) for pool in block.blocks("agent_pool_profile")]
    return _cluster_of(block) | {"agentPoolProfiles": pools}


_RANGES = (("podCidrs", "pod_cidrs"), ("serviceCidrs", "service_cidrs"))


def _profile(profile: Block) -> dict[str, Any]:
    return {
        "networkPlugin": profile.text("network_plugin"),
        "networkPluginMode": profile.text("network_plugin_mode"),
        **_said(profile, networkPolicy="network_policy", podCidr="pod_cidr", serviceCidr="service_cidr"),
        **{key: profile.strings(name) for key, name in _RANGES if profile.mentions(name)},
        # Version 4 of the provider has the second name.
        **_said(profile, networkDataplane="ebpf_data_plane"),
        **_said(profile, networkDataplane="network_data_plane"),
    }


def pool_of(plan: Plan, owner: Resource, pool: Block, ids: dict[str, str], *inside: str) -> dict[str, Any]:
    """With the subnets that the configuration names, where their ids are not known yet."""
    made = _plain_pool(pool)
    for key, attribute in (("vnetSubnetId", "vnet_subnet_id"), ("podSubnetId", "pod_subnet_id")):
        if made.get(key) == AFTER_APPLY:
            # Neither nodes nor pods can be in a subnet that is delegated to the service.
            target = plan.target(owner, *inside, attribute, fits=lambda subnet: not takes_gateway(subnet))
            made[key] = ids.get(target.address, AFTER_APPLY) if target else AFTER_APPLY
    return made


def pool_before(pool: Resource) -> dict[str, Any] | None:
    """A node pool as it is now, if the plan changes it in place."""
    was = earlier(pool)
    return None if was is None else _plain_pool(was.block)


def _plain_pool(pool: Block) -> dict[str, Any]:
    return {
        "name": pool.text("name"),
        "vnetSubnetId": pool.text("vnet_subnet_id"),
        **_said(pool, podSubnetId="pod_subnet_id", osType="os_type", orchestratorVersion="orchestrator_version"),
        **_said(pool, vmSize="vm_size", type="type"),
    }


def _said(block: Block, **names: str) -> dict[str, Any]:
    """Attributes of which null means none: one that the plan does not mention stays unmentioned."""
    return {key: block.text(name) for key, name in names.items() if block.mentions(name)}


def owner_of(pool: Resource, owner: Resource | None) -> str | None:
    """The id of a pool's cluster, or its address where Azure has given no id yet."""
    stated = pool.block.text("kubernetes_cluster_id")
    return owner.address if owner is not None and stated in (None, AFTER_APPLY) else stated


def subnet_from(block: Block) -> dict[str, Any]:
    """With its prefixes and delegations."""
    services = [
        service for delegation in block.blocks("delegation") for service in delegation.blocks("service_delegation")
    ]
    unknown = block.unknown.get("delegation") is True or (block.absent and "delegation" not in block.values)
    prefixes = block.strings("address_prefixes") or block.strings("address_prefix")
    single = block.text("address_prefix") if "address_prefix" in block.values else None
    return {
        "id": block.text("id"),
        "name": block.text("name"),
        "addressPrefixes": prefixes or ([single] if single else []),
        "delegations": None if unknown else [{"serviceName": service.text("name")} for service in services],
    }


def takes_gateway(subnet: Resource) -> bool | None:
    """Whether a subnet is delegated to the gateway's service; None: not known."""
    services = subnet_from(subnet.block)["delegations"] if subnet.type == SUBNET else None
    named = None if services is None else [str(service["serviceName"]).lower() for service in services]
    return None if named is None or AFTER_APPLY in named else DELEGATED_TO in named


def attribute_of(association: Resource) -> tuple[str, ...]:
    """What names the subnet of an association."""
    return ("subnet_id",) if association.type == ASSOCIATION else ("body",)


def subnet_of(plan: Plan, association: Resource, ids: dict[str, str]) -> str | None:
    """The id of an association's subnet, found through the configuration where it is not known yet."""
    if association.type == ASSOCIATION:
        named: object = association.block.text("subnet_id")
    else:
        subnet = key_of(arm(association), "subnet")
        named = subnet.get("id") if isinstance(subnet, dict) else subnet
    if isinstance(named, str) and named != AFTER_APPLY:
        return named
    # Only a subnet that is delegated to the service can take an association.
    target = plan.target(
        association, *attribute_of(association), fits=lambda subnet: takes_gateway(subnet) is not False
    )
    return ids.get(target.address, AFTER_APPLY) if target else AFTER_APPLY
