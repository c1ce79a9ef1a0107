"""Whose a gateway is: what is another cluster's fails nothing for this one, and what cannot be told passes nothing."""

import json
from typing import Any

import pytest

from bot.checks import compose, inspect

from .test_laws import GATEWAY, NETWORK, association, cluster, network, subnet
from .test_plans import aks, plan
from .test_plans import association as placed
from .test_plans import subnet as planned

PLACE = ("AGC004", "AGC005", "AGC006", "AGC007")
BLUE = cluster("blue", "azure", "overlay", "a") | {"nodeResourceGroup": "MC_rg_blue_japaneast"}
GREEN = cluster("green", "azure", "overlay", "b") | {"nodeResourceGroup": "MC_rg_green_japaneast"}
OWN = [subnet("agc", "10.0.4.0/24")]
OTHER = [subnet("agc", "10.9.4.0/23", "b")]
LISTED = [association("g1", "agc"), association("g2", "agc", "b")]
APART = [network("a", "japaneast"), network("b", "japaneast")]
PEERED = [network("a", "japaneast", "b"), network("b", "japaneast")]


def judged(*documents: Any) -> dict[str, list[str]]:
    """The rules of a gateway's place for each cluster, in whatever order the documents come."""
    made = [
        {
            each.name: [str(finding.status) for finding in each.findings if finding.id in PLACE]
            for each in inspect(compose(list(given)), "en")
        }
        for given in (documents, documents[::-1])
    ]
    assert made[0] == made[1]
    return made[0]


def of_group(group: str, on: str, vnet: str = "a") -> dict[str, Any]:
    made = association("alb-1", on, vnet)
    return made | {"id": made["id"].replace("rg-agc", group)}


def balancer(gateway: str, vnet: str = "a") -> dict[str, Any]:
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "x"},
        "spec": {"associations": [f"{NETWORK}/{vnet}/subnets/agc"]},
        "status": {"conditions": [{"type": "Deployment", "message": f"alb-id={GATEWAY}/{gateway}"}]},
    }


@pytest.mark.parametrize("networks", [APART, PEERED])
def test_of_two_clusters_each_is_judged_by_the_gateway_in_its_own_network(networks: list[Any]):
    both = judged(BLUE, GREEN, *OWN, *OTHER, LISTED, *networks)
    assert both == {"blue": ["pass"] * 4, "green": ["fail", "pass", "pass", "pass"]}


def test_beside_its_own_one_in_a_network_that_is_not_peered_is_somebody_elses():
    assert judged(BLUE, *OWN, *OTHER, LISTED, *APART)["blue"] == ["pass"] * 4


def test_beside_its_own_one_in_a_peered_or_unknown_network_is_undecided_and_fails_nothing():
    for networks in (PEERED, [APART[0]]):
        assert judged(BLUE, *OWN, *OTHER, LISTED, *networks)["blue"] == ["unknown"] * 4
    (finding, *_) = [each for each in inspect([BLUE, *OWN, *OTHER, LISTED], "en")[0].findings if each.id == "AGC004"]
    assert "g2" in finding.fix and "kubectl get applicationloadbalancer" in finding.fix and "--subnet" in finding.fix


def test_what_is_wrong_with_its_own_stays_wrong_beside_one_that_is_undecided():
    wide = [subnet("agc", "10.0.4.0/23")]
    assert judged(BLUE, *wide, *OTHER, LISTED, *PEERED)["blue"] == ["fail", "unknown", "unknown", "unknown"]


def test_the_only_gateway_is_the_only_clusters_wherever_it_is():
    far = [association("g2", "agc", "b")]
    assert judged(BLUE, *OTHER, far, *PEERED)["blue"] == ["fail", "pass", "fail", "pass"]
    assert judged(BLUE, *OTHER, far, *APART)["blue"] == ["fail", "pass", "unknown", "pass"]


def test_a_gateway_in_the_node_resource_group_of_another_cluster_is_that_clusters():
    theirs = of_group("MC_rg_green_japaneast", "agc", "b")
    listed = [association("g1", "agc"), theirs]
    assert judged(BLUE, *OWN, *OTHER, listed, *PEERED)["blue"] == ["pass"] * 4
    assert judged(BLUE, *OTHER, [theirs], *PEERED)["blue"] == ["unknown"] * 4
    nameless = {key: value for key, value in BLUE.items() if key != "nodeResourceGroup"}
    assert judged(nameless, *OTHER, [theirs], *PEERED)["blue"][0] == "fail"  # it may be its own


def test_an_object_of_the_controller_says_which_gateway_is_the_clusters():
    assert judged(BLUE, *OTHER, *OWN, LISTED, balancer("g2", "b"), *PEERED)["blue"] == ["fail", "pass", "fail", "pass"]
    third = [*LISTED, association("g3", "agc", "c")]
    assert judged(BLUE, *OWN, LISTED, third, balancer("g1"), *APART)["blue"] == ["unknown"] * 4  # of g3 nobody knows


