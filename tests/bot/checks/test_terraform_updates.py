"""What a plan changes beside the resources that it declares is read, or leaves unknown what it may change."""

import json
from typing import Any

import pytest

from bot.checks import check, compose

from .test_laws import cluster
from .test_plans import ASSOCIATION, VNET, aks, azapi, change, plan, refers
from .test_plans import association as placed
from .test_plans import subnet as planned

AGC = f"{VNET}/a/subnets/agc"
OTHER = f"{VNET}/a/subnets/other"
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
SUBNET, NET = "Microsoft.Network/virtualNetworks/subnets", "Microsoft.Network/virtualNetworks"
CLUSTER = "Microsoft.ContainerService/managedClusters"
PLACE = ("AGC004", "AGC006", "AGC007")
THERE = [aks(), planned("agc", "10.0.4.0/24", AGC), placed("x", AGC, "no-op")]


def statuses(*changes: dict[str, Any], **more: Any) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(plan(*changes, **more), "en")}


def update(kind: str, body: Any, unknown: Any = None, **after: Any) -> dict[str, Any]:
    made = azapi("up", kind, body, unknown)
    made["change"]["after"] |= after
    return {**made, "address": "azapi_update_resource.up", "type": "azapi_update_resource"}


def properties(**values: Any) -> dict[str, Any]:
    return {"properties": values}


WIDER = properties(addressPrefixes=["10.0.4.0/23"])


def expect(status: str, *rules: str) -> dict[str, str]:
    return dict.fromkeys(rules, status)


def of(by_rule: dict[str, str], *rules: str) -> dict[str, str]:
    return {rule: by_rule[rule] for rule in rules}


def test_the_plan_passes_without_the_change():
    assert of(statuses(*THERE), *PLACE, "AGC001", "AGC002") == expect("pass", *PLACE, "AGC001", "AGC002")


@pytest.mark.parametrize("written", [WIDER, json.dumps(WIDER)])
@pytest.mark.parametrize(
    "target",
    [{"resource_id": AGC}, {"resource_id": AGC.upper()}, {"parent_id": f"{VNET}/a", "name": "agc"}],
)
def test_a_change_of_a_subnet_is_made_to_it(written: Any, target: dict[str, Any]):
    assert statuses(*THERE, update(SUBNET, written, **target))["AGC004"] == "fail"
    wide = [aks(), planned("agc", "10.0.4.0/23", AGC), placed("x", AGC, "no-op")]
    assert statuses(*wide, update(SUBNET, properties(addressPrefixes=["10.0.4.0/24"]), **target))["AGC004"] == "pass"


def test_a_change_of_a_subnet_that_the_configuration_names_is_made_to_it():
    new = [aks(), planned("agc", "10.0.4.0/24"), placed("a", None)]
    up = update(SUBNET, properties(addressPrefixes=["10.0.4.0/23"]), {"resource_id": True})
    references = ["azurerm_subnet.agc.id", "azurerm_subnet.agc"]
    named = {"address": "azapi_update_resource.up", "expressions": {"resource_id": {"references": references}}}
    config = {"resources": [refers(*references), named]}
    assert statuses(*new, config=config)["AGC004"] == "pass"
    assert statuses(*new, up, config=config)["AGC004"] == "fail"


UNREAD = "10.0.4.0/24 (azapi_update_resource.up)"  # as it is now, and what may change it


@pytest.mark.parametrize(
    ("kind", "body", "unknown", "target", "seen"),
    [
        (SUBNET, properties(addressPrefixes=["10.0.4.0/23"]), {"resource_id": True}, {}, UNREAD),
        (SUBNET, None, {"body": True}, {"resource_id": AGC}, UNREAD),
        (SUBNET, "{not json", None, {"resource_id": AGC}, UNREAD),
        (SUBNET, {}, {"body": {"properties": True}}, {"resource_id": AGC}, UNREAD),
        (SUBNET, properties(), {"body": properties(addressPrefixes=True)}, {"resource_id": AGC}, None),  # no prefix
        (NET, properties(subnets=[{"name": "agc"}]), None, {"resource_id": f"{VNET}/a"}, UNREAD),
    ],
)  # fmt: skip
def test_a_change_of_a_subnet_that_is_not_read_leaves_its_size_unknown(
    kind: str, body: Any, unknown: Any, target: dict[str, Any], seen: str | None
):
    findings = check(plan(*THERE, update(kind, body, unknown, **target)), "en")
    (size,) = [cluster for cluster in findings if cluster.id == "AGC004"]
    assert (size.status, size.observed) == ("unknown", seen)
    assert ("azapi_update_resource.up" in size.fix) is (seen is not None)


