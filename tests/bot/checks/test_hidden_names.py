"""People hide names before they share an input. What is hidden alike need not be the same, so no pass rests on it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import check, compose, unread_keys
from bot.checks.clusters.networks import Networks
from bot.checks.inventory.inventory import Item, Place
from bot.checks.spelling import resource_id

from .test_laws import GATEWAY, NETWORK, association, cluster, deployment, network, subnet

MASKS = [
    "REDACTED",
    "<hidden>",
    "***",
    "net-xxxx",
    "masked-01",
    "[removed]",
    "*****REMOVED*****",
    "spoke-●●",
    "伏せ字",
    "…",
    "netXXXX",
    "XXXnet",
    "null",
    "None",
    "n/a",
    "CENSORED",
    "net-censored",
    "___",
    "00000000-0000-0000-0000-000000000000",
]


def statuses(raw: Any) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(raw, "en")}


def hidden(raw: Any, mask: str, *paths: str) -> Any:
    """The same documents with the last part of each path hidden."""
    text = json.dumps(raw, ensure_ascii=False)
    for path in paths:
        text = text.replace(path, f"{path.rpartition('/')[0]}/{mask}")
    return json.loads(text)


def apart(region: str) -> list[Any]:
    """Nodes and gateway in two networks."""
    place = [association("g", "agc", "hub")], subnet("agc", "10.9.4.0/24", "hub")
    return [cluster("one", "azure", "overlay", "spoke"), *place, network("hub", region), deployment("1.8.0")]


@given(st.sampled_from(MASKS), st.sampled_from(["japaneast", "japanwest"]))
def test_two_networks_whose_names_are_hidden_are_not_the_same(mask: str, region: str):
    shared = statuses(hidden(apart(region), mask, f"{NETWORK}/hub", f"{NETWORK}/spoke"))
    assert "pass" not in {shared["AGC006"], shared["AGC007"]}
    assert shared["AGC003"] == "pass", "what does not rest on the names is judged as before"


@pytest.mark.parametrize("mask", MASKS)
def test_two_gateways_whose_names_are_hidden_are_not_one(mask: str):
    listed = [association("g1", "agc"), association("g2", "agc")]
    raw = [cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), listed]
    assert statuses(raw)["AGC005"] == "fail"
    assert statuses(hidden(raw, mask, f"{GATEWAY}/g1", f"{GATEWAY}/g2"))["AGC005"] != "pass"


@pytest.mark.parametrize("mask", MASKS)
def test_an_association_is_not_on_the_only_subnet_whose_name_is_hidden_as_well(mask: str):
    raw = [
        cluster("one", "azure", "overlay"),
        subnet("small", "10.0.4.0/24", delegated=False),
        [association("g", "wide")],
    ]
    shared = statuses(hidden(raw, mask, f"{NETWORK}/a/subnets/small", f"{NETWORK}/a/subnets/wide"))
    assert "pass" not in {shared["AGC004"], shared["AGC005"]}


@pytest.mark.parametrize("mask", MASKS)
def test_two_gateways_of_one_name_in_groups_that_are_hidden_are_not_one(mask: str):
    """One that only one list holds is no two."""
    near, far = association("g", "agc"), {**association("g", "agc"), "id": f"{GATEWAY}/g/associations/as"}
    far["id"] = far["id"].replace("rg-agc", "rg-far")
    raw = [cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), [near, far]]
    assert statuses(raw)["AGC005"] == "fail"
    alike = json.loads(json.dumps(raw).replace("rg-agc", mask).replace("rg-far", mask))
    assert statuses(alike)["AGC005"] == "unknown"
    assert statuses([*alike[:2], alike[2][:1]])["AGC005"] == "pass"


@pytest.mark.parametrize(
    "name", ["vnet-prod", "xx", "redaction", "maskedball", "west.hub_1", "exxxon-net", "nullpunkt", "v000", "n.a.net"]
)
def test_what_only_looks_hidden_is_a_name(name: str):
    """Nor are subscriptions and resource groups needed: what is in them has names."""
    own = f"/subscriptions/***/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/{name}"
    assert resource_id(own) == own.lower().strip("/")
    shared = statuses(
        json.loads(json.dumps(apart("japaneast")).replace("/spoke", f"/{name}").replace("/hub", f"/{name}"))
    )
    assert (shared["AGC006"], shared["AGC007"]) == ("pass", "pass")


def test_nodes_in_a_network_whose_name_is_hidden_are_not_in_the_one_that_aks_makes():
    made = {
        **network("aks-vnet-1", "japaneast"),
        "id": f"{NETWORK.replace('rg-net', 'MC_rg_one_japaneast')}/aks-vnet-1",
    }
    raw = [cluster("one", "azure", "overlay"), made, [association("g", "agc", "b")], subnet("agc", "10.0.4.0/24", "b")]
    shared = statuses(hidden(raw, "REDACTED", f"{NETWORK}/a"))
    assert "pass" not in {shared["AGC006"], shared["AGC007"]}


@pytest.mark.parametrize("mask", MASKS)
def test_who_is_peered_with_somebody_hidden_may_be_peered_with_anybody(mask: str):
    ends = [network("spoke", "japaneast", "hub"), network("hub", "japaneast")]
    ends[0]["virtualNetworkPeerings"] = [{"remoteVirtualNetwork": {"id": f"{NETWORK}/{mask}"}}]
    networks = Networks(Item(value, Place("")) for value in ends)
    assert networks.peered(resource_id(f"{NETWORK}/spoke"), resource_id(f"{NETWORK}/hub")) is None


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_who_hides_a_name_is_told_so_at_its_place(lang: str):
    raw = [cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), [association("g", "agc")]]
    assert unread_keys(compose(raw), lang) == []
    shared = unread_keys(compose(hidden(raw, "***", f"{NETWORK}/a/subnets/agc")), lang)
    assert [place.pointer for place, _ in shared] == ["/1"]
    assert "ID" in shared[0][1]
