"""A subnet that a plan creates holds what the plan puts on it, be it by a reference or by the id that it will have."""

from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.clusters.assemble import cases
from bot.checks.clusters.doubts import doubted
from bot.checks.rules.engine import rule_named

from .test_laws import NETWORK, cluster
from .test_laws import association as listed
from .test_laws import subnet as described
from .test_plans import AFTER, VNET, aks, association, change, plan, refers, subnet

AGC = f"{VNET}/a/subnets/agc"
NAMES = {"resource_group_name": "rg-net", "virtual_network_name": "a"}
CONFIG = {"resources": [refers("azurerm_subnet.agc.id", "azurerm_subnet.agc")]}


def new(**names: Any) -> dict[str, Any]:
    made = subnet("agc", "10.0.4.0/24")
    made["change"]["after"] |= names
    return made


def judged(*documents: Any) -> tuple[str, str]:
    (finding,) = [each for each in check(compose(list(documents)), "en") if each.id == "AGC005"]
    return str(finding.status), finding.fix


@pytest.mark.parametrize("names", [{}, NAMES])
def test_the_only_association_with_a_new_subnet_passes(names: dict[str, str]):
    assert judged(plan(aks(), new(**names), association("a", None), config=CONFIG))[0] == "pass"
    both = [association("a", None, address=f"{association('a', None)['address']}[{at}]") for at in (0, 1)]
    assert judged(plan(aks(), new(**names), *both, config=CONFIG))[0] == "fail"
    assert judged(plan(aks(), new(**names), association("a", None), association("b", None), config=CONFIG))[0] == (
        "unknown"
    )


@pytest.mark.parametrize(
    ("names", "literal", "status"),
    [
        (NAMES, AGC, "fail"),
        (NAMES, AGC.upper(), "fail"),
        (NAMES, f"{VNET}/a/subnets/agc2", "pass"),
        (NAMES, AGC.replace("rg-net", "rg-other"), "pass"),
        (NAMES, f"{VNET}/b/subnets/agc", "pass"),
        ({"virtual_network_name": "a"}, AGC, "unknown"),
        ({"resource_group_name": "rg-net"}, AGC, "unknown"),
        ({"virtual_network_name": "b"}, AGC, "pass"),
        ({}, AGC, "unknown"),
    ],
)
def test_an_id_of_the_same_names_is_the_new_subnet(names: dict[str, str], literal: str, status: str):
    there = plan(aks(), new(**names), association("a", None), association("b", literal), config=CONFIG)
    statuses = {verdict for view, verdict in judged_views(there) if view == "agc"}
    assert status in statuses and ("pass" in statuses) == (status == "pass")


def judged_views(raw: Any) -> list[tuple[str, str]]:
    """Each subnet alone: of another one the plan shows no prefix, so that AGC005 of both is open."""
    (case,) = cases(compose(raw))
    rule = rule_named("AGC005")
    assert rule is not None
    verdicts = [(view, doubted(rule.judge(view.snapshot), view.doubts)) for view in case.views]
    return [(view.name.rsplit(".", 1)[-1], str(verdict.status)) for view, verdict in verdicts]


def test_an_association_that_exists_on_the_same_names_may_be_on_it():
    status, fix = judged(plan(aks(), new(**NAMES), association("a", None), config=CONFIG), [listed("g1", "agc")])
    assert status != "pass" and fix


def test_a_subnet_of_unknown_name_may_be_any():
    made = new(**NAMES)
    made["change"]["after_unknown"] = AFTER | {"name": True}
    raw = plan(aks(), made, association("a", None), association("b", f"{VNET}/a/subnets/x"), config=CONFIG)
    assert judged(raw)[0] == "unknown"


def test_a_subnet_inside_of_a_new_network_is_new():
    inside = {"name": "agc", "address_prefixes": ["10.0.4.0/24"], "delegation": new()["change"]["after"]["delegation"]}
    network = change("azurerm_virtual_network.n", {"name": "a", "resource_group_name": "rg-net", "subnet": [inside]})
    assert judged(plan(aks(), network | {}, association("b", AGC)))[0] != "fail"


def test_of_a_subnet_that_a_plan_does_not_create_somebody_else_must_tell():
    read = {"address": "data.azurerm_subnet.agc", "mode": "data", "type": "azurerm_subnet", "name": "agc"}
    values = {"id": AGC, "name": "agc", "address_prefixes": ["10.0.4.0/24"]}
    alone = plan(aks(), association("a", AGC), read=[read | {"values": values}])
    assert judged(alone)[0] == "unknown"
    assert judged(alone, {"agcAssociations": []})[0] == "pass"
    assert judged(alone, [listed("g1", "agc")])[0] == "fail"
    managed = plan(aks(), subnet("agc", "10.0.4.0/24", AGC), association("a", AGC))
    assert judged(managed)[0] == "unknown"
    assert judged(managed, {"agcAssociations": []})[0] == "pass"


def template(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"contentVersion": "1.0.0.0", "resources": list(resources)}


def declared(name: str, prefix: Any, network: str | None = None) -> dict[str, Any]:
    """A subnet that a template declares by itself, or inside of a network."""
    made = {"name": name, "properties": {"addressPrefix": prefix}}
    if network is None:
        return {**made, "type": "Microsoft.Network/virtualNetworks/subnets"}
    inside = {"addressSpace": {}, "subnets": [made]}
    return {"name": network, "type": "Microsoft.Network/virtualNetworks", "properties": inside}


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        (declared("agc", "10.0.4.0/23", "a"), "unknown"),
        (declared("AGC", "10.0.4.0/23", "A"), "unknown"),
        (declared("a/agc", "10.0.4.0/23"), "unknown"),
        (declared("agc", "10.0.4.0/23"), "unknown"),
        (declared("agc", "10.0.4.0/23", "[parameters('vnet')]"), "unknown"),
        (declared("agc", "[parameters('prefix')]", "a"), "unknown"),
        (declared("agc", "10.0.4.0/24", "a"), "pass"),
        (declared("agc", "10.0.4.0/23", "b"), "pass"),
        (declared("b/agc", "10.0.4.0/23"), "pass"),
        (declared("nodes", "10.0.4.0/23", "a"), "pass"),
        (declared("agc", None, "a"), "pass"),
        (declared("agc", "10.0.4.0/23", "a") | {"id": f"{NETWORK}/b"}, "pass"),
    ],
)
def test_what_is_said_of_a_subnet_by_its_name_alone_may_be_said_of_each_of_that_name(resource: Any, status: str):
    known = [cluster("one", "azure", "overlay"), described("agc", "10.0.4.0/24"), [listed("g1", "agc")]]
    for documents in ([*known, template(resource)], [template(resource), *known]):
        by_rule = {each.id: each for each in check(compose(documents), "en")}
        assert str(by_rule["AGC004"].status) == status and str(by_rule["AGC005"].status) == "pass"
        assert ("without its ID" in by_rule["AGC004"].fix) == (status == "unknown")


def test_what_is_too_large_stays_so_whatever_a_template_makes_of_it():
    known = [cluster("one", "azure", "overlay"), described("agc", "10.0.4.0/23"), [listed("g1", "agc")]]
    made = check(compose([*known, template(declared("agc", "10.0.4.0/24", "a"))]), "en")
    assert [str(each.status) for each in made if each.id == "AGC004"] == ["fail"]
