"""The virtual networks of nodes and gateway: named by ids, described by `az network vnet show`."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from bot.checks.inventory.cluster import Cluster, Texts
from bot.checks.spelling import AzureObject, Name, Region, VnetId


class _Remote(AzureObject):
    id: VnetId = None


class _Peering(AzureObject):
    """What is only planned has no state yet; null in its place, or a value of another type, says nothing of it."""

    remote_virtual_network: _Remote | None = None
    peering_state: Annotated[Name, BeforeValidator(lambda value: value if isinstance(value, str) else None)] = None

    @property
    def connects(self) -> bool:
        return self.peering_state == "connected" or "peering_state" not in self.model_fields_set


class _Space(AzureObject):
    address_prefixes: Texts = ()


class Network(AzureObject):
    """What is read of the output of `az network vnet show`."""

    id: VnetId = None
    location: Region = None
    address_space: Annotated[
        _Space | None, BeforeValidator(lambda value: value if isinstance(value, dict) else None)
    ] = None
    virtual_network_peerings: list[_Peering] | None = None

    def peers_with(self, vnet: str) -> bool | None:
        """Whether a peering connects to another network; None where one is there, and does not."""
        peerings = [peering for peering in self.virtual_network_peerings or [] if peering.remote_virtual_network]
        here = [
            peering
            for peering in peerings
            if peering.remote_virtual_network and peering.remote_virtual_network.id == vnet
        ]
        return None if any(not peering.connects for peering in here) else bool(here)


def vnet_of_nodes(aks: object) -> str | None:
    """The one VNet that the ids of the node pools' subnets name."""
    try:
        pools = Cluster.model_validate(aks).agent_pool_profiles or []
    except ValidationError:  # the snapshot's own parsing will say where
        return None
    named = {vnet_of_subnet(pool.vnet_subnet_id) for pool in pools}
    return named.pop() if len(named) == 1 else None


def vnet_of_subnet(subnet_id: object) -> str | None:
    """The first part of a subnet's id, in lower case so that it can be compared; Azure does not care."""
    vnet, separator, _ = str(subnet_id).casefold().rpartition("/subnets/")
    return f"/{vnet.strip('/')}" if separator else None


def described(nodes: str, gateway: str, networks: Sequence[Network] = ()) -> dict[str, Any]:
    """The snapshot's `vnets`. Only who knows both networks can say that they are not peered; no region: not known."""
    by_id = {f"/{network.id}": network for network in networks if network.id}
    ends = {"aks": nodes, "agc": gateway}
    known = [by_id[vnet] for vnet in ends.values() if vnet in by_id]
    said = {network.peers_with(vnet.strip("/")) for network in known for vnet in ends.values()}
    peered = None if None in said else True if True in said else False if len(known) == len(ends) else None
    region = {end: by_id[vnet].location for end, vnet in ends.items() if vnet in by_id}
    return {
        **{end: {"id": vnet, **({"region": region[end]} if end in region else {})} for end, vnet in ends.items()},
        "peered": peered,
    }
