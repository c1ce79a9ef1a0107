"""A Terraform plan is judged before anything exists; what it does not know makes no pass."""

from typing import Any

import pytest

from bot.checks import InputError, Status, check, compose, inspect

from .planfile import AGC, ASSOCIATION, CLUSTER, PROFILE, SUBNET_ID, existing, plan, plan_to_snapshot, statuses

PROFILE_UNKNOWN = "/resource_changes/0/change/after_unknown/network_profile/0"
POOL = "/resource_changes/0/change/after/default_node_pool/0"


def test_what_the_plan_knows_is_judged_before_anything_exists():
    by_rule = statuses(plan())
    assert [by_rule[name] for name in ("AGC001", "AGC002", "AGC004", "AGC008")] == ["pass"] * 4
    assert by_rule["AGC003"] == "unknown"  # no plan knows the controller's version
    assert statuses(compose(plan(), alb_version="1.7.9"))["AGC003"] == "pass"


def test_a_finding_points_at_the_resource_of_the_plan_that_it_judges():
    """The words of az for a resource are no places of the plan."""
    places = {finding.id: finding.pointer for finding in check(plan(), "en")}
    assert {places[name] for name in ("AGC001", "AGC002", "AGC008")} == {"/resource_changes/0"}
    assert places["AGC004"] == "/resource_changes/2"


def test_networks_that_nobody_knows_yet_make_no_pass():
    by_rule = statuses(plan())
    assert [by_rule[name] for name in ("AGC006", "AGC007")] == ["unknown"] * 2


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
    by_rule = statuses(plan(changes))
    assert {rule: by_rule[rule] for rule in rules} == dict.fromkeys(rules, "unknown")


def test_failures_are_seen():
    by_rule = statuses(plan({f"{PROFILE}/network_plugin": "kubenet", f"{PROFILE}/network_plugin_mode": None}))
    assert [by_rule[name] for name in ("AGC001", "AGC002", "AGC011")] == ["fail"] * 3
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
    assert [pool["name"] for pool in made["aks"]["agentPoolProfiles"]] == ["system"]


def test_known_ids_count_associations_and_tell_the_vnet():
    known = {
        "/resource_changes/0/change/after/default_node_pool/0/vnet_subnet_id": SUBNET_ID.replace("snet-agc", "nodes"),
        f"{AGC}/after/id": SUBNET_ID,
        f"{ASSOCIATION}/after/subnet_id": SUBNET_ID.upper(),
    }
    unknown = "change/after_unknown"
    gone = [f"{AGC}/after_unknown/id", f"{ASSOCIATION}/after_unknown/subnet_id",
            f"/resource_changes/0/{unknown}/default_node_pool/0/vnet_subnet_id"]  # fmt: skip
    by_rule = statuses(plan(known, gone))
    assert [by_rule[name] for name in ("AGC005", "AGC006", "AGC007")] == ["pass"] * 3
    second = existing("azurerm_application_load_balancer_subnet_association.second")
    assert statuses(plan(known | {"/resource_changes/-": second}, gone))["AGC005"] == "fail"


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
        ({"resource_changes": []}, "The cluster is needed as well"),
        ({"planned_values": {}}, "The cluster is needed as well"),
        ({"resource_changes": {}}, "/resource_changes"),
        ({"resource_changes": [{"address": 1}]}, "/resource_changes/0/address"),
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


@pytest.mark.parametrize(
    ("own", "pools", "counted"),
    [
        ("/clusters/Main/", "/clusters/main", True),
        ("/clusters/main", "/clusters/other", False),
        ("/clusters/main", None, True),
        (None, "/clusters/main", True),
        ("/clusters/main", "(known after apply)", True),
        ("(known after apply)", "/clusters/other", True),
    ],
)
def test_a_pool_counts_unless_it_is_known_to_be_anothers(own: str | None, pools: str | None, counted: bool):
    pool = existing("azurerm_kubernetes_cluster_node_pool.user")
    pool["change"]["after"]["kubernetes_cluster_id"] = pools
    changes = {f"{CLUSTER}/after/id": own, "/resource_changes/-": pool}
    made = plan_to_snapshot(plan(changes, [f"{CLUSTER}/after_unknown/id"]))
    assert [pool["name"] for pool in made["aks"]["agentPoolProfiles"]] == ["system", "user"][: 1 + counted]


