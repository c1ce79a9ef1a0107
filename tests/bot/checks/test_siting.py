"""Which gateways are judged for a cluster that is not alone, and which leave it open ("?")."""

from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.clusters.assemble import cases

from .test_laws import association, cluster, subnet
from .test_plans import AFTER, DELEGATION, VNET, aks, change, plan
from .test_plans import association as planned_association
from .test_plans import subnet as planned_subnet

ONE, TWO, FAR = (
    cluster("one", "azure", "overlay"),
    cluster("two", "azure", "overlay"),
    cluster("far", "azure", None, "b"),
)


def judged(*documents: Any) -> dict[str, list[str]]:
    """The subnets with which each cluster is seen."""
    return {case.name: [view.name for view in case.views] for case in cases(compose(list(documents)))}


def open_for(*documents: Any) -> set[str]:
    """The clusters of which it is not clear whether further gateways are theirs."""
    return {case.name for case in cases(compose(list(documents))) if any(view.unclear for view in case.views)}


def gateways(number: int, vnet: str = "a") -> list[Any]:
    """So many gateways, each with a subnet of its own in one network."""
    subnets = [subnet(f"s{n}", "10.0.4.0/24", vnet) for n in range(number)]
    return [*subnets, [association(f"g{n}", f"s{n}", vnet) for n in range(number)]]


def of_group(group: str, on: str, vnet: str) -> list[Any]:
    """A gateway in the node resource group of a cluster, as the controller makes it."""
    made = association("own", on, vnet)
    return [subnet(on, "10.0.4.0/24", vnet), [made | {"id": made["id"].replace("rg-agc", group)}]]


@pytest.mark.parametrize(("number", "seen"), [(8, [f"s{n}" for n in range(8)]), (9, ["?"])])
def test_of_two_clusters_in_one_network_each_is_seen_with_up_to_eight_gateways(number: int, seen: list[str]):
    documents = (ONE, TWO, *gateways(number))
    assert judged(*documents) == {"one": seen, "two": seen}
    assert open_for(*documents) == (set() if number == 8 else {"one", "two"})


def test_a_cluster_alone_in_its_network_is_seen_with_every_gateway_there():
    documents = (ONE, FAR, *gateways(9))
    assert judged(*documents) == {"far": ["?"], "one": [f"s{n}" for n in range(9)]}
    assert open_for(*documents) == set()  # by their network they are the other one's


@pytest.mark.parametrize(("number", "seen"), [(7, [*(f"s{n}" for n in range(7)), "own"]), (8, ["?"])])
def test_a_gateway_in_the_node_resource_group_counts_beside_those_of_the_network(number: int, seen: list[str]):
    mine = ONE | {"nodeResourceGroup": "MC_one"}
    assert judged(mine, FAR, *gateways(number), *of_group("mc_one", "own", "z"))["one"] == seen


def test_a_gateway_that_a_snapshot_names_leaves_its_own_cluster_nothing_open():
    snapshot = {"aks": FAR, "agcAssociations": [association("g", "x", "z")]}
    elsewhere = cluster("two", "azure", "overlay", "c")
    assert open_for(snapshot, elsewhere) == set()
    assert open_for(snapshot, elsewhere, [association("h", "y", "y")]) == {"far", "two"}


def test_a_planned_gateway_of_which_nothing_says_where_goes_to_the_only_new_subnet():
    new, spare = planned_subnet("agc", "10.0.4.0/24"), planned_subnet("spare", "10.0.6.0/24")
    name, gateway = "azurerm_kubernetes_cluster.main", planned_association("a", None)
    assert judged(plan(aks(), new, gateway)) == {name: ["azurerm_subnet.agc", "?"]}
    assert judged(plan(aks(), new, spare, gateway)) == {name: ["?"]}


@pytest.mark.parametrize(("known", "seen"), [(False, ["agc", "?"]), (True, ["?"])])
def test_a_subnet_in_its_network_s_block_is_new_where_the_network_is(known: bool, seen: list[str]):
    inside = {"name": "agc", "address_prefixes": ["10.0.4.0/24"], "delegation": DELEGATION}
    after = {"name": "a", "subnet": [inside]} | ({"id": f"{VNET}/a"} if known else {})
    made = change("azurerm_virtual_network.a", after, {} if known else AFTER, "no-op" if known else "create")
    assert list(judged(plan(aks(), made, planned_association("a", None))).values()) == [seen]


def test_subnets_that_snapshots_call_the_gateway_s_come_in_the_order_of_their_ids():
    named = [{"subnet": subnet(f"s{letter}", "10.0.4.0/24"), "vnets": None} for letter in "hgfedcba"]
    assert judged(ONE, *named) == {"one": [f"s{letter}" for letter in "abcdefgh"]}


def snapshot(aks: Any, *listed: Any, on: str = "agc", prefix: str = "10.0.4.0/24", **more: Any) -> dict[str, Any]:
    return {"aks": aks, "subnet": subnet(on, prefix), "agcAssociations": list(listed), **more}


@pytest.mark.parametrize("planned", [None, "install-agc"])
@pytest.mark.parametrize("own", [True, False])
def test_a_subnet_that_the_list_uses_and_the_input_describes_is_judged_beside_the_named_one(
    planned: str | None, own: bool
):
    listed = [association("g2", "big"), *([association("g1", "agc")] if own else [])]
    whole, big = snapshot(ONE, *listed, planned=planned), subnet("big", "10.0.6.0/23")
    for documents in ([whole, big], [big, whole]):
        assert {str(each.status) for each in check(list(documents), "en") if each.id == "AGC004"} == {"fail"}
    assert judged(whole, subnet("big", "10.0.6.0/24"))["one"][-1] == "big"


@pytest.mark.parametrize(("planned", "seen"), [("install-agc", "agc"), (None, "?")])
def test_the_named_subnet_of_a_gateway_to_come_is_judged_though_another_service_has_it(planned: str | None, seen: str):
    another = [{"serviceName": "Microsoft.Web/serverFarms"}]
    taken = {"aks": ONE, "subnet": subnet("agc", "10.0.4.0/24") | {"delegations": another}, "planned": planned}
    assert judged(taken) == {"one": [seen]}


def test_of_a_list_of_the_whole_subscription_what_another_cluster_s_snapshot_names_is_left_out():
    first = snapshot(ONE, association("g1", "agc"), association("g2", "other"))
    second = snapshot(TWO, association("g1", "agc"), association("g2", "other"), on="other", prefix="10.0.6.0/23")
    assert judged(first, second) == judged(second, first) == {"one": ["agc"], "two": ["other"]}


def test_a_listed_subnet_in_the_network_of_the_nodes_that_nobody_describes_leaves_only_sizes_open():
    """It may be that of a second gateway of the cluster; one in another network need not be."""
    near, far = association("g2", "other"), association("g2", "other", "z")
    assert judged(snapshot(ONE, association("g1", "agc"), far)) == {"one": ["agc"]}
    alone, both = (
        {each.id: str(each.status) for each in check([snapshot(ONE, association("g1", "agc"), *more)], "en")}
        for more in ([], [near])
    )
    assert {rule: both[rule] for rule in both if both[rule] != alone[rule]} == {"AGC004": "unknown"}
    assert alone["AGC004"] == "pass"
