"""Peerings of virtual networks in a Terraform plan, in az's words."""

from typing import Any

from bot.checks.inventory.inventory import key_of
from bot.checks.spelling import AFTER_APPLY, resource_id
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource
from bot.checks.terraform.words import NETWORK, arm, text


def peering_of(plan: Plan, peering: Resource) -> dict[str, Any]:
    """Its own end is told by names only, unless it exists already; ends that the plan creates, by its configuration."""
    own, _, _ = str(text(peering, "id")).partition("/virtualNetworkPeerings/")
    near, far = (plan.target(peering, name) for name in ("virtual_network_name", "remote_virtual_network_id"))
    group, name = text(peering, "resource_group_name"), text(peering, "virtual_network_name")
    local = (
        own if own.startswith("/") else f"/resourcegroups/{group}/providers/microsoft.network/virtualnetworks/{name}"
    )
    remote = text(peering, "remote_virtual_network_id")
    if far is not None and far.type == NETWORK and remote == AFTER_APPLY:
        remote = far.address
    if near is not None and _is_new(near, name):
        local = near.address
    return _one_peering(local, remote)


def _is_new(network: Resource, name: Any) -> bool:
    """Whether a network has no id yet, and the name that was asked for."""
    return (
        network.type == NETWORK
        and resource_id(text(network, "id")) is None
        and text(network, "name") in (name, AFTER_APPLY)
    )


def arm_peering(peering: Resource) -> dict[str, Any]:
    """Of azapi, with both ends."""
    remote = key_of(arm(peering), "remotevirtualnetwork")
    return _one_peering(text(peering, "parent_id"), remote.get("id") if isinstance(remote, dict) else None)


def _one_peering(local: Any, remote: Any) -> dict[str, Any]:
    return {"id": local, "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": remote}}]}
