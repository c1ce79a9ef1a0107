"""Data that are there and yet decide nothing: parts that contradict each other, are cut, or may not exist."""

from copy import deepcopy
from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.gather.missing import missing
from bot.checks.rules.engine import judge

from .casework import base, edited
from .test_laws import GATEWAY, NETWORK, association, cluster, deployment, network, subnet
from .test_plans import aks, change, plan

HUB = base("hub")["vnets"]["agc"]["id"]
NODES = base("overlay")["vnets"]["aks"]["id"]
AKS = cluster("one", "azure", "overlay")
AGC = subnet("agc", "10.0.4.0/24")
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"


def judged_as(*documents: Any, planned: str | None = None) -> dict[str, tuple[str, str | None, str]]:
    listed = documents[0] if len(documents) == 1 else list(documents)
    return {
        finding.id: (str(finding.status), finding.observed, finding.fix)
        for finding in check(compose(listed, planned=planned), "en")
    }


CONTRADICTIONS = [
    ("the gateway's subnet lies in another network", "overlay", {"/subnet/id": f"{HUB}/subnets/snet-agc"}),
    ("the association names a subnet of another network", "overlay", {"/vnets/agc/id": HUB, "/vnets/aks/id": HUB}),
    (
        "the pools lie in another network",
        "overlay",
        {"/vnets/aks/id": HUB, "/vnets/agc/id": HUB, "/subnet/id": f"{HUB}/subnets/s"},
    ),
    ("one network in two regions", "overlay", {"/vnets/agc/region": "japanwest"}),
    (
        "one network in two regions, without ids",
        "overlay",
        {"/vnets": {"aks": {"region": "japaneast"}, "agc": {"region": "japanwest"}}},
    ),
    (
        "the cluster in another region than its nodes",
        "hub",
        {"/vnets/aks/region": "westus", "/vnets/agc/region": "westus"},
    ),
]


@pytest.mark.parametrize(("title", "name", "changes"), CONTRADICTIONS, ids=[title for title, _, _ in CONTRADICTIONS])
def test_where_a_snapshot_contradicts_itself_the_networks_are_unknown(title: str, name: str, changes: dict[str, Any]):
    snapshot = edited(base(name), changes)
    snapshot["agcAssociations"] = None
    judged = judged_as(snapshot)
    for rule in ("AGC006", "AGC007"):
        status, observed, fix = judged[rule]
        assert status == "unknown"
        assert observed and "(" in observed
        assert "contradicts itself" in fix and "az network vnet show" in fix


def test_the_networks_own_output_contradicts_a_snapshot():
    whole = base("hub")
    apart = [network("hub", "japanwest"), network("aks", "japaneast")]
    for printed, own in zip(apart, (HUB, NODES), strict=True):
        printed["id"] = own
    judged = judged_as(whole, *apart)
    assert judged["AGC006"][0] == judged["AGC007"][0] == "unknown"


def test_what_is_in_contradiction_is_asked_for_again():
    inventory = compose(edited(base("overlay"), {"/vnets/agc/region": "japanwest"}))
    asked = [output.command for output in missing(inventory, judge(inventory, "en"), "en") if output.key == "vnets"]
    assert asked == [f"az network vnet show --ids {NODES.lower()} --output json"]


def test_the_same_network_in_other_letters_is_no_contradiction():
    whole = edited(base("overlay"), {"/vnets/agc/id": NODES.upper() + "/", "/vnets/aks/region": "Japan East"})
    assert judged_as(whole)["AGC006"][0] == "pass"


def test_a_list_of_associations_without_ids_does_not_say_whose_it_is():
    bare = [{"subnet": {"id": AGC["id"]}}]
    status, observed, fix = judged_as(AKS, AGC, bare)["AGC005"]
    assert status == "unknown" and "az network alb list" in fix and observed == "/2"
    assert judged_as(AKS, AGC, [association("g1", "agc")])["AGC005"][0] == "pass"
    assert judged_as(AKS, AGC, [*bare, *bare])["AGC005"][0] == "fail"  # two are two, whoever owns them
    assert judged_as({"aks": AKS, "subnet": AGC, "agcAssociations": bare})["AGC005"][0] == "pass"  # all, by definition


CUT = {"count": 1, "totalRecords": 3, "skipToken": "abc"}


@pytest.mark.parametrize("mark", [{"totalRecords": 3}, {"skipToken": "abc", "count": 1}, {"resultTruncated": "true"}])
def test_of_a_cut_page_of_clusters_none_is_the_only_one(mark: dict[str, Any]):
    page = {**mark, "data": [AKS]}
    other = subnet("agc", "10.0.4.0/24", "b")
    judged = judged_as(page, other, deployment("1.7.9"), [])
    assert judged["AGC001"][0] == "pass"
    for rule in ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007"):
        assert judged[rule][0] == "unknown", rule
        assert "is cut" in judged[rule][2]


