"""An incomplete list passes nothing that depends on all of it; what it shows to be wrong stays wrong."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.checks import Status, check

from .casework import base, edited
from .test_laws import GATEWAY, SETS, association, cluster, deployment, findings, network, subnet
from .test_plans import change, plan

AKS = cluster("one", "azure", "overlay")
AGC, LARGE = subnet("agc", "10.0.4.0/24"), subnet("agc", "10.0.4.0/23")
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
KINDS = ("Network/virtualNetworks", "Network/virtualNetworks/subnets", "ServiceNetworking/trafficControllers")
PLACE = ("AGC004", "AGC005", "AGC006", "AGC007")
WHOLE = [AKS, AGC, network("a", "japaneast"), [association("g1", "agc")], deployment("1.8.0")]


def statuses(*documents: Any) -> dict[str, str]:
    listed = documents[0] if len(documents) == 1 else list(documents)
    return {finding.id: str(finding.status) for finding in check(listed, "en")}


def gateway(name: str, *associations: str) -> dict[str, Any]:
    """As `az network alb list` prints it: the associations by their ids alone."""
    own = f"{GATEWAY}/{name}"
    refs = [{"id": f"{own}/associations/{association}", "resourceGroup": "rg-agc"} for association in associations]
    return {"id": own, "name": name, "type": SERVICE, "location": "japaneast", "associations": refs}


def test_an_association_whose_id_is_hidden_is_one_more_than_those_that_are_listed():
    hidden = gateway("g1", "as")
    hidden["associations"].append({"id": "***"})
    for documents in ([*WHOLE, [hidden]], [[hidden], *WHOLE[::-1]]):
        assert statuses(*documents)["AGC005"] == "unknown"
    nameless = {key: value for key, value in hidden.items() if key != "id"}
    assert statuses(*WHOLE, [nameless])["AGC001"] == "pass"
    only = {**hidden, "associations": [{"id": "***"}]}
    assert statuses(*WHOLE, [only])["AGC005"] == "pass"  # the one that is listed


def test_the_whole_list_passes():
    assert {rule: statuses(*WHOLE)[rule] for rule in (*PLACE, "AGC003")} == dict.fromkeys((*PLACE, "AGC003"), "pass")


@pytest.mark.parametrize("mark", [{"$skipToken": "t"}, {"resultTruncated": "true"}, {"totalRecords": 99}])
@pytest.mark.parametrize("key", ["data", "Data"])
def test_a_cut_page_of_resource_graph_goes_on_with_anything(mark: dict[str, Any], key: str):
    everything = {"count": 4, key: [AKS, AGC, network("a", "japaneast"), association("g1", "agc")]}
    assert {rule: statuses(everything)[rule] for rule in PLACE} == dict.fromkeys(PLACE, "pass")
    assert {rule: statuses(everything | mark)[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    without = {"count": 1, key: [AGC]} | mark
    assert {rule: statuses(AKS, without)[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    assert statuses(everything | mark)["AGC001"] == "pass"  # it concerns the cluster alone


def test_a_page_of_all_resources_goes_on_with_anything_and_a_page_of_a_kind_with_that_kind():
    mixed = {"value": [network("a", "japaneast"), AGC], "nextLink": "https://next"}
    assert {rule: statuses(AKS, mixed)[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    subnets = {"value": [AGC], "nextLink": "https://next"}
    assert statuses(AKS, subnets, [association("g1", "agc")])["AGC004"] == "pass"
    empty = {"value": [], "nextLink": "https://next"}
    assert statuses(*WHOLE, empty)["AGC004"] == "unknown"


@pytest.mark.parametrize("about", [{"continue": "c"}, {"remainingItemCount": 3}])
@pytest.mark.parametrize("kind", ["DeploymentList", "List", "PodList"])
def test_a_cut_list_of_workloads_may_hold_another_controller(about: dict[str, Any], kind: str):
    def listed(version: str, **more: Any) -> dict[str, Any]:
        return {"kind": kind, "apiVersion": "v1", "metadata": more, "items": [deployment(version)]}

    assert statuses(AKS, listed("1.8.0", resourceVersion="1"))["AGC003"] == "pass"
    assert statuses(AKS, listed("1.8.0", **about))["AGC003"] == "unknown"
    assert statuses(AKS, listed("1.6.7", **about))["AGC003"] == "fail"


def test_a_cut_list_of_other_objects_changes_nothing():
    maps = {"kind": "ConfigMapList", "apiVersion": "v1", "metadata": {"continue": "c"}, "items": []}
    assert statuses(*WHOLE, maps) == statuses(*WHOLE)


def test_what_a_cut_page_shows_to_be_wrong_stays_wrong():
    page = {"value": [association("g1", "agc"), association("g2", "agc")], "nextLink": "https://next"}
    by_rule = statuses(AKS, LARGE, page)
    assert (by_rule["AGC004"], by_rule["AGC005"]) == ("fail", "fail")


def test_a_snapshot_s_own_page_is_cut_as_any_other():
    page = {"value": base("overlay")["agcAssociations"], "nextLink": "https://next"}
    by_rule = statuses(edited(base("overlay"), {"/agcAssociations": page}))
    assert {rule: by_rule[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")


@pytest.mark.parametrize("nowhere", [None, {}, {"id": None}, {"id": "[resourceId('x')]"}])
def test_an_association_whose_subnet_nobody_says_may_be_anywhere(nowhere: Any):
    other = association("g2", "agc") | {"subnet": nowhere}
    by_rule = statuses(*WHOLE[:3], [association("g1", "agc"), other])
    assert {rule: by_rule[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    snapshot = edited(base("overlay"), {"/agcAssociations/-": other})
    by_rule = statuses(snapshot)
    assert {rule: by_rule[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")


def test_the_subnet_that_a_reader_names_is_that_of_the_only_association():
    only = association("g2", "agc") | {"subnet": None}
    assert statuses(edited(base("overlay"), {"/agcAssociations": [only]}))["AGC004"] == "pass"


@pytest.mark.parametrize("listed", [[], [[association("g1", "agc")]]])
def test_gateways_that_name_associations_without_their_subnets_pass_nothing(listed: list[Any]):
    by_rule = statuses(*WHOLE[:3], *listed, [gateway("g1", "as"), gateway("g2", "as")])
    assert {rule: by_rule[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    known = statuses(*WHOLE[:3], [association("g1", "agc")], [gateway("g1", "as")])
    assert {rule: known[rule] for rule in PLACE} == dict.fromkeys(PLACE, "pass")


def test_a_list_that_ends_with_a_token_goes_on():
    """As `az … list --max-items` prints it."""
    cut = [association("g1", "agc"), {"nextToken": "eyJuZXh0X2xpbmsi"}]
    assert {rule: statuses(AKS, AGC, cut)[rule] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    assert statuses(AKS, LARGE, cut)["AGC004"] == "fail"


@pytest.mark.parametrize("action", ["Modify", "Deploy", "Unsupported", "Create"])
def test_a_what_if_that_does_not_show_what_it_leaves_passes_nothing_of_it(action: str):
    change = {"resourceId": AGC["id"], "changeType": action, "delta": [{"path": "properties.addressPrefix"}]}
    by_rule = statuses(*WHOLE, {"changes": [change]})
    assert (by_rule["AGC004"], by_rule["AGC006"]) == ("unknown", "pass")
    assert statuses(*WHOLE, {"changes": [change | {"changeType": "NoChange"}]})["AGC004"] == "pass"
    other = change | {"resourceId": f"{AGC['id']}-other"}
    assert statuses(*WHOLE, {"changes": [other]})["AGC004"] == "pass"


@given(SETS)
def test_a_cut_list_passes_nothing_that_the_whole_one_does_not(documents: list[Any]):
    """Nor anything about gateways at all: one that is on the next page may be this cluster's."""
    cut = [
        {"value": document, "nextLink": "https://next"} if isinstance(document, list) else document
        for document in documents
    ]
    whole, part = findings(documents), findings(cut)
    assume(whole is not None and part is not None and cut != documents)
    for judged, other in zip(whole, part, strict=True):
        for was, now in zip(judged.findings, other.findings, strict=True):
            assert now.status is not Status.PASS or was.status is Status.PASS, now.id
            assert now.status is not Status.PASS or now.id not in PLACE, now.id


@given(SETS, st.sampled_from(["Microsoft.ContainerService/managedClusters", *(f"Microsoft.{kind}" for kind in KINDS)]))
def test_a_change_that_is_not_read_passes_nothing_more(documents: list[Any], kind: str):
    after = {"type": f"{kind}@2025-05-01", "name": "up"}
    update = change("azapi_update_resource.up", after, {"body": True, "resource_id": True})
    before, then = findings(documents), findings([*documents, plan(update)])
    assume(then is not None)
    for judged in then:
        same = [was for was in before or [] if (was.name, was.id) == (judged.name, judged.id)]
        for at, finding in enumerate(judged.findings):
            assert finding.status is not Status.PASS or any(was.findings[at].status is Status.PASS for was in same)
