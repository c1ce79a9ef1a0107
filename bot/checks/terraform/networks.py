"""Virtual networks in a Terraform plan, in az's words."""

from typing import Any

from bot.checks.inventory.inventory import key_of
from bot.checks.terraform.resource import Resource
from bot.checks.terraform.words import NETWORK, arm, subnet_from, text


def network_of(network: Resource) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A network, and the subnets that are written inside of it."""
    if network.type != NETWORK:
        value = arm(network)
        listed = key_of(value, "subnets")
        return value, [subnet for subnet in listed if isinstance(subnet, dict)] if isinstance(listed, list) else []
    value = {
        "id": text(network, "id"),
        "name": text(network, "name"),
        "location": text(network, "location"),
        "addressSpace": {"addressPrefixes": network.block.strings("address_space")},
    }
    return value, [subnet_from(subnet) for subnet in network.block.blocks("subnet")]


def data_network(source: Resource) -> dict[str, Any]:
    """A network that a data source reads, with whom it is peered."""
    remotes = source.block.values.get("vnet_peerings")
    remotes = list(remotes.values()) if isinstance(remotes, dict) else []
    return {
        "id": text(source, "id"),
        "location": text(source, "location"),
        "addressSpace": {"addressPrefixes": source.block.strings("address_space")},
        "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": remote}} for remote in remotes],
    }
