import json
from typing import Any

import pytest

from bot.checks import InputError, Status, check, compose
from bot.checks.terraform import plan_to_snapshot

from .casework import CASES, edited

AGC = "/resource_changes/2/change"
ASSOCIATION = "/resource_changes/4/change"
PROFILE = "/resource_changes/0/change/after/network_profile/0"
PROFILE_UNKNOWN = "/resource_changes/0/change/after_unknown/network_profile/0"
POOL = "/resource_changes/0/change/after/default_node_pool/0"
SUBNET_ID = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/snet-agc"


def plan(changes: dict[str, Any] | None = None, dropped: list[str] | None = None) -> dict[str, Any]:
    return edited(json.loads((CASES / "plan.json").read_text("utf-8")), changes or {}, dropped)


def statuses(raw: object) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(raw, "en")}


def existing(address: str, subnet_id: str = SUBNET_ID) -> dict[str, Any]:
    kind, name = address.split(".")
    change = {"actions": ["no-op"], "after": {"name": name, "subnet_id": subnet_id}, "after_unknown": {}}
    return {"address": address, "mode": "managed", "type": kind, "name": name, "change": change}


def test_what_the_plan_knows_is_judged_before_anything_exists():
    found = statuses(plan())
    assert [found[name] for name in ("AGC001", "AGC002", "AGC004", "AGC008")] == ["pass"] * 4
    assert found["AGC003"] == "unknown"  # no plan knows the controller's version
    assert statuses(compose(plan(), alb_version="1.7.9"))["AGC003"] == "pass"


def test_ids_that_nobody_knows_yet_make_no_pass():
    found = statuses(plan())
    assert [found[name] for name in ("AGC005", "AGC006", "AGC007")] == ["unknown"] * 3


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({f"{PROFILE_UNKNOWN}/network_plugin": True}, ["AGC001", "AGC002", "AGC004", "AGC008"]),
        ({f"{PROFILE_UNKNOWN}/network_plugin_mode": True}, ["AGC002", "AGC004"]),
        ({f"{PROFILE_UNKNOWN}/network_policy": True}, ["AGC008"]),
        ({"/resource_changes/0/change/after_unknown/network_profile": True}, ["AGC001", "AGC002", "AGC004", "AGC008"]),
        ({"/resource_changes/0/change/after/network_profile": []}, ["AGC001", "AGC002", "AGC004", "AGC008"]),
        ({f"{AGC}/after_unknown/address_prefixes": True}, ["AGC004"]),
        ({f"{AGC}/after_unknown/address_prefixes": [True]}, ["AGC004"]),
        ({f"{AGC}/after/address_prefixes": [None]}, ["AGC004"]),
    ],
)
def test_values_known_after_apply_are_unknown(changes: dict[str, Any], rules: list[str]):
    found = statuses(plan(changes))
    assert {rule: found[rule] for rule in rules} == dict.fromkeys(rules, "unknown")


def test_failures_are_seen():
    found = statuses(plan({f"{PROFILE}/network_plugin": "kubenet", f"{PROFILE}/network_plugin_mode": None}))
    assert [found[name] for name in ("AGC001", "AGC002", "AGC011")] == ["fail"] * 3
    assert statuses(plan({f"{AGC}/after/address_prefixes": ["10.60.4.0/23"]}))["AGC004"] == "fail"


def test_pod_subnets_of_all_pools():
    flat = {f"{PROFILE}/network_plugin_mode": None, f"{POOL}/pod_subnet_id": "/x/subnets/pods"}
    pool = existing("azurerm_kubernetes_cluster_node_pool.user")
    assert statuses(plan(flat))["AGC002"] == "pass"
    assert statuses(plan(flat | {"/resource_changes/-": pool}))["AGC002"] == "unknown"
    pool["change"]["after"]["pod_subnet_id"] = "/x/subnets/pods"
    assert statuses(plan(flat | {"/resource_changes/-": pool}))["AGC002"] == "pass"
    pool["change"]["after_unknown"]["pod_subnet_id"] = True
    assert statuses(plan(flat | {"/resource_changes/-": pool}))["AGC002"] == "unknown"


def test_another_cluster_s_pools_do_not_count():
    pool = existing("azurerm_kubernetes_cluster_node_pool.user")
    pool["change"]["after"]["kubernetes_cluster_id"] = "/clusters/other"
    changes = {"/resource_changes/0/change/after/id": "/clusters/main", "/resource_changes/-": pool}
    made = plan_to_snapshot(plan(changes, ["/resource_changes/0/change/after_unknown/id"]))
    assert [found["name"] for found in made["aks"]["agentPoolProfiles"]] == ["system"]


def test_known_ids_count_associations_and_tell_the_vnet():
    known = {
        "/resource_changes/0/change/after/default_node_pool/0/vnet_subnet_id": SUBNET_ID.replace("snet-agc", "nodes"),
        f"{AGC}/after/id": SUBNET_ID,
        f"{ASSOCIATION}/after/subnet_id": SUBNET_ID.upper(),
    }
    unknown = "change/after_unknown"
    gone = [f"{AGC}/after_unknown/id", f"{ASSOCIATION}/after_unknown/subnet_id",
            f"/resource_changes/0/{unknown}/default_node_pool/0/vnet_subnet_id"]  # fmt: skip
    found = statuses(plan(known, gone))
    assert [found[name] for name in ("AGC005", "AGC006", "AGC007")] == ["pass"] * 3
    second = existing("azurerm_application_load_balancer_subnet_association.second")
    assert statuses(plan(known | {"/resource_changes/-": second}, gone))["AGC005"] == "fail"


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


def test_planned_values_alone_leave_out_what_is_unknown():
    values = {"name": "prod", "network_profile": [{"network_plugin": "azure"}], "default_node_pool": [{"name": "a"}]}
    cluster = {
        "address": "module.aks.azurerm_kubernetes_cluster.main",
        "mode": "managed", "type": "azurerm_kubernetes_cluster", "name": "main", "values": values,
    }  # fmt: skip
    raw = {"planned_values": {"root_module": {"child_modules": [{"address": "module.aks", "resources": [cluster]}]}}}
    assert statuses(raw)["AGC001"] == "pass"
    assert statuses(raw)["AGC002"] == "unknown"  # no mode: overlay or null, who knows
    values["network_profile"][0]["network_plugin_mode"] = "overlay"  # type: ignore[index]
    assert statuses(raw)["AGC002"] == "pass"
    assert statuses(raw)["AGC008"] == "unknown"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"resource_changes": []}, "holds 0"),
        ({"planned_values": {}}, "holds 0"),
        ({"resource_changes": {}}, "/resource_changes"),
        ({"resource_changes": [{"address": 1}]}, "/resource_changes/0/address"),
        ({"resource_changes": [existing("azurerm_kubernetes_cluster.a"), existing("azurerm_kubernetes_cluster.b")]},
         r"holds 2 \(azurerm_kubernetes_cluster.a, azurerm_kubernetes_cluster.b\)"),
    ],
)  # fmt: skip
def test_plans_that_cannot_be_used(raw: dict[str, Any], said: str):
    with pytest.raises(InputError, match=said):
        check(raw, "en")


def test_unknown_is_never_a_pass():
    """Whatever else the plan says: all attributes of all resources unknown until apply."""
    raw = plan()
    for resource in raw["resource_changes"][:5]:
        change = resource["change"]
        change["after_unknown"] = dict.fromkeys([*change["after"], *change["after_unknown"]], True)
    assert Status.PASS not in statuses(raw).values()
