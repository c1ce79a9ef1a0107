"""A subnet that other resources have addresses in is not one that a gateway can be installed into."""

import json
from typing import Any

import pytest

from bot.checks import check, compose

from .test_laws import association, cluster, network, subnet

AKS = cluster("one", "azure", "overlay")
PLACE = ("AGC004", "AGC005", "AGC006", "AGC007")
NETWORK = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network"


def judged(*documents: Any, planned: str | None = "install-agc") -> dict[str, tuple[str, str | None]]:
    findings = check(compose([AKS, network("a", "japaneast"), *documents], planned=planned), "en")
    return {finding.id: (str(finding.status), finding.observed) for finding in findings}


def held(key: str, entries: Any, prefix: str = "10.0.4.0/24", **more: Any) -> dict[str, Any]:
    inside = {**subnet("agc", prefix), "delegations": [], key: entries, **more}
    return {"aks": AKS, "subnet": inside, "agcAssociations": []}


@pytest.mark.parametrize(
    ("key", "own", "shown"),
    [
        (
            "applicationGatewayIPConfigurations",
            "applicationGateways/old/gatewayIPConfigurations/g",
            "applicationgateways",
        ),
        ("privateEndpoints", "privateEndpoints/pe", "privateendpoints"),
        ("ipConfigurations", "networkInterfaces/vm/ipConfigurations/c", "networkinterfaces"),
    ],
)
def test_nothing_passes_for_a_subnet_that_holds_other_resources(key: str, own: str, shown: str):
    for entries in ([{"id": f"{NETWORK}/{own}"}], [{"id": f"{NETWORK}/{own}".upper()}] * 2):
        findings = judged(held(key, entries))
        assert {rule: findings[rule][0] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
        assert f"microsoft.network/{shown}" in str(findings["AGC004"][1])
    assert judged(held(key, [{"id": f"{NETWORK}/{own}"}], "10.0.4.0/23"))["AGC004"][0] == "fail"


def test_an_empty_subnet_passes():
    for key in ("applicationGatewayIPConfigurations", "privateEndpoints", "ipConfigurations"):
        for entries in ([], None):
            findings = judged(held(key, entries))
            assert {rule: findings[rule][0] for rule in PLACE} == dict.fromkeys(PLACE, "pass")


@pytest.mark.parametrize("entries", ["System.Object[]", [{}], [{"id": "nic1"}], [{"id": None}]])
def test_resources_that_are_not_named_are_there_all_the_same(entries: Any):
    assert judged(held("ipConfigurations", entries))["AGC004"][0] == "unknown"


def test_the_addresses_below_a_delegation_or_an_association_may_be_the_gateways_own():
    addresses = [{"id": f"{NETWORK}/networkInterfaces/n/ipConfigurations/c"}]
    own = subnet("agc", "10.0.4.0/24") | {"delegations": [], "ipConfigurations": addresses}
    assert judged(own, [association("g1", "agc")], planned=None)["AGC004"][0] == "pass"
    service = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}]
    assert judged(held("ipConfigurations", addresses, delegations=service))["AGC004"][0] == "pass"


RESERVED = ["AzureBastionSubnet", "GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet"]


@pytest.mark.parametrize("name", [*RESERVED, "RouteServerSubnet"])
def test_a_subnet_of_a_name_that_a_service_asks_for_is_that_services(name: str):
    for spelled in (name, name.upper()):
        whole = held("x", [], id=f"{NETWORK}/virtualNetworks/a/subnets/{spelled}", name=spelled)
        nameless = {**whole, "subnet": {key: part for key, part in whole["subnet"].items() if key != "id"}}
        for document in (whole, nameless):
            findings = judged(document)
            assert all(findings[rule][0] == "unknown" for rule in PLACE), spelled
        other = held("x", [], id=f"{NETWORK}/virtualNetworks/a/subnets/my{spelled}", name=f"my{spelled}")
        assert judged(other)["AGC004"][0] == "pass"


@pytest.mark.parametrize(
    "part",
    [
        {"apiServerAccessProfile": {"subnetId": "own"}},
        {"properties": {"apiServerAccessProfile": {"subnetId": "own"}}},
        {"addonProfiles": {"ingressApplicationGateway": {"enabled": True, "config": {"subnetId": "own"}}}},
        {"addonProfiles": {"other": {"config": {"SubnetId": "own"}}, "none": None}},
    ],
    ids=str,
)
def test_a_subnet_that_the_cluster_names_for_something_else_is_no_gateways(part: Any):
    own = str(subnet("agc", "10.0.4.0/24")["id"])
    for text, passes in ((own, False), (own.upper(), False), (f"{own}-two", True)):
        named = json.loads(json.dumps(part).replace('"own"', json.dumps(text)))
        documents = {**held("x", []), "aks": {**AKS, **named}}
        assert (judged(documents)["AGC004"][0] == "pass") is passes


@pytest.mark.parametrize("key", ["SubnetName", "subnetName"])
@pytest.mark.parametrize("addon", ["aciConnectorLinux", "ACIConnectorLinux", "another"])
def test_a_subnet_that_the_cluster_names_without_an_id_is_in_the_network_of_its_nodes(addon: str, key: str):
    for name, passes in (("agc", False), ("AGC ", False), ("agc-two", True), ("", True)):
        named = {"addonProfiles": {addon: {"enabled": True, "config": {key: name}}}}
        assert (judged({**held("x", []), "aks": {**AKS, **named}})["AGC004"][0] == "pass") is passes
