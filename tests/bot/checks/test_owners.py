"""Every association has an owner: an ApplicationLoadBalancer is a known one only if its status names that gateway."""

import json
from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.plan.planner import plans

from .test_laws import GATEWAY, NETWORK, association, cluster, subnet
from .test_plans import AFTER, VNET, aks, change, plan
from .test_plans import association as declared
from .test_plans import subnet as planned

AKS, HERE = cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24")
AGC = f"{VNET}/a/subnets/agc"
DELAYED = [{"type": "Accepted", "status": "True"}, {"type": "Deployment", "status": "Unknown", "reason": "InProgress"}]


def balancer(name: str = "alb", on: Any = f"{NETWORK}/a/subnets/agc", conditions: Any = None) -> dict[str, Any]:
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": name, "namespace": "infra"},
        "spec": {"associations": [on] if isinstance(on, str) else on},
        "status": {"conditions": conditions},
    }


def of(gateway: str) -> list[dict[str, str]]:
    return [*DELAYED, {"type": "Deployment", "status": "True", "message": f"alb-id={GATEWAY}/{gateway}"}]


def judged(*documents: Any) -> tuple[str, str]:
    """AGC005, and what is to be done about it, in whatever order the documents come."""
    by_order = [check(compose(list(given)), "en") for given in (documents, documents[::-1])]
    (first, second) = [next(each for each in findings if each.id == "AGC005") for findings in by_order]
    assert first.status is second.status
    return str(first.status), first.fix


@pytest.mark.parametrize("conditions", [None, [], DELAYED])
def test_an_object_without_a_gateway_may_own_the_association_or_another_one(conditions: Any):
    status, fix = judged(AKS, HERE, [association("g1", "agc")], balancer(conditions=conditions))
    assert status == "unknown" and "alb-id=" in fix


def test_objects_are_matched_by_their_gateways():
    single, several = [association("g1", "agc")], [association("g1", "agc"), association("g2", "agc")]
    assert judged(AKS, HERE, single, balancer(conditions=of("g1")))[0] == "pass"
    assert judged(AKS, HERE, single, balancer(conditions=of("g1")), balancer("b"))[0] == "fail"
    assert judged(AKS, HERE, single, balancer(), balancer("b"))[0] == "fail"  # two objects, two gateways
    assert (
        judged(AKS, HERE, single, balancer(conditions=of("g1")), balancer("b", f"{NETWORK}/a/subnets/b"))[0] != "fail"
    )
    assert judged(AKS, HERE, several, balancer())[0] == "fail"
    status, fix = judged(AKS, HERE, single, balancer(conditions=of("g7")))
    assert status == "unknown" and "no list in the input holds" in fix


def test_an_object_that_does_not_say_what_it_asks_for_may_ask_for_any_subnet():
    assert judged(AKS, HERE, [association("g1", "agc")], balancer(on="(known after apply)"))[0] == "unknown"
    assert judged(AKS, HERE, [association("g1", "agc")], balancer(on=None, conditions=of("g1")))[0] == "unknown"


def manifest(
    name: str, on: str | None, actions: str = "create", was: str | None = None, kind: str = "kubernetes_manifest"
) -> dict[str, Any]:
    """The object in a plan; `was`: the subnet that it asked for before."""

    def state(wanted: str | None) -> dict[str, Any]:
        body = {key: value for key, value in balancer(name, [wanted]).items() if key != "status"}
        return {"manifest": body} if kind == "kubernetes_manifest" else {"yaml_body": json.dumps(body)}

    hidden = {"manifest": {"spec": {"associations": [True]}}} if on is None else {}
    return change(f"{kind}.{name}", state(on), hidden, actions, before=state(was) if was else None)


SUBNET = planned("agc", "10.0.4.0/24", AGC)
OTHER = planned("b", "10.0.6.0/24", f"{VNET}/a/subnets/b")


