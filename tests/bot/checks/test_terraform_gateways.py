"""Gateways, associations and the gateway's subnet in a Terraform plan."""

from typing import Any

import pytest

from bot.checks import check, compose

from .planfile import AGC, ASSOCIATION, SUBNET_ID, plan, plan_to_snapshot, statuses

AKS_ID = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks"


def second_association(references: list[str]) -> dict[str, Any]:
    kind = "azurerm_application_load_balancer_subnet_association"
    change = {"actions": ["create"], "after": {}, "after_unknown": {"subnet_id": True}}
    resources = "/configuration/root_module/module_calls/network/module/resources"
    return {
        "/resource_changes/-": {
            "address": f"module.network.{kind}.second", "module_address": "module.network",
            "mode": "managed", "type": kind, "name": "second", "change": change,
        },
        f"{resources}/-": {"address": f"{kind}.second", "expressions": {"subnet_id": {"references": references}}},
    }  # fmt: skip


def test_two_references_to_one_subnet_are_two_deployments_on_it():
    assert statuses(plan(second_association(["azurerm_subnet.agc.id", "azurerm_subnet.agc"])))["AGC005"] == "fail"


@pytest.mark.parametrize("references", [["var.subnet_id"], ["azurerm_subnet.agc.id", "each.key"], []])
def test_a_reference_that_is_not_plain_proves_nothing(references: list[str]):
    assert statuses(plan(second_association(references)))["AGC005"] == "unknown"


def test_two_candidates_for_the_gateway_s_subnet_are_none():
    delegation = plan()["resource_changes"][2]["change"]["after"]["delegation"]
    changes = {"/resource_changes/1/change/after/delegation": delegation, "/configuration": {}}
    assert plan_to_snapshot(plan(changes))["subnet"] is None


def test_a_plan_without_gateways_knows_of_none():
    made = plan_to_snapshot(plan({}, ["/resource_changes/4", "/resource_changes/3"]))
    assert made["agcAssociations"] is None
    assert made["planned"] is None


GATEWAY = "/resource_changes/3/change"
DELEGATION = "/resource_changes/1/change/after/delegation"


def delegation(name: str | None) -> list[dict[str, Any]]:
    return [{"name": "x", "service_delegation": [{"name": name}]}]


@pytest.mark.parametrize(
    "service", ["Microsoft.ServiceNetworking/trafficControllers", "MICROSOFT.SERVICENETWORKING/TRAFFICCONTROLLERS"]
)
def test_without_an_association_the_subnet_is_the_one_that_is_delegated_to_the_gateway(service: str):
    delegated = {f"{AGC}/after/delegation": delegation(service), DELEGATION: delegation("Microsoft.Web/serverFarms")}
    made = plan_to_snapshot(plan(delegated, ["/resource_changes/4"]))
    assert made["subnet"] == {"id": None, "addressPrefixes": ["10.60.4.0/24"]}
    nameless = {f"{AGC}/after/delegation": delegation(None), f"{AGC}/after_unknown/delegation": []}
    assert plan_to_snapshot(plan(nameless, ["/resource_changes/4"]))["subnet"] is None


def test_the_subnet_that_an_association_names_counts_before_a_delegated_one():
    nodes = SUBNET_ID.replace("snet-agc", "nodes")
    known = {
        f"{AGC}/after/id": SUBNET_ID,
        "/resource_changes/1/change/after/id": nodes,
        f"{ASSOCIATION}/after/subnet_id": f"{nodes.upper()}/",
    }
    gone = [f"{AGC}/after_unknown/id", "/resource_changes/1/change/after_unknown/id",
            f"{ASSOCIATION}/after_unknown/subnet_id", "/configuration"]  # fmt: skip
    made = plan_to_snapshot(plan(known, gone))
    assert made["subnet"] == {"id": nodes.strip("/").lower(), "addressPrefixes": ["10.60.0.0/22"]}


