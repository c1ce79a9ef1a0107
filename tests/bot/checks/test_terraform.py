import json
from typing import Any

import pytest

from bot.checks import InputError, Status, check, compose, inspect
from bot.checks.clusters.assemble import cases

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


def plan_to_snapshot(raw: object) -> dict[str, Any]:
    """What the first view of the plan's cluster shows, in the words of a snapshot."""
    inventory = compose(raw)
    (case,) = cases(inventory)
    view = case.views[0].snapshot
    subnet = view.subnet and {"id": view.subnet.id, "addressPrefixes": view.subnet.address_prefixes}
    associations = view.agc_associations
    return {
        "aks": {
            **case.item.value,
            "agentPoolProfiles": [{"name": pool.name} for pool in view.aks.agent_pool_profiles or []],
        },
        "subnet": subnet if subnet and subnet["addressPrefixes"] is not None else None,
        "agcAssociations": associations
        and [{"subnet": {"id": association.subnet and association.subnet.id}} for association in associations],
        "planned": next((item.value for item in inventory.planned), None),
    }


def existing(address: str, subnet_id: str = SUBNET_ID) -> dict[str, Any]:
    kind, name = address.split(".")
    change = {"actions": ["no-op"], "after": {"name": name, "subnet_id": subnet_id}, "after_unknown": {}}
    return {"address": address, "mode": "managed", "type": kind, "name": name, "change": change}


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


def test_ids_that_nobody_knows_yet_make_no_pass():
    by_rule = statuses(plan())
    assert [by_rule[name] for name in ("AGC005", "AGC006", "AGC007")] == ["unknown"] * 3


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


GATEWAY = "/resource_changes/3/change"
DELEGATION = "/resource_changes/1/change/after/delegation"
CLUSTER = "/resource_changes/0/change"


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


def test_one_reference_to_a_new_subnet_does_not_tell_its_id():
    made = plan_to_snapshot(plan())
    assert made["subnet"]["id"] is None
    both = plan_to_snapshot(plan(second_association(["azurerm_subnet.agc.id", "azurerm_subnet.agc"])))
    assert both["subnet"]["id"] == "module.network.azurerm_subnet.agc"
    assert [item["subnet"]["id"] for item in both["agcAssociations"]] == ["module.network.azurerm_subnet.agc"]


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
        "location": "japaneast",
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium"},
        "kubernetesVersion": None,
        "agentPoolProfiles": [{"name": "system"}],
    }


def test_the_planned_kubernetes_version_decides_about_an_upgrade():
    flat = {f"{PROFILE}/network_plugin_mode": None, f"{PROFILE}/network_policy": None}
    for version, status in (("1.32", "pass"), ("1.26", "fail"), (None, "unknown")):
        changes = flat | {f"{CLUSTER}/after/kubernetes_version": version}
        assert statuses(compose(plan(changes), planned="upgrade-to-overlay"))["AGC012"] == status


@pytest.mark.parametrize("actions", [["delete", "create"], ["create", "delete"], ["update"], ["no-op"]])
def test_a_gateway_that_is_replaced_or_changed_is_no_new_one(actions: list[str]):
    made = plan_to_snapshot(plan({f"{GATEWAY}/actions": actions, f"{ASSOCIATION}/actions": actions}))
    assert made["planned"] is None and len(made["agcAssociations"]) == 1


@pytest.mark.parametrize(("gateway", "association"), [("create", "no-op"), ("no-op", "create")])
def test_a_new_gateway_or_association_is_an_installation(gateway: str, association: str):
    made = plan_to_snapshot(plan({f"{GATEWAY}/actions": [gateway], f"{ASSOCIATION}/actions": [association]}))
    assert made["planned"] == "install-agc"
    assert len(made["agcAssociations"]) == (0 if association == "create" else 1)


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


def test_a_reference_of_another_module_proves_nothing():
    elsewhere = {"/resource_changes/4/module_address": "module.other"}
    assert plan_to_snapshot(plan(second_association(["azurerm_subnet.agc"]) | elsewhere))["subnet"]["id"] is None


@pytest.mark.parametrize(
    ("reference", "same"),
    [
        ("azurerm_subnet.agc", True),
        ("azurerm_subnet.agc.id", True),
        ("azurerm_subnet.agc2", False),
        ("azurerm_subnet", False),
    ],
)
def test_a_reference_is_to_the_resource_or_a_part_of_it(reference: str, same: bool):
    made = plan_to_snapshot(plan(second_association([reference])))
    assert made["subnet"]["id"] == ("module.network.azurerm_subnet.agc" if same else None)


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


def test_a_plan_that_says_that_it_is_complete_is_read():
    marks = {"errored": False, "complete": True, "deferred_changes": []}
    assert statuses({**plan(), **marks}) == statuses(plan())


def upgrading(**changes: Any) -> dict[str, Any]:
    """A plan that is the upgrade: the cluster goes from flat to overlay in place; `changes` are made beside it."""
    flat = {"/resource_changes/0/change/actions": ["update"]}
    raw = plan(flat)
    cluster = raw["resource_changes"][0]["change"]
    profile = {**cluster["after"]["network_profile"][0], "network_plugin_mode": None}
    cluster["before"] = {**cluster["after"], "network_profile": [profile]}
    for resource in raw["resource_changes"]:
        if before := changes.get(resource["type"]):
            resource["change"].update(actions=["update"], before={**(resource["change"]["after"] or {}), **before})
    return raw


def test_a_subnet_that_shrinks_in_the_apply_that_upgrades_is_no_pass():
    """Nothing orders the two changes: the subnet may be a /23 while the cluster is upgraded."""
    size = {"address_prefixes": ["10.60.4.0/23"]}
    assert statuses(upgrading())["AGC009"] == "pass"
    assert statuses(upgrading(azurerm_subnet=size))["AGC009"] != "pass"
    assert statuses(upgrading(azurerm_subnet=size))["AGC004"] != "pass"


def test_a_controller_that_is_updated_in_the_apply_that_upgrades_is_no_pass():
    chart = {"name": "alb", "chart": "alb-controller", "version": "1.8.0"}
    change = {"actions": ["update"], "before": {**chart, "version": "1.6.7"}, "after": chart, "after_unknown": {}}
    release = {"address": "helm_release.alb", "mode": "managed", "type": "helm_release", "name": "alb"}
    raw = upgrading()
    raw["resource_changes"].append({**release, "change": change})
    assert statuses(raw)["AGC003"] == "fail"
    raw["resource_changes"][-1]["change"]["before"]["version"] = "1.7.9"
    assert statuses(raw)["AGC003"] == "pass"