@pytest.mark.parametrize("kind", ["kubernetes_manifest", "kubectl_manifest"])
def test_what_a_plan_creates_is_none_of_those_that_exist(kind: str):
    new = manifest("x", AGC, kind=kind)
    assert judged(plan(aks(), SUBNET, declared("a", AGC, "no-op"), new))[0] == "fail"
    assert judged(plan(aks(), SUBNET, declared("a", AGC), new))[0] == "fail"
    assert judged(plan(aks(), SUBNET, new), [association("g1", "agc")])[0] == "fail"
    assert judged(plan(aks(), SUBNET, declared("a", AGC, "no-op"), manifest("y", AGC, "no-op", AGC, kind)))[0] == "fail"
    (made,) = plans(compose(plan(aks(), SUBNET, declared("a", AGC, "no-op"), new)), "overlay", "en")
    assert [step.rule for step in made.steps if step.id == "configure"] == ["AGC005"]


def test_an_object_that_moves_is_one_more_where_it_goes():
    moved = manifest("x", AGC, "update", f"{VNET}/a/subnets/b")
    assert judged(plan(aks(), SUBNET, OTHER, moved), [association("g1", "agc")])[0] == "fail"
    stays = manifest("x", AGC, "update", AGC)
    assert judged(plan(aks(), SUBNET, stays), [association("g1", "agc")])[0] == "unknown"


def refers(address: str, *references: str) -> dict[str, Any]:
    return {"address": address, "expressions": {"manifest": {"references": list(references)}}}


@pytest.mark.parametrize(
    ("references", "status"),
    [
        (["azurerm_subnet.agc.id", "azurerm_subnet.agc"], "pass"),
        (["azurerm_subnet.agc.id", "kubernetes_namespace.n.metadata[0].name", "kubernetes_namespace.n"], "pass"),
        (["azurerm_subnet.agc.id", "azurerm_subnet.b.id"], "unknown"),
        (["azurerm_subnet.agc.id", "local.spare"], "unknown"),
        (["var.subnet"], "unknown"),
        ([], "unknown"),
    ],
)
def test_an_object_of_a_plan_finds_its_planned(references: list[str], status: str):
    new = [planned("agc", "10.0.4.0/24"), planned("b", "10.0.6.0/24")]
    config = {"resources": [refers("kubernetes_manifest.x", *references)]}
    raw = plan(aks(), *new, manifest("x", None), config=config)
    by_rule = {finding.id: str(finding.status) for finding in check(raw, "en")}
    assert (by_rule["AGC004"], by_rule["AGC005"]) == (status, status)


def test_an_object_whose_kind_is_not_known_yet_passes_nothing():
    hidden = change("kubernetes_manifest.x", {"manifest": {"apiVersion": "v1"}}, AFTER | {"manifest": {"kind": True}})
    assert judged(plan(aks(), SUBNET, declared("a", AGC, "no-op")), {"agcAssociations": []})[0] == "pass"
    assert judged(plan(aks(), SUBNET, declared("a", AGC, "no-op"), hidden), {"agcAssociations": []})[0] == "unknown"


@pytest.mark.parametrize("associations", [None, [None]])
def test_an_object_that_asks_for_the_subnet_of_its_own_plan_asks_for_nothing_else(associations: Any):
    """Of a list that is only known after the apply a plan shows places, or nothing at all."""
    made = planned("agc", "10.0.4.0/24")
    made["change"]["after"] |= {"resource_group_name": "rg-net", "virtual_network_name": "a"}
    spec = {} if associations is None else {"associations": associations}
    body = {"apiVersion": "alb.networking.azure.io/v1", "kind": "ApplicationLoadBalancer", "metadata": {}, "spec": spec}
    hidden = AFTER | {"manifest": {"spec": {"associations": [True]}}}
    manifest = {
        "address": "kubernetes_manifest.x",
        "expressions": {"manifest": {"references": ["azurerm_subnet.agc.id"]}},
    }
    asking = change("kubernetes_manifest.x", {"manifest": body}, hidden)
    assert judged(plan(aks(), made, asking, config={"resources": [manifest]}))[0] == "pass"
    assert judged(plan(aks(), made, asking))[0] == "unknown"
