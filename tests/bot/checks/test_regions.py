"""Two names are two regions where both are Azure's."""

import pytest

from bot.checks import check
from bot.checks.regions import differ

from .test_laws import association, cluster, network, subnet


@pytest.mark.parametrize(
    ("region", "other", "expected"),
    [
        ("japaneast", "japanwest", True),
        ("eastus", "eastus2", True),
        ("chinaeast2", "usgovvirginia", True),
        ("japaneast", "japaneast", False),
        ("newregion", "newregion", None),
        ("global", "global", None),
        ("japaneast", "je", None),
        ("japaneast2", "japaneast", None),
    ],
)
def test_a_name_that_nobody_knows_may_be_another_word_for_any_region(region: str, other: str, expected: bool | None):
    assert differ(region, other) is expected
    assert differ(other, region) is expected


AKS = cluster("one", "azure", "overlay")


def peering(nodes: str, gateway: str, **placed: str) -> tuple[str, str]:
    """AGC006 and AGC007 of two peered networks in these regions, and of an association that may say where it is."""
    documents = [subnet("agc", "10.0.4.0/24", "b"), [association("g1", "agc", "b") | placed]]
    documents += [network("a", nodes, "b"), network("b", gateway, "a")]
    statuses = {finding.id: str(finding.status) for finding in check([AKS, *documents], "en")}
    return statuses["AGC006"], statuses["AGC007"]


def test_only_regions_that_are_known_to_differ_rule_a_regional_peering_out():
    assert peering("japaneast", "japanwest") == ("pass", "fail")
    assert peering("japaneast", "Japan East") == ("fail", "pass")
    for unclear in ("JE", "unknown", "n/a", "REPLACE_ME", "japaneast2", "要確認"):
        assert peering("japaneast", unclear) == peering(unclear, "japaneast") == ("unknown", "unknown")
        assert peering(unclear, unclear) == ("unknown", "unknown")
    assert peering("global", "Global") == ("unknown", "unknown")


def test_an_association_is_where_its_subnet_is():
    for location in ("japanwest", "Japan West", "", "[resourceGroup().location]"):
        assert peering("japaneast", "japanwest", location=location) == ("pass", "fail")
    assert peering("japaneast", "japanwest", location="japaneast") == ("unknown", "unknown")


def test_within_one_network_no_region_decides():
    documents = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc") | {"location": "japanwest"}]]
    statuses = [str(each.status) for each in check([AKS, *documents, network("a", "japaneast")], "en")]
    assert statuses[5:7] == ["pass", "pass"]


@pytest.mark.parametrize("word", ["REPLACE_ME", "unknown", "n/a", "null", "none", "x", "-", "未定", "fill-me"])
def test_the_same_word_for_two_networks_does_not_make_them_one(word: str):
    vnets = {"aks": {"id": word, "region": "japaneast"}, "agc": {"id": word, "region": "japaneast"}, "peered": True}
    pools = [{"name": "np", "vnetSubnetId": None, "podSubnetId": None}]
    findings = check({"aks": AKS | {"agentPoolProfiles": pools}, "vnets": vnets}, "en")
    assert {str(each.status) for each in findings if each.id == "AGC006"} != {"pass"}