def test_the_gateways_of_one_plan_are_told_apart_by_their_networks():
    two = [aks(), aks()]
    two[1]["address"], two[1]["name"] = "azurerm_kubernetes_cluster.two", "two"
    two[1]["change"]["after"] = two[1]["change"]["after"] | {
        "name": "two",
        "default_node_pool": [{"name": "np", "vnet_subnet_id": f"{NETWORK}/b/subnets/nodes", "pod_subnet_id": None}],
    }
    ids = [f"{NETWORK}/{vnet}/subnets/agc" for vnet in "ab"]
    subnets = [
        planned("agc", "10.0.4.0/24", ids[0], "azurerm_subnet.a"),
        planned("agc", "10.9.4.0/26", ids[1], "azurerm_subnet.b"),
    ]
    made = judged(plan(*two, *subnets, placed("a", ids[0]), placed("b", ids[1])))
    assert [made[name][0] for name in sorted(made)] == ["pass", "fail"]


def near(name: str, group: str, vnet: str = "a") -> dict[str, Any]:
    """A cluster with nodes in the network, and a node resource group of its own."""
    return cluster(name, "azure", "overlay", vnet) | {"nodeResourceGroup": f"MC_rg_{group}_japaneast"}


ROOM = [near("blue", "blue"), near("green", "green"), near("red", "red")]
WIDE_AND_GOOD = [subnet("agc", "10.0.4.0/24"), subnet("wide", "10.0.6.0/23")]


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("spell", [str, str.upper, str.lower])
def test_a_gateway_in_a_network_of_several_clusters_nodes_fails_none_of_them(number: int, spell: Any):
    listed = [association("g1", "agc"), association("g2", "wide")]
    listed = [each | {"id": spell(each["id"]), "subnet": {"id": spell(each["subnet"]["id"])}} for each in listed]
    both = judged(*ROOM[:number], *WIDE_AND_GOOD, listed, network("a", "japaneast"))
    assert both == {each["name"]: ["unknown", "pass", "pass", "pass"] for each in ROOM[:number]}
    (finding,) = [
        each for each in inspect([*ROOM[:number], *WIDE_AND_GOOD, listed], "en")[0].findings if each.id == "AGC004"
    ]
    assert "g2" in finding.fix.casefold() and "alb.networking.azure.io/alb-id" in finding.fix


def test_the_only_gateway_in_a_network_of_two_clusters_nodes_fails_none_of_them():
    listed = [association("g2", "wide")]
    assert judged(*ROOM[:2], *WIDE_AND_GOOD, listed) == {name: ["unknown"] + ["pass"] * 3 for name in ("blue", "green")}


def test_where_each_gateways_owner_is_clear_only_that_cluster_is_judged_by_it():
    listed = [of_group("MC_rg_blue_japaneast", "agc"), of_group("mc_rg_GREEN_japaneast", "wide")]
    both = judged(*ROOM[:2], *WIDE_AND_GOOD, listed)
    assert both == {"blue": ["pass"] * 4, "green": ["fail", "pass", "pass", "pass"]}


def test_two_gateways_on_one_subnet_fail_whoever_has_them():
    listed = [association("g1", "agc"), association("g2", "agc")]
    assert judged(*ROOM[:2], *OWN, listed) == {name: ["pass", "fail", "pass", "pass"] for name in ("blue", "green")}


def test_one_cluster_alone_in_its_network_is_judged_by_all_gateways_there():
    listed = [association("g1", "agc"), association("g2", "wide")]
    assert judged(ROOM[0], *WIDE_AND_GOOD, listed)["blue"][0] == "fail"
    elsewhere = near("green", "green", "b")
    assert judged(ROOM[0], elsewhere, *WIDE_AND_GOOD, listed)["blue"][0] == "fail"


def elsewhere(document: Any, subscription: str = "1") -> Any:
    """The same in another subscription, with all that it names."""
    return json.loads(json.dumps(document).replace("/subscriptions/0/", f"/subscriptions/{subscription}/"))


def test_a_node_resource_group_of_another_subscription_is_another_one():
    group = "MC_rg_blue_japaneast"
    mine, wide = [*OWN, [of_group(group, "agc")]], [subnet("agc", "10.0.4.0/23"), [of_group(group, "agc")]]
    both = judged(BLUE, *mine, *elsewhere([{**BLUE, "name": "green", "id": BLUE["id"][:-4] + "green"}, *wide]))
    assert both == {"blue": ["pass"] * 4, "green": ["fail", "pass", "pass", "pass"]}
    here = {"subnet": {"id": OWN[0]["id"]}}
    assert judged(BLUE, wide[0], [elsewhere(of_group(group, "agc")) | here])["blue"][0] == "unknown"  # not this one's
    for hidden in ("***", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"):  # which may be any
        assert judged(BLUE, wide[0], [elsewhere(of_group(group, "agc"), hidden) | here])["blue"][0] == "fail"


def test_the_network_that_aks_made_is_in_the_subscription_of_its_cluster():
    pools = [{"name": "np", "vnetSubnetId": None, "podSubnetId": None}]
    blue = BLUE | {"nodeResourceGroup": "rg-net", "agentPoolProfiles": pools}
    documents = [network("a", "japaneast"), *OWN, [association("g1", "agc")]]
    assert judged(blue, *documents)["blue"] == ["pass"] * 4
    assert judged(blue, *elsewhere(documents))["blue"][2:] == ["unknown", "unknown"]
    assert judged(blue, *documents, elsewhere(documents[0]))["blue"] == ["pass"] * 4
