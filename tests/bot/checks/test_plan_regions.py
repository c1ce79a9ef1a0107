"""Where what a plan creates is put: az takes the region of a resource group for what is created in it without one."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Plan

from .planwork import flat, made, worlds
from .test_laws import association, deployment, network, subnet
from .test_plan import NO_ASSOCIATIONS

OVERLAY = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
GATEWAYS = "Microsoft.ServiceNetworking/trafficControllers"
IDLE = {"id": f"/subscriptions/0/resourceGroups/rg-agc/providers/{GATEWAYS}/g1", "name": "g1", "type": GATEWAYS}


def creating(plan: Plan) -> list[list[str]]:
    """The commands that create a gateway or a part of one, word by word."""
    lines = [shlex.split(line) for step in plan.steps for line in step.commands]
    return [line for line in lines if line[:3] == ["az", "network", "alb"] and "create" in line]


def regions(plan: Plan) -> list[str]:
    return [line[line.index("--location") + 1] for line in creating(plan)]


def moving(*listed: dict[str, Any], beside: tuple[Any, ...] = ()) -> Plan:
    return made([OVERLAY, subnet("wide", "10.0.6.0/23"), list(listed), deployment("1.8.0"), *beside], "overlay")


@given(worlds())
def test_whatever_is_created_is_given_a_region(documents: list[Any]):
    for goal in ("overlay", "agc"):
        for plan in plans(compose(documents), goal, "en"):
            assert len(regions(plan)) == len(creating(plan))


def test_a_gateway_that_moves_stays_in_its_region_whatever_that_of_its_group():
    g1 = association("g1", "wide")
    assert regions(moving(g1 | {"location": "Japan West"})) == ["japanwest"]
    assert regions(moving(g1, beside=([IDLE | {"location": "japanwest"}],))) == ["japanwest"]


def test_a_region_that_no_document_tells_is_filled_in_from_the_gateway():
    plan = moving(association("g1", "wide"), beside=(network("a", "japaneast"),))
    assert regions(plan) == ["<GATEWAY_REGION>"]
    filled = {fill.name: fill.what for step in plan.steps for fill in step.fill}
    assert "`az network alb show`" in filled["<GATEWAY_REGION>"]


def test_of_two_regions_of_one_gateway_none_is_taken():
    g1 = association("g1", "wide") | {"location": "japanwest"}
    assert regions(moving(g1, beside=([IDLE | {"location": "japaneast"}],))) == ["<GATEWAY_REGION>"]


@pytest.mark.parametrize(("located", "region"), [({"location": "japaneast"}, "japaneast"), ({}, "<GATEWAY_REGION>")])
def test_a_gateway_without_an_association_gets_one_in_its_region(located: dict[str, str], region: str):
    gateway: dict[str, Any] = IDLE | {"associations": []} | located
    assert regions(made([OVERLAY, subnet("agc", "10.0.4.0/24"), [gateway], [], deployment("1.8.0")], "agc")) == [region]


NEW = made([OVERLAY | {"location": "japaneast"}, NO_ASSOCIATIONS, deployment("1.8.0")], "agc")


def test_a_new_gateway_and_its_parts_are_put_where_the_nodes_are():
    assert regions(NEW) == ["japaneast"] * 3


def options(line: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is created, and the options that are given, without the subscription, which pages set beforehand."""
    verb = line[3 : line.index("create") + 1]
    return tuple(verb), tuple(word for word in line if word.startswith("--") and word != "--subscription")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_pages_have_the_commands_of_the_plan(root: Path, lang: str):
    pages = [(root / f"docs/{lang}/rules/agc00{at}.md").read_text("utf-8") for at in (4, 5, 6, 7)]
    fences = [fence for page in pages for fence in re.findall("```bash\n(.*?)```", page, re.DOTALL)]
    lines = [shlex.split(line, comments=True) for fence in fences for line in fence.replace("\\\n", "").splitlines()]
    shown = {options(line) for line in lines if line[:3] == ["az", "network", "alb"] and "create" in line}
    assert shown == {options(line) for plan in (moving(association("g1", "wide")), NEW) for line in creating(plan)}