def test_of_a_cut_page_of_subnets_none_is_the_only_free_one():
    assert judged_as(AKS, [AGC])["AGC004"][0] == "pass"
    status, _, fix = judged_as(AKS, {**CUT, "data": [AGC]})["AGC004"]
    assert status == "unknown" and "is cut" in fix
    page = {"value": [AGC], "nextLink": "x"}
    assert judged_as(AKS, page)["AGC004"][0] == "unknown"
    assert judged_as(AKS, page, [association("g1", "agc")])["AGC004"][0] == "pass"  # it is named


def test_of_a_cut_page_of_gateways_there_may_be_more():
    page = {**CUT, "data": [{"id": f"{GATEWAY}/g1", "type": SERVICE}]}
    assert judged_as(AKS, AGC, [association("g1", "agc")], page)["AGC005"][0] == "unknown"
    assert (
        judged_as(AKS, AGC, [association("g1", "agc")], {**page, "totalRecords": 1, "skipToken": None})["AGC005"][0]
        == "pass"
    )


MARKS = [{"nextLink": "x"}, {"skipToken": "x"}, {"$skipToken": "x"}, {"count": 2}, {"totalRecords": "4"}]


@pytest.mark.parametrize("mark", MARKS)
def test_a_page_goes_on_by_a_link_a_token_or_its_count(mark: dict[str, Any]):
    page = {"value": [association("g1", "agc")]}
    assert judged_as(AKS, AGC, page | mark)["AGC005"][0] == "unknown"
    assert judged_as(AKS, AGC, page | {"count": 1, "nextLink": None})["AGC005"][0] == "pass"
    assert judged_as({"aks": AKS, "subnet": AGC, "agcAssociations": page | mark})["AGC005"][0] == "unknown"


@pytest.mark.parametrize(("count", "status"), [(1, "pass"), (3, "pass"), ("[parameters('n')]", "unknown")])
def test_a_loop_whose_count_is_an_expression_may_make_nothing(count: Any, status: str):
    made = declared(None, AGC, "Microsoft.Network/virtualNetworks/subnets") | {"copy": {"name": "c", "count": count}}
    assert judged_as(AKS, template(made))["AGC004"][0] == status


def test_a_loop_that_makes_nothing_makes_nothing():
    made = declared(None, AGC, "Microsoft.Network/virtualNetworks/subnets") | {"copy": {"name": "c", "count": 0}}
    assert judged_as(AKS, template(made))["AGC004"][0] == "unknown"


def template(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"contentVersion": "1.0.0.0", "resources": list(resources)}


def declared(condition: Any, value: dict[str, Any], kind: str) -> dict[str, Any]:
    made = {"type": kind, "apiVersion": "2025-05-01", "name": value.get("name", "x"), "properties": {}}
    made["properties"] = {name: item for name, item in value.items() if name not in ("id", "name")}
    return made | {"id": value["id"]} | ({} if condition is None else {"condition": condition})


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (None, "pass"),
        (True, "pass"),
        ("true", "pass"),
        ("[true()]", "pass"),
        ("[parameters('on')]", "unknown"),
        ("[equals(1, 1)]", "unknown"),
        ("", "unknown"),
        (1, "unknown"),
    ],
)
def test_what_a_condition_decides_is_not_certain_to_exist(condition: Any, status: str):
    made = template(declared(condition, AKS, "Microsoft.ContainerService/managedClusters"))
    assert judged_as(made)["AGC001"][0] == status
    agc = template(declared(condition, AGC, "Microsoft.Network/virtualNetworks/subnets"))
    assert judged_as(AKS, agc)["AGC004"][0] == status


def test_a_second_association_under_a_condition_neither_fails_nor_passes():
    kind = f"{SERVICE}/associations"
    sure_one, other = association("g1", "agc"), association("g2", "agc")
    both = judged_as(AKS, AGC, [sure_one], template(declared("[parameters('two')]", other, kind)))["AGC005"]
    assert both[0] == "unknown"
    sure = judged_as(AKS, AGC, [sure_one], template(declared(None, other, kind)))["AGC005"]
    assert sure[0] == "fail"
    third = association("g3", "agc")
    assert (
        judged_as(AKS, AGC, [sure_one, other], template(declared("[parameters('x')]", third, kind)))["AGC005"][0]
        == "fail"
    )


def test_what_lies_in_a_conditional_deployment_is_as_uncertain():
    inner = declared(None, AKS, "Microsoft.ContainerService/managedClusters")
    outer = {
        "type": "Microsoft.Resources/deployments",
        "name": "d",
        "condition": "[parameters('deploy')]",
        "properties": {"template": template(inner)},
    }
    assert judged_as(template(outer))["AGC001"][0] == "unknown"
    assert judged_as(template({**outer, "condition": True}))["AGC001"][0] == "pass"


