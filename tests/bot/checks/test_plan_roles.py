"""The roles that ALB Controller needs on what a plan creates, and the resource group where its role is."""

import shlex
from typing import Any

from hypothesis import given

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Plan

from .planwork import flat, made, worlds
from .test_laws import association, deployment, network, subnet
from .test_plan import NO_ASSOCIATIONS

OVERLAY = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
ADDON = {"ingressProfile": {"applicationLoadBalancer": {"enabled": True}}}
GATEWAYS = "Microsoft.ServiceNetworking/trafficControllers"


def words(plan: Plan, step: str) -> list[list[str]]:
    return [shlex.split(line) for each in plan.steps if each.id == step for line in each.commands]


def value(line: list[str], option: str) -> str:
    return line[line.index(option) + 1]


def roles(plan: Plan, step: str) -> list[tuple[str, str]]:
    """Each role with its scope."""
    lines = words(plan, step)
    return [(value(line, "--role"), value(line, "--scope")) for line in lines if line[1:3] == ["role", "assignment"]]


def wide(**more: Any) -> Plan:
    return made(
        [OVERLAY | more, subnet("wide", "10.0.6.0/23"), [association("g1", "wide")], deployment("1.8.0")], "overlay"
    )


def test_the_subnet_that_an_existing_gateway_moves_to_is_the_scope_of_the_controllers_role():
    ((role, scope),) = roles(wide(), "subnet")
    assert role == "Network Contributor"
    assert scope == value(words(wide(), "move")[1], "--subnet")


def test_who_gets_the_role_is_filled_in_by_the_reader():
    (step,) = [step for step in wide().steps if step.id == "subnet"]
    filled = {fill.name: fill.what for fill in step.fill}
    assert "`az identity show`" in filled["<CONTROLLER_PRINCIPAL_ID>"]


def test_a_gateway_to_come_follows_its_two_roles():
    plan = made([OVERLAY, subnet("agc", "10.0.4.0/24"), NO_ASSOCIATIONS, deployment("1.8.0")], "agc")
    lines = words(plan, "gateway")
    assert [line[1] for line in lines] == ["role", "role", "network", "network", "network"]
    assert roles(plan, "gateway") == [
        ("Network Contributor", value(lines[-1], "--subnet")),
        ("AppGw for Containers Configuration Manager", "/subscriptions/0/resourceGroups/rg"),
    ]


def test_the_role_for_a_gateway_that_is_there_is_on_its_own_resource_group():
    idle = f"/subscriptions/1/resourceGroups/rg-agc/providers/{GATEWAYS}/g1"
    there = {"id": idle, "name": "g1", "type": GATEWAYS, "associations": []}
    plan = made([OVERLAY, subnet("agc", "10.0.4.0/24"), [there], [], deployment("1.8.0")], "agc")
    assert ("AppGw for Containers Configuration Manager", "/subscriptions/1/resourceGroups/rg-agc") in roles(
        plan, "associate"
    )


def test_the_addon_has_its_role_in_a_network_that_aks_made_and_only_there():
    managed = wide(**ADDON, agentPoolProfiles=[{"name": "np", "vnetSubnetId": None}])
    assert words(managed, "subnet") and roles(managed, "subnet") == []
    assert len(roles(wide(**ADDON), "subnet")) == 1


def test_a_gateway_that_takes_the_place_of_another_is_created_in_its_resource_group():
    far = association("g1", "hub", "b")
    networks = [network("a", "japaneast", "b"), network("b", "japanwest")]
    plan = made([OVERLAY, subnet("hub", "10.9.0.0/24", "b"), [far], deployment("1.8.0"), *networks], "overlay")
    lines = words(plan, "replace")
    old = far["id"].split("/")
    assert {value(line, "--resource-group") for line in lines} == {old[old.index("resourceGroups") + 1]}
    assert {value(line, "--subscription") for line in lines} == {old[2]}


@given(worlds())
def test_no_gateway_is_associated_with_a_subnet_that_no_step_gave_a_role_on(documents: list[Any]):
    for goal in ("overlay", "agc"):
        for plan in plans(compose(documents), goal, "en"):
            given_on = {scope for step in plan.steps for _, scope in roles(plan, step.id)}
            for step in plan.steps:
                for line in words(plan, step.id):
                    if line[3:5] == ["association", "create"]:
                        assert value(line, "--subnet") in given_on


def test_the_route_table_of_the_nodes_subnet_is_named_before_kubenet_goes():
    table = "/subscriptions/1/resourceGroups/rg-hub/providers/Microsoft.Network/routeTables/rt x"
    nodes = subnet("nodes", "10.0.0.0/22", delegated=False) | {"routeTable": {"id": table}}
    for plugin, named in (("kubenet", True), ("azure", False)):
        aks = flat(networkProfile={"networkPlugin": plugin, "networkPolicy": None}, identity={"type": "SystemAssigned"})
        plan = made([aks, nodes, NO_ASSOCIATIONS], "overlay")
        assert (("Network Contributor", table) in roles(plan, "identity")) is named
        first = [shlex.split(line) for step in plan.steps if step.id == "upgrade" for line in step.first]
        assert any(line[1:4] == ["network", "route-table", "show"] and table in line for line in first) is named