def test_what_the_plan_says_of_the_cluster():
    made = plan_to_snapshot(plan())["aks"]
    assert made == {
        "id": "(known after apply)",
        "name": "prod",
        "resourceGroup": "rg-aks",
        "location": "japaneast",
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium"},
        "kubernetesVersion": None,
        "agentPoolProfiles": [{"name": "system"}],
    }


def test_a_block_may_be_an_object_and_what_is_no_block_holds_nothing():
    profile = {"network_plugin": "azure", "network_plugin_mode": "overlay"}
    after = f"{CLUSTER}/after/network_profile"
    assert statuses(plan({after: profile, f"{CLUSTER}/after_unknown/network_profile": {}}))["AGC002"] == "pass"
    for odd in ("azure", 5, None, [5], []):
        assert statuses(plan({after: odd, f"{CLUSTER}/after_unknown/network_profile": []}))["AGC002"] == "unknown"


def test_a_value_that_is_no_text_is_read_as_its_text():
    made = plan_to_snapshot(plan({f"{CLUSTER}/after/name": 5, f"{AGC}/after/address_prefixes": [24]}))
    assert (made["aks"]["name"], made["subnet"]["addressPrefixes"]) == ("5", ["24"])


@pytest.mark.parametrize(
    ("after", "unknown", "read"),
    [
        (["10.0.0.0/24"], [False], ["10.0.0.0/24"]),
        (["10.0.0.0/24", None], [False, True], ["10.0.0.0/24", "(known after apply)", "(known after apply)"]),
        (["10.0.0.0/24"], True, ["(known after apply)"]),
        (None, False, []),
        ("10.0.0.0/24", False, []),
    ],
)
def test_a_part_of_a_list_that_is_unknown_is_there_as_unknown(after: object, unknown: object, read: list[str]):
    made = plan_to_snapshot(
        plan({f"{AGC}/after/address_prefixes": after, f"{AGC}/after_unknown/address_prefixes": unknown})
    )
    assert made["subnet"]["addressPrefixes"] == read


def test_data_sources_and_what_is_deleted_are_not_there():
    changed = plan({"/resource_changes/5/change/after": None, "/resource_changes/6/mode": "data"})
    assert plan_to_snapshot(changed)["aks"]["name"] == "prod"
    both = inspect(plan({"/resource_changes/6/mode": "managed"}), "en")
    assert [cluster_read.name for cluster_read in both] == [
        "azurerm_kubernetes_cluster.main",
        "data.azurerm_kubernetes_cluster.other",
    ]


def test_what_terraform_only_forgets_is_still_there():
    """`removed { lifecycle { destroy = false } }`: the second association on the subnet stays in Azure."""
    second = existing("azurerm_application_load_balancer_subnet_association.other")
    second["change"] = {"actions": ["forget"], "before": second["change"]["after"], "after": None}
    kept = existing("azurerm_application_load_balancer_subnet_association.other")
    forgotten, there = (statuses(plan({"/resource_changes/-": each})) for each in (second, kept))
    assert forgotten == there


@pytest.mark.parametrize("mark", [{"errored": True}, {"complete": False}, {"deferred_changes": [{"reason": "x"}]}])
def test_a_plan_that_is_not_complete_is_refused(mark: dict[str, Any]):
    with pytest.raises(InputError) as refused:
        statuses({**plan(), **mark})
    assert refused.value.code == "plan-incomplete"
    assert all("`-target`" in refused.value.message(lang) for lang in ("ja", "en"))


def test_a_plan_that_says_that_it_is_complete_is_read():
    marks = {"errored": False, "complete": True, "deferred_changes": []}
    assert statuses({**plan(), **marks}) == statuses(plan())
