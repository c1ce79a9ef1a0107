"""Terraform plans of every style: azurerm and azapi, modules, data sources, in-line subnets, peerings, releases."""

import json
from typing import Any

import pytest

from bot.checks import check, compose, inspect

from .test_laws import cluster

VNET = "/subscriptions/0/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks"
ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
DELEGATION = [{"name": "d", "service_delegation": [{"name": "Microsoft.ServiceNetworking/trafficControllers"}]}]
AFTER = {"id": True}


def change(address: str, after: Any, unknown: Any = None, actions: str = "create", **more: Any) -> dict[str, Any]:
    module, _, last = address.rpartition("module.net.") if "module.net." in address else ("", "", address)
    kind, _, name = last.partition(".")
    resource = {"address": address, "mode": "managed", "type": kind, "name": name.partition("[")[0]}
    if module or last != address:
        resource["module_address"] = "module.net"
    changed = {"actions": actions.split(), "before": more.get("before"), "after": after, "after_unknown": unknown or {}}
    return {**resource, "change": changed}


def plan(*changes: dict[str, Any], config: Any = None, read: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    made = {"format_version": "1.2", "resource_changes": list(changes), "configuration": {"root_module": config or {}}}
    if read is not None:
        made["prior_state"] = {"format_version": "1.0", "values": {"root_module": {"resources": read}}}
    return made


def refers(*references: str) -> dict[str, Any]:
    """An association in the configuration, and what its subnet is made of."""
    return {"address": f"{ASSOCIATION}.a", "expressions": {"subnet_id": {"references": list(references)}}}


def aks(plugin: str = "azure", mode: str | None = "overlay", **more: Any) -> dict[str, Any]:
    profile = {"network_plugin": plugin, "network_plugin_mode": mode, "network_policy": "cilium"}
    pool = {"name": "np", "vnet_subnet_id": f"{VNET}/a/subnets/nodes", "pod_subnet_id": None}
    after = {"name": "one", "network_profile": [profile], "default_node_pool": [pool]}
    return change("azurerm_kubernetes_cluster.main", after, AFTER, **more)


def subnet(name: str, prefix: str, own: str | None = None, address: str = "") -> dict[str, Any]:
    after = {"name": name, "address_prefixes": [prefix], "delegation": DELEGATION, **({"id": own} if own else {})}
    return change(address or f"azurerm_subnet.{name}", after, {} if own else AFTER, "no-op" if own else "create")


def association(name: str, on: str | None, actions: str = "create", address: str = "") -> dict[str, Any]:
    known = {"name": name, **({"subnet_id": on} if on else {})}
    return change(address or f"{ASSOCIATION}.{name}", known, AFTER | ({} if on else {"subnet_id": True}), actions)


def azapi(name: str, kind: str, body: Any, unknown: Any = None, **after: Any) -> dict[str, Any]:
    return change(
        f"azapi_resource.{name}", {"type": f"{kind}@2025-05-01", "name": name, "body": body, **after}, unknown or AFTER
    )


def statuses(*documents: object, **options: Any) -> dict[str, str]:
    raw = documents[0] if len(documents) == 1 else list(documents)
    return {finding.id: str(finding.status) for finding in check(compose(raw, **options), "en")}


KNOWN = f"{VNET}/a/subnets/agc"
PROFILE = {"networkPlugin": "azure", "networkPluginMode": "overlay"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"properties": {"networkProfile": PROFILE}}, "pass"),
        (json.dumps({"properties": {"networkProfile": PROFILE}}), "pass"),
        ({"properties": {"networkProfile": {"networkPlugin": "kubenet"}}}, "fail"),
        ("not json", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_cluster_of_azapi_is_a_cluster(body: object, status: str):
    assert statuses(plan(azapi("c", "Microsoft.ContainerService/managedClusters", body)))["AGC002"] == status


def test_an_unknown_part_of_a_body_is_unknown():
    unknown = {"id": True, "body": {"properties": {"networkProfile": {"networkPluginMode": True}}}}
    made = azapi(
        "c", "Microsoft.ContainerService/managedClusters", {"properties": {"networkProfile": PROFILE}}, unknown
    )
    assert statuses(plan(made))["AGC002"] == "unknown"
    made["change"]["after_unknown"] = {"body": True}
    assert statuses(plan(made))["AGC001"] == "unknown"


def test_subnets_networks_gateways_and_pools_of_azapi_count():
    delegations = [{"properties": {"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}}]
    prefix = {"addressPrefix": "10.0.4.0/23", "delegations": delegations}
    inside = azapi("agc", "Microsoft.Network/virtualNetworks/subnets", {"properties": prefix}, parent_id=f"{VNET}/a")
    body = {"properties": {"associationType": "subnets", "subnet": {"id": KNOWN}}}
    joined = azapi("as", "Microsoft.ServiceNetworking/trafficControllers/associations", body)
    by_rule = statuses(plan(aks(), inside, joined))
    assert (by_rule["AGC004"], by_rule["AGC005"], by_rule["AGC006"]) == ("fail", "pass", "pass")
    assert statuses(plan(aks("kubenet", None), joined))["AGC011"] == "fail"
    network = azapi(
        "v", "Microsoft.Network/virtualNetworks", {"properties": {"subnets": [{"name": "agc", "properties": prefix}]}}
    )
    assert statuses(plan(aks(), network))["AGC004"] == "fail"
    flat = aks("azure", None)
    flat["change"]["after"] |= {"id": "/clusters/one", "default_node_pool": []}
    pods = {"properties": {"podSubnetID": f"{VNET}/a/subnets/pods"}}
    pool = azapi("np", "Microsoft.ContainerService/managedClusters/agentPools", pods, parent_id="/clusters/one")
    assert statuses(plan(flat, pool))["AGC002"] == "pass"


def test_an_association_through_variables_and_outputs_of_modules_finds_its_subnet():
    config = {
        "module_calls": {
            "net": {"module": {"outputs": {"ids": {"expression": {"references": ["azurerm_subnet.wide.id"]}}}}},
            "alb": {
                "expressions": {"subnet": {"references": ['module.net.ids["agc"]', "module.net.ids", "module.net"]}},
                "module": {"resources": [refers("var.subnet")]},
            },
        }
    }
    wide = subnet("wide", "10.0.4.0/23", address="module.net.azurerm_subnet.wide")
    spare = subnet("spare", "10.0.8.0/24", address="module.net.azurerm_subnet.spare")
    joined = association("a", None)
    joined |= {"address": f"module.alb.{ASSOCIATION}.a", "module_address": "module.alb"}
    assert statuses(plan(aks(), wide, spare, joined, config=config))["AGC004"] == "fail"
    del config["module_calls"]["alb"]["expressions"]
    assert statuses(plan(aks(), wide, spare, joined, config=config))["AGC004"] == "unknown"


def test_a_subnet_outside_the_plan_is_not_a_spare_one_in_it():
    spare = subnet("spare", "10.0.4.0/24")
    by_rule = statuses(plan(aks(), spare, association("a", f"{VNET}/other/subnets/agc")))
    assert (by_rule["AGC004"], by_rule["AGC005"], by_rule["AGC006"]) == ("unknown", "unknown", "unknown")
    read = {"address": "data.azurerm_subnet.agc", "mode": "data", "type": "azurerm_subnet", "name": "agc",
            "values": {"id": KNOWN, "name": "agc", "address_prefixes": ["10.0.4.0/23"]}}  # fmt: skip
    assert statuses(plan(aks(), spare, association("a", KNOWN), read=[read]))["AGC004"] == "fail"


def test_associations_that_stay_and_that_come_count_together():
    known = subnet("agc", "10.0.4.0/24", KNOWN)
    old, new = association("old", KNOWN, "no-op"), association("new", KNOWN)
    assert [
        statuses(plan(aks(), known, *some), {"agcAssociations": []})["AGC005"] for some in ([old], [new], [old, new])
    ] == [
        "pass",
        "pass",
        "fail",
    ]
    other = subnet("b", "10.0.6.0/24", f"{VNET}/a/subnets/b")
    assert (
        statuses(plan(aks(), known, other, old, association("b", f"{VNET}/a/subnets/b")), {"agcAssociations": []})[
            "AGC005"
        ]
        == "pass"
    )


@pytest.mark.parametrize(
    ("before", "rules"),
    [
        ({"network_profile": [{"network_plugin": "azure"}]}, {"AGC001": "pass", "AGC002": "pass", "AGC009": "fail"}),
        ({"network_profile": [{"network_plugin": "kubenet"}]}, {"AGC001": "pass", "AGC009": "not-applicable"}),
    ],
)
def test_a_plan_that_is_the_upgrade_is_judged_as_planned(before: dict[str, Any], rules: dict[str, str]):
    wide = subnet("agc", "10.0.4.0/23", KNOWN)
    by_rule = statuses(plan(aks(actions="update", before=before), wide))
    assert {rule: by_rule[rule] for rule in rules} == rules
    assert by_rule["AGC010"] != "not-applicable" and by_rule["AGC004"] == "fail"
    again = statuses(plan(aks(actions="delete create", before=before), wide))
    assert (again["AGC009"], again["AGC010"]) == ("not-applicable", "not-applicable")


def test_an_update_by_azapi_is_the_upgrade_too():
    flat = aks("azure", None, actions="no-op")
    body = {"properties": {"networkProfile": {"networkPluginMode": "overlay"}}}
    update = {**azapi("up", "Microsoft.ContainerService/managedClusters", body), "type": "azapi_update_resource"}
    by_rule = statuses(plan(flat, update, subnet("agc", "10.0.4.0/23", KNOWN)))
    assert (by_rule["AGC002"], by_rule["AGC009"]) == ("pass", "fail")


def test_in_line_subnets_and_peerings_are_read():
    inline = {"name": "agc", "address_prefixes": ["10.0.4.0/23"], "delegation": DELEGATION}
    after = {"name": "a", "location": "japaneast", "id": f"{VNET}/a", "subnet": [inline]}
    nodes = change("azurerm_virtual_network.a", after, {}, "no-op")
    assert statuses(plan(aks(), nodes))["AGC004"] == "fail"
    hub = change("azurerm_virtual_network.hub", {"location": "japaneast", "id": f"{VNET}/hub"}, {}, "no-op")
    ends = {"resource_group_name": "rg-net", "virtual_network_name": "a", "remote_virtual_network_id": f"{VNET}/hub"}
    peering = change("azurerm_virtual_network_peering.p", ends, AFTER)
    there = [subnet("agc", "10.0.4.0/24", f"{VNET}/hub/subnets/agc"), association("x", f"{VNET}/hub/subnets/agc")]
    after["subnet"] = []
    assert statuses(plan(aks(), nodes, hub, *there, peering))["AGC006"] == "fail"
    assert statuses(plan(aks(), nodes, hub, *there))["AGC006"] == "unknown"


@pytest.mark.parametrize(
    ("chart", "version", "status"),
    [
        ("oci://mcr.microsoft.com/application-lb/charts/alb-controller", "1.0.7", "fail"),
        ("alb-controller", "1.7.9", "pass"),
        ("alb-controller", None, "unknown"),
        ("ingress-nginx", "4.13.0", "unknown"),
    ],
)
def test_a_release_of_the_controllers_chart_names_its_version(chart: str, version: str | None, status: str):
    release = change("helm_release.r", {"name": "r", "chart": chart, "version": version})
    assert statuses(plan(aks(), release))["AGC003"] == status


def test_a_data_source_stands_in_for_a_cluster_until_somebody_knows_better():
    values = {"name": "one", "network_profile": [{"network_plugin": "azure"}], "agent_pool_profile": [{"name": "np"}]}
    read = {
        "address": "data.azurerm_kubernetes_cluster.c",
        "mode": "data",
        "type": "azurerm_kubernetes_cluster",
        "name": "c",
    }
    made = plan(association("a", KNOWN), subnet("agc", "10.0.4.0/23", KNOWN), read=[{**read, "values": values}])
    by_rule = statuses(made)
    assert (by_rule["AGC001"], by_rule["AGC002"]) == ("pass", "unknown")  # the mode is not in there
    known = cluster("one", "azure", "overlay")
    for better in (statuses(made, known), statuses(made, aks=known)):
        assert (better["AGC002"], better["AGC004"]) == ("pass", "fail")
    values["network_profile"] = [{"network_plugin": "kubenet"}]
    assert statuses(made)["AGC011"] == "fail"


def test_two_plans_with_the_same_addresses_are_two_worlds():
    config = {"resources": [refers("azurerm_subnet.agc.id", "azurerm_subnet.agc")]}
    cluster = plan(aks(), subnet("agc", "10.0.4.0/24"), association("a", None), config=config)
    assert statuses(cluster)["AGC004"] == "pass"
    two = json.loads(json.dumps(cluster))
    two["resource_changes"][1]["change"]["after"]["address_prefixes"] = ["10.0.4.0/23"]
    clusters = inspect([cluster, two], "en")
    assert [str(cluster.findings[3].status) for cluster in clusters] == ["pass", "fail"]
    assert [cluster.name for cluster in clusters] == [
        "azurerm_kubernetes_cluster.main",
        "plan 2: azurerm_kubernetes_cluster.main",
    ]


def test_an_association_of_the_plan_and_of_the_list_is_one():
    gateway = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceNetworking/trafficControllers/g"
    name = f"{gateway}/associations/as"
    old = association("old", KNOWN, "no-op")
    old["change"]["after"]["id"], old["change"]["after_unknown"] = name, {}
    listed = [{"id": name.lower(), "associationType": "subnets", "subnet": {"id": KNOWN}}]
    known = subnet("agc", "10.0.4.0/24", KNOWN)
    assert statuses(plan(aks(), known, old), listed)["AGC005"] == "pass"
    assert statuses(plan(aks(), known, association("new", KNOWN)), listed)["AGC005"] == "fail"
