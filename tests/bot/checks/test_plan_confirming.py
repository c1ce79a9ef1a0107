"""A plan checks the cluster anew before what cannot be undone, and at its end, with each subnet of its gateways."""

import shlex
from typing import Any

import pytest
from hypothesis import given

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Plan

from .planwork import PLACE, flat, made, worlds
from .test_laws import NETWORK, association, deployment, subnet
from .test_plan import NO_ASSOCIATIONS

OVERLAY = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
CALICO = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": "calico"}


def first(plan: Plan, step: str) -> list[str]:
    return [line for each in plan.steps if each.id == step for line in each.first]


def commands(plan: Plan, step: str) -> list[str]:
    return [line for each in plan.steps if each.id == step for line in each.commands]


def subnets(text: str) -> list[str]:
    """Of all snapshots of a command."""
    words = [shlex.split(line) for line in text.split(" && ")]
    return [line[line.index("--subnet-id") + 1].rpartition("/")[2] for line in words if "--subnet-id" in line]


def test_the_engine_and_the_upgrade_wait_for_a_check_of_the_planned_upgrade():
    plan = made([flat(networkProfile=CALICO), NO_ASSOCIATIONS], "overlay")
    expected = [
        "kb snapshot --resource-group rg --name one --subscription 0 --run > snapshot.json",
        "kb check snapshot.json --planned upgrade-to-overlay",
    ]
    assert first(plan, "policy") == first(plan, "upgrade") == expected
    gated = [step for step in plan.steps if step.id in ("policy", "upgrade")]
    assert [any("With any other reason, stop" in note.text for note in step.notes) for step in gated] == [True, True]


@given(worlds())
def test_no_upgrade_of_an_existing_cluster_is_without_that_check(documents: list[Any]):
    for plan in plans(compose(documents), "overlay", "en"):
        open_upgrades = [step for step in plan.steps if step.id == "upgrade" and step.need != "done"]
        assert all("--planned upgrade-to-overlay" in " ".join(step.first) for step in open_upgrades)


def test_an_engine_that_is_gone_already_needs_no_check():
    plan = made([flat(), NO_ASSOCIATIONS], "overlay")
    assert first(plan, "policy") == [] and len(first(plan, "upgrade")) == 2


def test_one_gateway_needs_one_snapshot_that_finds_its_subnet_itself():
    plan = made([flat(), subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], deployment("1.8.0")], "overlay")
    assert plan.confirm and plan.confirm.command == (
        "kb snapshot --resource-group rg --name one --subscription 0 --run > snapshot.json && kb check snapshot.json"
    )


def test_several_gateways_need_a_snapshot_for_each_subnet_that_they_will_be_on():
    shared = [association("g1", "agc"), association("g2", "agc")]
    documents = [flat(networkProfile=OVERLAY), subnet("agc", "10.0.4.0/24"), shared, deployment("1.8.0")]
    plan = made(documents, "overlay")
    assert [step.id for step in plan.steps if step.need == "todo"] == ["subnet", "window", "move"]
    (moved_to,) = [shlex.split(line)[-1].rpartition("/")[2] for line in commands(plan, "move")[1:]]
    assert plan.confirm and subnets(plan.confirm.command or "") == ["agc", moved_to]
    assert (plan.confirm.command or "").endswith("kb check snapshot-1.json snapshot-2.json")


def test_a_subnet_that_a_gateway_leaves_is_not_looked_at():
    both = [association("g1", "agc"), association("g1", "wide"), association("g2", "other")]
    both[1]["id"] = both[1]["id"].replace("associations/", "associations/old-")
    places = [subnet("agc", "10.0.4.0/24"), subnet("wide", "10.0.6.0/23"), subnet("other", "10.0.8.0/24")]
    plan = made([flat(networkProfile=OVERLAY), *places, both, deployment("1.8.0")], "overlay")
    assert any(step.id == "leave" for step in plan.steps)
    assert plan.confirm and subnets(plan.confirm.command or "") == ["agc", "other"]


def test_ranges_of_a_peered_network_that_is_in_the_input_are_named_in_both_directions():
    def vnet(name: str, space: str, *peers: str) -> dict[str, Any]:
        peerings = [{"name": peer, "remoteVirtualNetwork": {"id": f"{NETWORK}/{peer}"}} for peer in peers]
        kind = {"id": f"{NETWORK}/{name}", "name": name, "type": "Microsoft.Network/virtualNetworks"}
        return kind | {"addressSpace": {"addressPrefixes": [space]}, "virtualNetworkPeerings": peerings}

    for networks in (
        [vnet("a", "10.60.0.0/16", "hub"), vnet("hub", "10.70.0.0/16")],
        [vnet("a", "10.60.0.0/16"), vnet("hub", "10.70.0.0/16", "a")],
    ):
        plan = made([flat(), *networks, NO_ASSOCIATIONS], "overlay")
        notes = [note.text for step in plan.steps if step.id == "upgrade" for note in step.notes]
        assert any("10.60.0.0/16" in text and "10.70.0.0/16" in text and "ExpressRoute" in text for text in notes)


@pytest.mark.parametrize(("plugin", "page"), [("kubenet", "From kubenet to AGC"), ("azure", "From Azure CNI to CNI")])
def test_an_upgrade_names_the_page_with_what_no_input_shows(plugin: str, page: str):
    profile = {"networkPlugin": plugin, "networkPluginMode": None, "networkPolicy": None}
    plan = made([flat(networkProfile=profile, identity={"type": "UserAssigned"}), NO_ASSOCIATIONS], "overlay")
    assert any(page in note.text for note in plan.notes)
    assert not any("Before the first step" in note.text for note in made([flat(networkProfile=OVERLAY)], "agc").notes)


def test_the_name_of_a_cluster_is_quoted_in_what_checks_it():
    aks = flat() | {"name": "a b", "id": f"{PLACE}/a b"}
    line = first(made([aks, NO_ASSOCIATIONS], "overlay"), "upgrade")[0]
    assert "$" not in line and ";" not in line and line.endswith(" --run > snapshot.json")