def test_a_change_of_an_association_is_made_or_leaves_it_unknown():
    own = f"/subscriptions/0/resourceGroups/rg-agc/providers/{SERVICE}/g1/associations/as"
    there = change(f"{ASSOCIATION}.x", {"id": own, "name": "as", "subnet_id": AGC}, {}, "no-op")
    both = [aks(), planned("agc", "10.0.4.0/24", AGC), planned("other", "10.0.6.0/23", OTHER), there]
    body = properties(subnet={"id": OTHER})
    assert statuses(*both)["AGC004"] == "pass"
    assert statuses(*both, update(f"{SERVICE}/associations", body, resource_id=own))["AGC004"] == "fail"
    by_rule = statuses(*both, update(f"{SERVICE}/associations", body, {"resource_id": True}))
    assert of(by_rule, *PLACE, "AGC005") == expect("unknown", *PLACE, "AGC005")


def test_a_change_of_one_of_two_clusters_is_that_one_s():
    own = cluster("one", "azure", "overlay")["id"]
    first, two = aks(), aks()
    first["change"] |= {"after": {**first["change"]["after"], "id": own}, "after_unknown": {}}
    two |= {"address": "azurerm_kubernetes_cluster.two", "name": "two"}
    body = properties(networkProfile={"networkPlugin": "kubenet", "networkPluginMode": None})
    findings = check(plan(first, two, update(CLUSTER, body, resource_id=own)), "en")
    (kubenet,) = [finding for finding in findings if finding.id == "AGC001"]
    assert kubenet.status == "fail" and "azurerm_kubernetes_cluster.main" in (kubenet.observed or "")
    loose = check(plan(first, two, update(CLUSTER, body, {"resource_id": True})), "en")
    assert next(finding for finding in loose if finding.id == "AGC001").status == "unknown"


def test_pools_in_an_update_of_a_cluster_are_read():
    flat = aks(mode=None, actions="no-op")
    pods = properties(agentPoolProfiles=[{"name": "np", "podSubnetID": f"{VNET}/a/subnets/pods"}])
    assert statuses(flat)["AGC002"] == "unknown"
    assert statuses(flat, update(CLUSTER, pods))["AGC002"] == "pass"


DEPLOYMENT = "azurerm_resource_group_template_deployment"
INNER = properties(template={"resources": [{"type": SUBNET}]})


def deploying(kind: str, **about: Any) -> dict[str, str]:
    return {"template_content": json.dumps({"resources": [{"type": kind, "properties": about}]})}


def test_a_change_that_no_rule_looks_at_changes_nothing():
    profile = update(CLUSTER, properties(securityProfile={"imageCleaner": {"enabled": True}}), {"resource_id": True})
    routes = update(SUBNET, properties(routeTable={"id": "/r"}), {"resource_id": True})
    storage = update("Microsoft.Storage/storageAccounts", None, {"body": True})
    for resource in (profile, routes, storage):
        assert statuses(*THERE, resource) == statuses(*THERE)


@pytest.mark.parametrize(
    ("kind", "given", "status"),
    [
        ("azapi_resource_action", {"type": f"{SUBNET}@1", "resource_id": AGC, "method": "PATCH"}, "unknown"),
        ("azapi_resource_action", {"type": f"{SUBNET}@1", "resource_id": AGC, "method": "PUT", "body": {}}, "unknown"),
        ("azapi_resource_action", {"type": f"{SUBNET}@1", "resource_id": OTHER, "method": "PUT", "body": {}}, "pass"),
        ("azapi_resource_action", {"type": f"{SUBNET}@1", "resource_id": AGC, "action": "prepare"}, "pass"),
        (DEPLOYMENT, {}, "unknown"),
        (DEPLOYMENT, deploying(f"{SERVICE}/associations"), "unknown"),
        (DEPLOYMENT, deploying("Microsoft.Resources/deployments", templateLink={}), "unknown"),
        (DEPLOYMENT, deploying("Microsoft.Storage/storageAccounts"), "pass"),
        ("azapi_resource", {"type": "Microsoft.Resources/deployments@1", "body": INNER}, "unknown"),
        ("kubectl_manifest", {"yaml_body": "kind: ConfigMap\napiVersion: v1\n"}, "pass"),
        ("kubectl_manifest", {}, "unknown"),
        ("kubectl_manifest", {"yaml_body": "REDACTED"}, "unknown"),
        ("kubernetes_manifest", {"manifest": {"kind": "***", "apiVersion": "v1"}}, "unknown"),
    ],
)  # fmt: skip
def test_actions_deployments_and_objects_that_may_change_a_gateway_pass_nothing(
    kind: str, given: dict[str, Any], status: str
):
    assert statuses(*THERE, change(f"{kind}.d", {"name": "d", **given}, {}))["AGC004"] == status


