"""What a subnet says of itself: its prefix as Azure writes it, and who uses it. Regions under all their names."""

from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.spelling import region_name

from .test_laws import association, cluster, network, subnet

AKS = cluster("one", "azure", "overlay")
GATEWAY = "Microsoft.ServiceNetworking/trafficControllers"
PLACE = ("AGC004", "AGC005", "AGC006", "AGC007")


def judged(*documents: Any, planned: str | None = None) -> dict[str, tuple[str, str | None, str, str]]:
    findings = check(compose([AKS, *documents], planned=planned), "en")
    return {cluster.id: (str(cluster.status), cluster.observed, cluster.pointer, cluster.fix) for cluster in findings}


@pytest.mark.parametrize(
    "prefix",
    ["10.0.4.0/024", "10.0.4.0/0x18", "10.0.4.0/ 24", "10.0.4.0/+24", "010.0.4.0/24", "10.0.4/24", "10.0.4.9/24",
     "10.0.4.0\\24", "10.0.4.0/24/24", "10.0.4.0-10.0.4.255", "10.0.4.0/256.0", "fd00::/024"],
)  # fmt: skip
def test_a_prefix_that_azure_does_not_write_is_named_with_its_place_and_what_to_do(prefix: str):
    status, observed, pointer, fix = judged(subnet("agc", prefix), [association("g1", "agc")])["AGC004"]
    assert (status, observed, pointer) == ("unknown", prefix, "/1/addressPrefix")
    assert f"`{prefix}` is not an address prefix" in fix and "az network vnet subnet show" in fix


def test_a_prefix_of_azure_is_not_called_malformed():
    for prefix in ("10.0.4.0/24", "10.0.4.0/23", "0.0.0.0/0", "fd00::/64"):
        assert "is not an address prefix" not in judged(subnet("agc", prefix))["AGC004"][3]
    assert "is not an address prefix" not in judged(subnet("agc", "[parameters('prefix')]"))["AGC004"][3]


def links(*types: str | None, key: str = "serviceAssociationLinks") -> dict[str, Any]:
    return {**subnet("agc", "10.0.4.0/24"), key: [{"name": "l", "linkedResourceType": kind} for kind in types]}


@pytest.mark.parametrize("key", ["serviceAssociationLinks", "resourceNavigationLinks"])
@pytest.mark.parametrize("kind", ["Microsoft.ContainerInstance/containerGroups", None])
def test_a_subnet_that_another_service_uses_passes_nothing(kind: str | None, key: str):
    for documents in ([links(kind, key=key), [association("g1", "agc")]], [links(kind, key=key)]):
        statuses = judged(*documents)
        assert {rule: statuses[rule][0] for rule in PLACE} == dict.fromkeys(PLACE, "unknown")
    assert judged({**links(kind, key=key), "addressPrefix": "10.0.4.0/23"})["AGC004"][0] == "fail"


def test_the_link_of_a_gateway_is_an_association_on_the_subnet():
    there = links(GATEWAY.upper())
    assert judged(there, [association("g1", "agc")])["AGC005"][0] == "pass"
    assert judged(there, {"agcAssociations": []}, planned="install-agc")["AGC005"][0] == "unknown"
    assert judged(links(), {"agcAssociations": []}, planned="install-agc")["AGC005"][0] == "pass"


@pytest.mark.parametrize(
    "name",
    ["japaneast", "Japan East", "(Asia Pacific) Japan East", " JAPAN  EAST ", "japan-east", "ｊａｐａｎｅａｓｔ"],
)
def test_a_region_has_one_name(name: str):
    assert region_name(name) == "japaneast"
    place = [subnet("agc", "10.0.4.0/24", "b"), [association("g1", "agc", "b")]]
    statuses = judged(*place, network("a", "japaneast", "b"), network("b", name, "a"))
    assert (statuses["AGC006"][0], statuses["AGC007"][0]) == ("fail", "pass")


@pytest.mark.parametrize(
    "name", ["東日本", "Japan East (Asia Pacific)", "(Asia Pacific)", "1", "/locations/japaneast", ""]
)
def test_what_is_no_region_is_not_known_to_be_another_one(name: str):
    assert region_name(name) is None
    place = [subnet("agc", "10.0.4.0/24", "b"), [association("g1", "agc", "b")]]
    statuses = judged(*place, network("a", "japaneast", "b"), network("b", name, "a"))
    assert (statuses["AGC006"][0], statuses["AGC007"][0]) == ("unknown", "unknown")


def test_links_that_were_cut_to_a_text_may_be_anybodys():
    cut = {**subnet("agc", "10.0.4.0/24"), "serviceAssociationLinks": "System.Object[]"}
    assert judged(cut, [association("g1", "agc")])["AGC004"][0] == "unknown"
    assert judged({**cut, "serviceAssociationLinks": ""}, [association("g1", "agc")])["AGC004"][0] == "pass"
