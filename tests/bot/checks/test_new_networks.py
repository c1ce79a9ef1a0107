"""Subnets that a Terraform plan creates: the configuration tells in which network they will be."""

from typing import Any

import pytest

from bot.checks import check, compose, inspect

from .test_plan_input import release
from .test_plans import AFTER, VNET, aks, change, plan, refers
from .test_plans import association as created
from .test_plans import subnet as planned


def in_new_networks(nodes: str, gateway: str, region: str = "japaneast") -> dict[str, Any]:
    """A cluster and the subnet of its gateway, each in a network that the same Terraform plan creates."""
    networks = [
        change(f"azurerm_virtual_network.{name}", {"name": name, "location": region}, {"id": True})
        for name in sorted({nodes, gateway})
    ]
    subnets = [planned("nodes", "10.0.0.0/24"), planned("agc", "10.0.4.0/24")]
    cluster = aks()
    cluster["change"]["after"]["default_node_pool"] = [{"name": "np", "pod_subnet_id": None}]
    cluster["change"]["after_unknown"] = {"id": True, "default_node_pool": [{"vnet_subnet_id": True}]}
    config = [
        {
            "address": "azurerm_kubernetes_cluster.main",
            "expressions": {"default_node_pool": [{"vnet_subnet_id": {"references": ["azurerm_subnet.nodes.id"]}}]},
        },
        refers("azurerm_subnet.agc.id"),
        *(
            {
                "address": f"azurerm_subnet.{name}",
                "expressions": {"virtual_network_name": {"references": [f"azurerm_virtual_network.{network}.name"]}},
            }
            for name, network in (("nodes", nodes), ("agc", gateway))
        ),
    ]
    return plan(cluster, *networks, *subnets, created("a", None), release("1.8.0"), config={"resources": config})


def test_subnets_of_one_new_network_are_in_one_network():
    together = {each.id: str(each.status) for each in check(in_new_networks("a", "a"), "en")}
    assert (together["AGC004"], together["AGC006"], together["AGC007"]) == ("pass", "pass", "pass")
    apart = {each.id: str(each.status) for each in check(in_new_networks("a", "b"), "en")}
    assert apart["AGC006"] != "pass"
    unsaid = in_new_networks("a", "a")
    del unsaid["configuration"]["root_module"]["resources"][2:]
    by_rule = {each.id: str(each.status) for each in check(unsaid, "en")}
    assert (by_rule["AGC006"], by_rule["AGC007"]) == ("unknown", "unknown")


def test_a_new_subnet_of_a_network_that_is_there_has_the_id_that_it_will_have():
    there_already = in_new_networks("a", "a")
    (network_change,) = [
        each for each in there_already["resource_changes"] if each["type"] == "azurerm_virtual_network"
    ]
    network_change["change"] |= {"actions": ["no-op"], "after_unknown": {}}
    network_change["change"]["after"]["id"] = f"{VNET}/a"
    by_rule = {each.id: each for each in check(there_already, "en")}
    assert str(by_rule["AGC006"].status) == str(by_rule["AGC007"].status) == "pass"


@pytest.mark.parametrize(("name", "passes"), [("agc", False), ("virtual-nodes", True)])
def test_a_subnet_that_a_planned_cluster_names_for_an_addon_is_no_gateways(name: str, passes: bool):
    cluster = aks()
    cluster["change"]["after"]["aci_connector_linux"] = [{"subnet_name": name}]
    agc = f"{VNET}/a/subnets/agc"
    raw = plan(cluster, planned("agc", "10.0.4.0/24", agc), created("a", agc), release("1.8.0"))
    by_rule = {each.id: str(each.status) for each in check(raw, "en")}
    assert (by_rule["AGC004"] == "pass") is passes


def test_a_name_that_is_made_of_a_networks_name_is_not_that_network():
    """`"${azurerm_virtual_network.a.name}-dr"`, or a network of that name in another resource group."""
    for attribute, value in (("virtual_network_name", "a-dr"), ("resource_group_name", "other")):
        raw = in_new_networks("a", "a")
        for each in raw["resource_changes"]:
            if each["type"] == "azurerm_virtual_network":
                each["change"]["after"]["resource_group_name"] = "rg"
            if each["address"] == "azurerm_subnet.agc":
                each["change"]["after"] |= {attribute: value}
        by_rule = {each.id: str(each.status) for each in check(raw, "en")}
        assert (by_rule["AGC006"], by_rule["AGC007"]) == ("unknown", "unknown")


def peered(raw: dict[str, Any], near: str, far: str, name: str = "") -> dict[str, Any]:
    """The same plan with a peering of two of its networks."""
    ends = {"name": "p", "resource_group_name": "rg", "virtual_network_name": name or near}
    references = {
        "virtual_network_name": {"references": [f"azurerm_virtual_network.{near}.name"]},
        "remote_virtual_network_id": {"references": [f"azurerm_virtual_network.{far}.id"]},
    }
    address = f"azurerm_virtual_network_peering.{near}"
    raw["resource_changes"].append(change(address, ends, {"id": True, "remote_virtual_network_id": True}))
    raw["configuration"]["root_module"]["resources"].append({"address": address, "expressions": references})
    return raw


def test_two_new_networks_that_a_plan_peers_are_peered():
    def regional(raw: dict[str, Any]) -> str:
        return {each.id: str(each.status) for each in check(raw, "en")}["AGC006"]

    assert regional(in_new_networks("a", "b")) == "unknown"
    assert regional(peered(in_new_networks("a", "b"), "a", "b")) == "fail"
    assert regional(peered(in_new_networks("a", "b"), "b", "a")) == "fail"
    assert regional(peered(in_new_networks("a", "b"), "a", "b", "a-dr")) == "unknown"


@pytest.mark.parametrize(
    ("references", "flat", "overlay"),
    [
        (["azurerm_subnet.pods.id", "azurerm_subnet.pods"], "pass", "unknown"),
        (["azurerm_subnet.pods.id", "azurerm_subnet.pods", "var.flat"], "unknown", "pass"),  # or null
        ([], "unknown", "pass"),
    ],
)
def test_a_pod_subnet_that_the_plan_creates_is_one(references: list[str], flat: str, overlay: str):
    for mode, expected in ((None, flat), ("overlay", overlay)):
        cluster = aks(mode=mode)
        del cluster["change"]["after"]["default_node_pool"][0]["pod_subnet_id"]
        cluster["change"]["after_unknown"] = {**AFTER, "default_node_pool": [{"pod_subnet_id": True}]}
        pods = change("azurerm_subnet.pods", {"name": "pods", "address_prefixes": ["10.0.8.0/22"]}, AFTER)
        named = {"default_node_pool": [{"pod_subnet_id": {"references": references}}]}
        config = {"resources": [{"address": "azurerm_kubernetes_cluster.main", "expressions": named}]}
        (judged,) = inspect(compose(plan(cluster, pods, config=config)), "en")
        assert {each.id: str(each.status) for each in judged.findings}["AGC002"] == expected
