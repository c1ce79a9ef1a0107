"""What to add, where the input holds an expression, lies in a network that AKS made, or names its gateways."""

from typing import Any

import pytest

from bot.checks import check, compose, judge
from bot.checks.gather.missing import missing
from bot.checks.plan import plans

from .test_laws import NETWORK, association, cluster, deployment, network, subnet
from .test_plans import AFTER, aks, change, plan


def asked(*documents: Any) -> list[str]:
    inventory = compose(list(documents))
    return [output.command for output in missing(inventory, judge(inventory, "en"), "en")]


def fixes(*documents: Any) -> dict[str, tuple[str, str]]:
    findings = check(compose(list(documents) if len(documents) > 1 else documents[0]), "en")
    return {cluster.id: (str(cluster.status), cluster.fix) for cluster in findings}


@pytest.mark.parametrize("text", ["[parameters('plugin')]", "${var.plugin}", "(known after apply)", "{{ .Values.x }}"])
def test_an_expression_is_named_and_the_literal_value_is_asked_for(text: str):
    status, fix = fixes({"name": "one", "networkProfile": {"networkPlugin": text}})["AGC001"]
    assert status == "unknown"
    assert fix.startswith(f"The input has `{text}` in place of a value. Include the literal value, or the state")
    assert "az aks show" in fix


def test_an_expression_for_a_version_asks_for_what_runs():
    known = cluster("one", "azure", "overlay")
    status, fix = fixes({"aks": known, "albController": {"version": "[variables('tag')]"}})["AGC003"]
    assert status == "unknown" and "[variables('tag')]" in fix
    inventory = compose({"aks": known, "albController": {"version": "[variables('tag')]"}})
    commands = [item.command for item in missing(inventory, judge(inventory, "en"), "en")]
    assert any(line.startswith("kubectl get deployment alb-controller") for line in commands)


def test_what_a_plan_knows_only_after_apply_is_named():
    unknown = change("azurerm_kubernetes_cluster.main", {"name": "x"}, {**AFTER, "network_profile": True})
    status, fix = fixes(plan(unknown))["AGC001"]
    assert (status, "(known after apply)" in fix) == ("unknown", True)
    release = change("helm_release.r", {"name": "r", "chart": "alb-controller"}, {"version": True})
    assert "(known after apply)" in fixes(plan(aks(), release))["AGC003"][1]


def test_plain_missing_data_is_no_expression():
    assert "in place of a value" not in fixes({"name": "one", "networkProfile": {}})["AGC001"][1]
    named = {"name": "x", "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}
    assert not any("in place of a value" in fix for _, fix in fixes(named).values())


def managed(**more: Any) -> dict[str, Any]:
    known = cluster("one", "azure", "overlay") | {"nodeResourceGroup": "MC_rg_one_japaneast", "location": "japaneast"}
    return known | {"agentPoolProfiles": [{"name": "np", "vnetSubnetId": None, "podSubnetId": None}]} | more


MADE = "/subscriptions/0/resourceGroups/MC_rg_one_japaneast/providers/Microsoft.Network/virtualNetworks/aks-vnet-1"


def test_the_network_that_aks_made_is_looked_for_in_the_node_resource_group():
    line = "az network vnet list --resource-group MC_rg_one_japaneast --subscription 0 --output json"
    assert line in asked(managed())
    unnamed = managed(nodeResourceGroup=None)
    assert "az network vnet list --resource-group $NODE_RESOURCE_GROUP --subscription 0 --output json" in asked(unnamed)
    cut = managed(agentPoolProfiles=[{"name": "np"}])  # nothing is said of its subnet
    assert line not in asked(cut) and "az network vnet show --ids $NODES_VNET_ID --output json" in asked(cut)


def test_the_network_that_aks_made_is_that_of_the_nodes():
    made = network("x", "japaneast") | {"id": MADE}
    agc = subnet("agc", "10.225.0.0/24") | {"id": f"{MADE}/subnets/agc"}
    listed = [association("g1", "agc") | {"subnet": {"id": f"{MADE}/subnets/agc"}}]
    by_rule = fixes(managed(), [made], agc, listed, deployment("1.8.0"))
    assert {rule: by_rule[rule][0] for rule in ("AGC004", "AGC005", "AGC006", "AGC007")} == dict.fromkeys(
        ("AGC004", "AGC005", "AGC006", "AGC007"), "pass"
    )
    second = made | {"id": MADE.replace("aks-vnet-1", "other")}
    assert fixes(managed(), [made, second], agc, listed)["AGC006"][0] == "unknown"  # which one is not said
    theirs = managed(agentPoolProfiles=[{"name": "np"}])
    assert fixes(theirs, [made], agc, listed)["AGC006"][0] == "unknown"


def test_a_plan_makes_the_subnet_in_the_network_that_aks_made():
    made = network("x", "japaneast") | {"id": MADE}
    (planned,) = plans(compose([managed(), [made], {"agcAssociations": []}, deployment("1.8.0")]), "agc", "en")
    create = next(step for step in planned.steps if step.id == "free-subnet").commands[0]
    assert "--resource-group MC_rg_one_japaneast --vnet-name aks-vnet-1" in create


def test_the_gateways_that_associations_name_are_asked_by_their_names():
    bare = {"subnet": {"id": f"{NETWORK}/a/subnets/other"}}
    listed = [association("g1", "agc"), bare]
    commands = asked(cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), listed)
    assert "az network alb list --subscription 0 --output json" in commands
    line = "az network alb association list --resource-group rg-agc --alb-name g1 --subscription 0 --output json"
    assert line in commands
