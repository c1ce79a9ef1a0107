"""Whether two networks are peered: one of them says so, both say no, or nobody knows."""

import pytest

from bot.checks.inventory.vnets import Network, described, vnet_of_nodes, vnet_of_subnet

HOME = "subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks"
NODES, GATEWAY, OTHER = (f"/{HOME}/{name}" for name in ("nodes", "gateway", "other"))
IN_GROUP = "/subscriptions/s/resourcegroups/subnets/providers/n/virtualnetworks/net"  # a group may be called subnets


def network(vnet: str, *peers: str | None) -> Network:
    peerings = [{"remoteVirtualNetwork": peer and {"id": peer}} for peer in peers]
    return Network.model_validate({"id": vnet, "location": "japaneast", "virtualNetworkPeerings": peerings})


@pytest.mark.parametrize(
    ("networks", "peered"),
    [
        ([network(NODES, OTHER, GATEWAY)], True),
        ([network(GATEWAY, None, NODES, OTHER)], True),
        ([network(NODES, OTHER), network(GATEWAY, None)], False),
        ([network(NODES), network(GATEWAY)], False),
        ([network(NODES, OTHER)], None),
        ([network(OTHER, NODES)], None),
        ([], None),
    ],
)
def test_only_who_knows_both_networks_can_say_that_they_are_not_peered(networks: list[Network], peered: bool | None):
    assert described(NODES, GATEWAY, networks)["peered"] is peered


def test_the_region_is_said_where_the_network_is_known():
    said = described(NODES, GATEWAY, [network(GATEWAY)])
    assert (said["aks"], said["agc"]) == ({"id": NODES}, {"id": GATEWAY, "region": "japaneast"})


@pytest.mark.parametrize(
    ("subnets", "vnet"),
    [
        ([f"{NODES}/subnets/a"], NODES),
        ([f"{NODES}/subnets/a", f"{NODES.upper()}/subnets/b"], NODES),
        ([f"{NODES}/subnets/a", f"{NODES}/Subnets/a"], NODES),
        (["/subscriptions/s/resourceGroups/subnets/providers/n/virtualNetworks/Net/subnets/a"], IN_GROUP),
        ([f"{NODES}/subnets/a", f"{OTHER}/subnets/a"], None),
        ([f"{NODES}/subnets/a", None], None),
        ([], None),
    ],
)
def test_the_network_of_the_nodes_is_the_one_that_all_their_subnets_name(subnets: list[str | None], vnet: str | None):
    assert vnet_of_nodes({"agentPoolProfiles": [{"vnetSubnetId": subnet} for subnet in subnets]}) == vnet


@pytest.mark.parametrize(
    "given", [f"{NODES}/subnets/a", f"{NODES.upper()}/SUBNETS/A", f"{NODES.strip('/')}/Subnets/a/"]
)
def test_the_network_of_a_subnet_is_read_of_its_id_however_it_is_spelled(given: str):
    assert vnet_of_subnet(given) == NODES


@pytest.mark.parametrize("given", [None, "", "agc", NODES])
def test_what_names_no_subnet_of_a_network_names_no_network(given: str | None):
    assert vnet_of_subnet(given) is None