def test_a_conditional_peering_leaves_the_networks_open():
    peering = {
        "id": f"{NETWORK}/a/virtualNetworkPeerings/p",
        "name": "p",
        "remoteVirtualNetwork": {"id": f"{NETWORK}/b"},
    }
    kind = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
    agc = subnet("agc", "10.0.4.0/24", "b")
    vnets = [network("a", "japaneast"), network("b", "japaneast")]
    assert judged_as(AKS, agc, *vnets, template(declared(None, peering, kind)))["AGC006"][0] == "fail"
    assert judged_as(AKS, agc, *vnets, template(declared("[parameters('p')]", peering, kind)))["AGC006"][0] == "unknown"


def release(version: str | None, unknown: Any = None, **more: Any) -> dict[str, Any]:
    after = {"name": "alb", "chart": "alb-controller", "version": version, **more}
    return plan(aks(), change("helm_release.alb", after, unknown))


@pytest.mark.parametrize(
    ("version", "more", "unknown", "status"),
    [
        ("1.7.9", {"set": [{"name": "albController.podIdentity.clientID", "value": "x"}]}, None, "pass"),
        ("1.7.9", {"set": [{"name": "albController.podIdentity.clientID"}]}, {"set": [{"value": True}]}, "pass"),
        ("1.7.9", {"set": [{"name": "image.tag", "value": "1.6.7"}]}, None, "fail"),
        ("1.7.9", {"set": [{"name": "image.tag", "value": "1.8.0"}]}, None, "unknown"),
        ("1.6.7", {"set": [{"name": "image.tag", "value": "1.8.0"}]}, None, "unknown"),
        ("1.7.9", {"set": [{"name": "image.tag", "value": "1.7.9"}]}, None, "pass"),
        ("1.7.9", {"set": [{"name": "image.tag"}]}, {"set": [{"value": True}]}, "unknown"),
        ("1.7.9", {}, {"set": True}, "unknown"),
        ("1.7.9", {"values": ["image:\n  tag: 1.6.7\n"]}, None, "fail"),
        ("1.7.9", {"values": ['{"image": {"pullPolicy": "Always"}}']}, None, "pass"),
        ("1.7.9", {"values": ["a: &x 1\nb: *x\n"]}, None, "unknown"),
        ("1.7.9", {}, {"values": [True]}, "unknown"),
        (None, {"set": [{"name": "controller.imageTag", "value": "1.7.9"}]}, None, "unknown"),
    ],
)
def test_what_a_release_sets_beside_its_chart_counts(version: str | None, more: Any, unknown: Any, status: str):
    assert judged_as(release(version, unknown, **deepcopy(more)))["AGC003"][0] == status


def test_an_overlay_whose_pools_name_pod_subnets_contradicts_itself():
    pools = [{"name": "np", "podSubnetId": f"{NETWORK}/a/subnets/pods"}, {"name": "two", "podSubnetId": None}]
    status, observed, fix = judged_as(AKS | {"agentPoolProfiles": pools})["AGC002"]
    assert status == "unknown" and "np: podSubnetId=pods" in str(observed) and "contradicts itself" in fix
    assert judged_as(AKS)["AGC002"][0] == "pass"


def test_a_pool_under_a_condition_leaves_the_pools_open():
    flat = cluster("one", "azure", None) | {"agentPoolProfiles": [{"name": "np", "podSubnetId": "/pods"}]}
    kind = "Microsoft.ContainerService/managedClusters/agentPools"
    pool = {"id": f"{flat['id']}/agentPools/two", "name": "two", "podSubnetId": "/pods"}
    assert judged_as(flat, template(declared(None, pool, kind)))["AGC002"][0] == "pass"
    assert judged_as(flat, template(declared("[parameters('two')]", pool, kind)))["AGC002"][0] == "unknown"


def test_a_deployment_in_a_template_is_read_where_it_holds_its_template_and_open_where_it_names_another():
    inner = template(declared(None, AGC, "Microsoft.Network/virtualNetworks/subnets"))

    def deployment_of(**about: Any) -> dict[str, Any]:
        return template({"type": "Microsoft.Resources/deployments", "name": "n", "properties": about})

    nested, linked = deployment_of(template=inner), deployment_of(templateLink={"uri": "https://x"})
    assert judged_as(AKS, nested)["AGC004"][0] == "pass"
    assert compose([AKS, nested]).ignored == []
    status, _, fix = judged_as(AKS, AGC, [association("g1", "agc")], linked)["AGC004"]
    assert status == "unknown" and "`n`" in fix
