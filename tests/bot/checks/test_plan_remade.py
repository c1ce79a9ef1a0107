"""A plan that destroys the cluster and creates it anew is in the way of every step: it makes no upgrade."""

from typing import Any

import pytest

from bot.checks import InputError, compose
from bot.checks.plan import plans
from bot.checks.plan.records import GOALS, Plan
from bot.checks.plan.remedies import remedies
from bot.checks.rules.engine import judge

from .planwork import PLACE, flat, made
from .test_laws import association, deployment, subnet
from .test_plan_input import step
from .test_plans import aks, azapi, change, plan

OWN = {"id": f"{PLACE}/one", "name": "one"}
NOW: list[list[Any]] = [[], [flat(), subnet("agc", "10.0.6.0/23"), [association("g", "agc")], deployment("1.6.7")]]


def replaced(plugin: str, actions: str = "delete create") -> dict[str, Any]:
    return plan(aks(plugin, None, actions=actions, before={**OWN, "network_profile": [{"network_plugin": "kubenet"}]}))


@pytest.mark.parametrize("actions", ["delete create", "create delete"])
@pytest.mark.parametrize("plugin", ["azure", "kubenet"])
@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("now", NOW)
def test_a_plan_that_makes_the_cluster_anew_is_a_blocker(actions: str, plugin: str, goal: str, now: list[Any]):
    """Whatever the new cluster would be, and whatever else is known of the one that is there."""
    way = made([replaced(plugin, actions), *now], goal)
    (blocker,) = way.blockers
    assert (way.steps, blocker.id) == ((), "remade")
    assert blocker.observed == "azurerm_kubernetes_cluster.main (delete, create)"
    assert "no upgrade" in blocker.reason.text and blocker.reason.section == "service/cli#plan"
    assert "do not apply the Terraform plan" in blocker.instead and "az aks show" in blocker.instead


def test_without_that_plan_the_cluster_has_its_steps():
    """As the blocker advises: the data of the cluster as it is stand in the plan's place."""
    assert made(NOW[1], "overlay").blockers == ()


def test_a_cluster_of_another_template_language_is_told_by_its_resource():
    profile = {"properties": {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}}
    own = azapi("main", "Microsoft.ContainerService/managedClusters", profile)
    own["change"] |= {"actions": ["delete", "create"], "before": own["change"]["after"]}
    assert [blocker.observed for blocker in made(plan(own), "agc").blockers] == ["azapi_resource.main (delete, create)"]


def test_of_several_clusters_only_the_one_that_is_replaced_has_the_blocker():
    green = flat(name="green", id=f"{PLACE}/green")
    ways: dict[bool, Plan] = {
        bool(way.blockers): way for way in plans(compose([replaced("azure"), green]), "overlay", "en")
    }
    assert ways[False].name == "green" and ways[False].steps
    assert [blocker.id for blocker in ways[True].blockers] == ["remade"]


def test_a_plan_that_only_creates_or_changes_a_cluster_is_no_blocker():
    assert made(plan(aks()), "overlay").blockers == () and step(made(plan(aks()), "overlay"), "apply").marks == ()
    before = aks()["change"]["after"]
    assert made(plan(aks(actions="update", before=before)), "overlay").blockers == ()


def test_a_what_if_deletes_a_cluster_and_never_replaces_it():
    """Of one resource it has one change: a cluster that goes is refused, as with a Terraform plan."""
    gone = {"changes": [{"resourceId": OWN["id"], "changeType": "Delete", "before": flat()}]}
    with pytest.raises(InputError) as caught:
        made(gone, "overlay")
    assert caught.value.code == "plan-destroys"


@pytest.mark.parametrize(("actions", "updated"), [("no-op", True), ("delete create", False)])
def test_a_controller_that_goes_with_the_cluster_gets_no_update_below_its_finding(actions: str, updated: bool):
    own = aks(actions=actions, before=aks()["change"]["after"])
    inventory = compose([plan(own), deployment("1.6.7")])
    (mending,) = remedies(inventory, judge(inventory, "en"))
    assert any("helm upgrade" in line for line in mending.get("AGC003", [])) is updated


def test_a_resource_group_that_is_replaced_takes_the_cluster_with_it():
    group = {"id": "/subscriptions/0/resourceGroups/rg", "name": "rg"}
    anew = change("azurerm_resource_group.rg", group, {"id": True}, "delete create", before=group)
    kept = aks(actions="no-op")["change"]["after"] | OWN | {"resource_group_name": "rg"}
    cluster = change("azurerm_kubernetes_cluster.main", kept, {}, "no-op", before=kept)
    with pytest.raises(InputError) as caught:
        made(plan(anew, cluster), "overlay")
    assert caught.value.code == "plan-destroys"