BALANCER = {"apiVersion": "alb.networking.azure.io/v1", "kind": "ApplicationLoadBalancer", "metadata": {"name": "alb"}}


@pytest.mark.parametrize("kind", ["kubernetes_manifest", "kubectl_manifest"])
def test_a_balancer_in_a_plan_is_one_more_gateway(kind: str):
    def balancer(on: str | None) -> dict[str, Any]:
        manifest = {**BALANCER, "spec": {"associations": [on]}}
        after = {"manifest": manifest} if kind == "kubernetes_manifest" else {"yaml_body": json.dumps(manifest)}
        hidden = {"manifest": {"spec": {"associations": [True]}}} if on is None else {}
        return change(f"{kind}.alb", after, hidden)

    alone = [aks(), planned("agc", "10.0.4.0/23", AGC)]
    assert statuses(*alone, balancer(AGC))["AGC004"] == "fail"
    both = [*THERE, planned("other", "10.0.6.0/23", OTHER)]
    assert statuses(*both)["AGC004"] == "pass"
    assert statuses(*both, balancer(OTHER))["AGC004"] == "fail"
    assert statuses(*both, balancer(None))["AGC004"] == "unknown"


def test_secrets_in_a_body_may_be_anything_that_the_plan_does_not_show():
    hidden = {"address": "azapi_update_resource.up", "expressions": {"sensitive_body": {}}}
    up = update(SUBNET, properties(addressPrefixes=["10.0.4.0/24"]), resource_id=AGC)
    assert statuses(*THERE, up)["AGC004"] == "pass"
    assert statuses(*THERE, up, config={"resources": [hidden]})["AGC004"] == "unknown"


def beside(own: dict[str, Any], body: object, target: str = "") -> dict[str, str]:
    """What holds of a cluster that az shows, and of which a plan changes a part."""
    both = compose([own, plan(update(CLUSTER, body, resource_id=target or own["id"]))])
    return {finding.id: str(finding.status) for finding in check(both, "en")}


def test_a_change_of_a_cluster_that_another_document_shows_is_made_to_it():
    own = cluster("one", "azure", "overlay")
    assert beside(own, properties(networkProfile={"networkPolicy": "calico"}))["AGC008"] == "pass"
    flat = cluster("one", "azure", None)
    upgrade = properties(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    refused = flat | {"networkProfile": flat["networkProfile"] | {"networkPolicy": "calico"}}
    assert [beside(own, upgrade)["AGC012"] for own in (flat, refused)] == ["unknown", "fail"]


def test_a_change_whose_text_or_cluster_is_not_known_is_not_read():
    own, rules = cluster("one", "azure", "overlay"), ("AGC001", "AGC002", "AGC008")
    assert of(beside(own, "(sensitive)"), *rules) == expect("unknown", *rules)
    other = own["id"].replace("one", "two")
    policy = properties(networkProfile={"networkPolicy": "none"})
    assert beside(own, policy, other)["AGC001"] == "pass"


def test_a_change_of_a_pool_that_is_not_read_leaves_open_what_pools_decide():
    pool = update(f"{CLUSTER}/agentPools", properties(podSubnetID=f"{VNET}/a/subnets/pods"), {"resource_id": True})
    flat = aks(mode=None, actions="no-op")
    flat["change"]["after"]["default_node_pool"][0]["pod_subnet_id"] = f"{VNET}/a/subnets/pods"
    assert of(statuses(flat), "AGC001", "AGC002") == expect("pass", "AGC001", "AGC002")
    assert of(statuses(flat, pool), "AGC001", "AGC002") == {"AGC001": "pass", "AGC002": "unknown"}
    count = update(f"{CLUSTER}/agentPools", properties(count=4), {"resource_id": True})
    assert statuses(flat, count) == statuses(flat)
