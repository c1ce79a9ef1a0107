"""A Terraform plan (`terraform show -json`) as a snapshot, so that the rules run before anything exists.

What is only known after apply becomes that very text, AFTER_APPLY, of which no rule makes a pass.
The plan is taken for the whole world: gateways that it does not manage are not seen.
"""

from typing import Any

from bot.checks.errors import InputError
from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform_plan import Block, Plan, Resource

CLUSTER = "azurerm_kubernetes_cluster"
POOL = "azurerm_kubernetes_cluster_node_pool"
SUBNET = "azurerm_subnet"
GATEWAY = "azurerm_application_load_balancer"
ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
DELEGATED_TO = "microsoft.servicenetworking/trafficcontrollers"


def plan_to_snapshot(raw: dict[str, Any]) -> dict[str, Any]:
    """The state that the plan leads to. Exactly one cluster must be in it."""
    plan = Plan.parse(raw)
    clusters = plan.of_type(CLUSTER)
    if len(clusters) != 1:
        names = ", ".join(cluster.address for cluster in clusters) or "-"
        raise InputError("plan-clusters", count=len(clusters), addresses=names)
    associations = plan.of_type(ASSOCIATION)
    subnet = _gateway_subnet(plan, associations)
    subnet_id = _subnet_id(plan, subnet, associations) if subnet else None
    placed = [(item, _placed_id(plan, item, subnet, subnet_id)) for item in associations]
    # A gateway that this plan creates is the planned one, which the rules count themselves.
    new = next((item for item in associations if item.created), None)
    installs = new is not None or any(gateway.created for gateway in plan.of_type(GATEWAY))
    return {
        "aks": _cluster(clusters[0], plan.of_type(POOL)),
        "subnet": subnet and {"id": subnet_id, "addressPrefixes": subnet.block.strings("address_prefixes")},
        "agcAssociations": _associations([(item, at) for item, at in placed if item is not new], bool(associations)),
        "planned": "install-agc" if installs else None,
    }


def _cluster(cluster: Resource, pools: list[Resource]) -> dict[str, Any]:
    profiles = cluster.block.blocks("network_profile")
    own_id = cluster.block.text("id")
    joined = [pool.block for pool in pools if _may_be(pool.block.text("kubernetes_cluster_id"), own_id)]
    return {
        "id": own_id,
        "name": cluster.block.text("name"),
        "location": cluster.block.text("location"),
        "kubernetesVersion": cluster.block.text("kubernetes_version"),
        "networkProfile": _profile(profiles[0]) if profiles else None,
        "agentPoolProfiles": [_pool(pool) for pool in [*cluster.block.blocks("default_node_pool"), *joined]],
    }


def _profile(profile: Block) -> dict[str, Any]:
    return {
        "networkPlugin": profile.text("network_plugin"),
        "networkPluginMode": profile.text("network_plugin_mode"),
        "networkPolicy": profile.text("network_policy"),
    }


def _pool(pool: Block) -> dict[str, Any]:
    return {
        "name": pool.text("name"),
        "vnetSubnetId": pool.text("vnet_subnet_id"),
        "podSubnetId": pool.text("pod_subnet_id"),
    }


def _may_be(one: str | None, other: str | None) -> bool:
    return AFTER_APPLY in (one, other) or one is None or other is None or _same(one, other)


def _same(one: str | None, other: str | None) -> bool:
    known = one is not None and one != AFTER_APPLY
    return known and one is not None and other is not None and one.strip("/").lower() == other.strip("/").lower()


def _gateway_subnet(plan: Plan, associations: list[Resource]) -> Resource | None:
    """The subnet that an association names; else the one that is delegated to the gateway. Two: nobody knows."""
    subnets = plan.of_type(SUBNET)
    named = [subnet for subnet in subnets if any(_names(plan, item, subnet) for item in associations)]
    delegated = [
        subnet
        for subnet in subnets
        for delegation in subnet.block.blocks("delegation")
        for service in delegation.blocks("service_delegation")
        if (service.text("name") or "").lower() == DELEGATED_TO
    ]
    chosen = named or delegated
    return chosen[0] if len(chosen) == 1 else None


def _names(plan: Plan, association: Resource, subnet: Resource) -> bool:
    if _same(association.block.text("subnet_id"), subnet.block.text("id")):
        return True
    return plan.refers(association, "subnet_id", subnet)


def _subnet_id(plan: Plan, subnet: Resource, associations: list[Resource]) -> str | None:
    """Its id; before there is one, its address, if two associations refer to it.

    References prove that two are on one subnet. That one is alone there is only known once the ids are.
    """
    own = subnet.block.text("id")
    if own not in (None, AFTER_APPLY):
        return own
    together = sum(plan.refers(item, "subnet_id", subnet) for item in associations) > 1
    return subnet.address if together else AFTER_APPLY


def _placed_id(plan: Plan, association: Resource, subnet: Resource | None, subnet_id: str | None) -> str | None:
    if subnet is not None and plan.refers(association, "subnet_id", subnet):
        return subnet_id
    return association.block.text("subnet_id")


def _associations(placed: list[tuple[Resource, str | None]], any_planned: bool) -> list[dict[str, Any]] | None:
    """None, that is unknown, if the plan has nothing to do with gateways."""
    if not any_planned:
        return None
    return [{"id": item.address, "name": item.address, "subnet": {"id": subnet_id}} for item, subnet_id in placed]