def test_one_reference_to_a_new_subnet_is_the_only_association_on_it():
    assert statuses(plan())["AGC005"] == "pass"
    both = plan_to_snapshot(plan(second_association(["azurerm_subnet.agc.id", "azurerm_subnet.agc"])))
    assert both["subnet"]["id"] == "module.network.azurerm_subnet.agc"
    assert [item["subnet"]["id"] for item in both["agcAssociations"]] == ["module.network.azurerm_subnet.agc"]


@pytest.mark.parametrize("actions", [["delete", "create"], ["create", "delete"], ["update"], ["no-op"]])
def test_a_gateway_that_is_replaced_or_changed_is_no_new_one(actions: list[str]):
    made = plan_to_snapshot(plan({f"{GATEWAY}/actions": actions, f"{ASSOCIATION}/actions": actions}))
    assert made["planned"] is None and len(made["agcAssociations"]) == 1


@pytest.mark.parametrize(("gateway", "association"), [("create", "no-op"), ("no-op", "create")])
def test_a_new_gateway_or_association_is_an_installation(gateway: str, association: str):
    made = plan_to_snapshot(plan({f"{GATEWAY}/actions": [gateway], f"{ASSOCIATION}/actions": [association]}))
    assert made["planned"] == "install-agc"
    assert len(made["agcAssociations"]) == (0 if association == "create" else 1)


SMALLER = {"name": "snet-agc", "address_prefixes": ["10.60.4.0/25"]}


@pytest.mark.parametrize(
    ("actions", "before", "pending"),
    [
        ("create", None, True),
        ("delete create", SMALLER, True),
        ("create delete", SMALLER, True),
        ("update", SMALLER, True),
        ("no-op", None, False),
    ],
)
def test_what_a_plan_says_of_a_subnet_that_it_makes_or_changes_is_not_so_yet(
    actions: str, before: dict[str, Any] | None, pending: bool
):
    read = compose(plan({f"{AGC}/actions": actions.split(), f"{AGC}/before": before}))
    assert [item.pending for item in read.subnets if item.name.endswith("azurerm_subnet.agc")] == [pending]


def test_a_reference_of_another_module_proves_nothing():
    elsewhere = {"/resource_changes/4/module_address": "module.other"}
    assert statuses(plan(second_association(["azurerm_subnet.agc"]) | elsewhere))["AGC005"] == "unknown"


@pytest.mark.parametrize(
    ("reference", "status"),
    [
        ("azurerm_subnet.agc", "fail"),
        ("azurerm_subnet.agc.id", "fail"),
        ("azurerm_subnet.agc2", "unknown"),
        ("azurerm_subnet", "unknown"),
    ],
)
def test_a_reference_is_to_the_resource_or_a_part_of_it(reference: str, status: str):
    assert statuses(plan(second_association([reference])))["AGC005"] == status


def test_what_a_plan_installs_is_named_beside_what_is_there():
    raw = plan(second_association(["azurerm_subnet.agc.id", "azurerm_subnet.agc"]))
    seen = next(each.observed for each in check(raw, "en") if each.id == "AGC005")
    kind = "module.network.azurerm_application_load_balancer_subnet_association"
    assert seen is not None and "install-agc" not in seen
    assert {name.rpartition(".")[0] for name in seen.split(", ")} == {kind} and len(set(seen.split(", "))) == 2


def test_a_data_source_does_not_wait_for_an_apply():
    values = {"id": AKS_ID, "name": "aks", "network_profile": [{"network_plugin": "azure"}]}
    source = {"address": "data.azurerm_kubernetes_cluster.aks", "mode": "data", "type": "azurerm_kubernetes_cluster"}
    prior = {"values": {"root_module": {"resources": [source | {"name": "aks", "values": values}]}}}
    raw = {"format_version": "1.2", "resource_changes": [], "prior_state": prior}
    overlay = next(each for each in check(raw, "en") if each.id == "AGC002")
    assert (str(overlay.status), overlay.observed) == ("unknown", "networkPlugin=azure networkPluginMode=?")
    assert "`data.azurerm_kubernetes_cluster.aks`" in overlay.fix and "`az aks show -o json`" in overlay.fix
    assert not [each.id for each in check(raw, "en") if "known after apply" in f"{each.observed} {each.fix}"]
