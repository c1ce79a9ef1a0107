"""What Azure deletes, or failed to make, is no ground for a pass."""

from typing import Any

import pytest

from bot.checks import check, compose

from .test_laws import GATEWAY, association, cluster, deployment, subnet
from .test_links import balancer

AKS, AGC = cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24")
PLACE = ("AGC004", "AGC005", "AGC006", "AGC007")


def judged(*documents: Any) -> dict[str, tuple[str, str]]:
    return {each.id: (str(each.status), each.fix) for each in check(compose([*documents, deployment("1.8.0")]), "en")}


def of(by_rule: dict[str, tuple[str, str]], *rules: str) -> set[str]:
    return {by_rule[rule][0] for rule in rules}


@pytest.mark.parametrize("state", ["Deleting", "Failed", "canceled"])
def test_neither_a_cluster_nor_a_subnet_nor_an_association_passes_in_such_a_state(state: str):
    bad, lists = {"provisioningState": state}, [association("g1", "agc")]
    assert of(judged(AKS, AGC, lists), *PLACE, "AGC001", "AGC003") == {"pass"}
    for documents in ([AKS | bad, AGC, lists], [AKS | {"properties": bad}, AGC, lists]):
        assert of(judged(*documents), *PLACE, "AGC001", "AGC002", "AGC003") == {"unknown"}
    here = judged(AKS, AGC | bad, lists)
    assert of(here, *PLACE) == {"unknown"} and here["AGC001"][0] == "pass"
    assert f"agc: provisioningState={state}" in here["AGC004"][1]
    there = judged(AKS, AGC, [association("g1", "agc") | bad])
    assert there["AGC005"][0] == "unknown"
    assert of(there, "AGC004", "AGC006", "AGC007") == {"unknown" if state == "Deleting" else "pass"}
    gateway = {"id": f"{GATEWAY}/g1", "associations": [{"id": f"{GATEWAY}/g1/associations/as"}]} | bad
    assert judged(AKS, AGC, lists, [gateway])["AGC005"][0] == "unknown"


def test_a_gateway_goes_with_the_object_that_it_was_made_for():
    made, other = balancer(f"{GATEWAY}/g1"), balancer(f"{GATEWAY}/g2", name="two")
    going = made | {"metadata": {**made["metadata"], "deletionTimestamp": "2026-11-27T00:00:00Z"}}
    lists = [association("g1", "agc")]
    assert of(judged(AKS, AGC, lists, made), *PLACE) == {"pass"}
    for documents in ([AKS, AGC, lists, going], [going, lists, AGC, AKS]):
        assert of(judged(*documents), *PLACE) == {"unknown"}
        assert "g1: provisioningState=Deleting" in judged(*documents)["AGC004"][1]
    assert judged(AKS, subnet("agc", "10.0.4.0/23"), lists, going)["AGC004"][0] == "fail"
    both = judged(AKS, AGC, [*lists, association("g2", "agc")], going, other)
    assert (both["AGC004"][0], both["AGC005"][0]) == ("pass", "fail")
    assert judged(AKS, AGC, {"aks": AKS}, going)["AGC005"][0] == "unknown"
    gone = judged(AKS, AGC, [association("g2", "agc")], going, other)  # its association is in the list no more
    assert (gone["AGC004"][0], gone["AGC005"][0]) == ("pass", "unknown")


@pytest.mark.parametrize("state", ["Succeeded", "Updating", "", None, 5])
def test_any_other_state_changes_nothing(state: Any):
    good = {"provisioningState": state}
    assert of(judged(AKS | good, AGC | good, [association("g1", "agc") | good]), *PLACE, "AGC001") == {"pass"}


def test_what_is_wrong_stays_wrong():
    bad = {"provisioningState": "Deleting"}
    wide = subnet("agc", "10.0.4.0/23")
    assert judged(AKS | bad, wide | bad, [association("g1", "agc") | bad])["AGC004"][0] == "fail"
    two = judged(AKS, AGC, [association("g1", "agc") | bad, association("g2", "agc")])
    assert (two["AGC004"][0], two["AGC005"][0]) == ("pass", "fail")  # it is there until it is gone


def test_a_state_counts_wherever_it_is_said():
    lists = [[association("g1", "agc")], [association("g1", "agc") | {"provisioningState": "Deleting"}]]
    for given in (lists, lists[::-1]):
        assert judged(AKS, AGC, *given)["AGC005"][0] == "unknown"
