"""Steps that apply a plan: what they make and what they disrupt."""

from typing import Any

import pytest

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Mark, Plan

from .test_plans import ASSOCIATION, VNET, aks, change, plan, refers, subnet

GATEWAY = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceNetworking/trafficControllers/front"
OLD = f"{VNET}/a/subnets/old"


def made(*changes: dict[str, Any], goal: str = "agc", lang: str = "en", config: Any = None) -> Plan:
    (each,) = plans(compose(plan(*changes, config=config)), goal, lang)
    return each


def moving(actions: str) -> dict[str, Any]:
    """An association that a plan puts on a subnet which it creates."""
    before = {"id": f"{GATEWAY}/associations/as", "name": "as", "application_load_balancer_id": GATEWAY}
    after = {key: before[key] for key in ("name", "application_load_balancer_id")}
    unknown = {"id": True, "subnet_id": True}
    return change(f"{ASSOCIATION}.a", after, unknown, actions, before={**before, "subnet_id": OLD})


@pytest.mark.parametrize(("lang", "words"), [("en", "the subnet of front"), ("ja", "front のサブネット")])
def test_an_apply_that_moves_a_gateway_may_disrupt_traffic_and_names_it(lang: str, words: str):
    new, network = subnet("new", "10.0.4.0/24"), {"name": "a", "id": f"{VNET}/a", "location": "japaneast"}
    new["change"]["after"]["virtual_network_name"] = "a"
    network_of = {
        "virtual_network_name": {"references": ["azurerm_virtual_network.a.name", "azurerm_virtual_network.a"]}
    }
    config = {
        "resources": [
            refers("azurerm_subnet.new.id", "azurerm_subnet.new"),
            {"address": "azurerm_subnet.new", "expressions": network_of},
        ]
    }
    there = [aks(actions="no-op"), change("azurerm_virtual_network.a", network, {}, "no-op")]
    steps_made = made(*there, new, moving("delete create"), lang=lang, config=config).steps
    (apply,) = [step for step in steps_made if step.id == "apply"]
    assert words in apply.title
    assert Mark.DISRUPTIVE in apply.marks


def test_an_apply_that_creates_everything_disrupts_nothing():
    config = {"resources": [refers("azurerm_subnet.new.id", "azurerm_subnet.new")]}
    new = change(f"{ASSOCIATION}.a", {"name": "as"}, {"id": True, "subnet_id": True})
    (apply,) = [step for step in made(aks(), subnet("new", "10.0.4.0/24"), new, config=config).steps if step.commands]
    assert (apply.id, apply.marks) == ("apply", ())
