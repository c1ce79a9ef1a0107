"""A stopped cluster is started first, one that is deleted has no plan, and what only a what-if makes is not done."""

from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.clusters.assemble import cases
from bot.checks.plan.beside import beside
from bot.checks.plan.records import GOALS, Need
from bot.checks.plan.state import state_of
from bot.checks.plan.steps import ideas

from .planwork import PLACE, flat, made, steps
from .test_laws import association, deployment, subnet
from .test_what_if import arm, change, what_if
from .test_what_if import association as placed
from .test_what_if import subnet as sized

STOPPED = {"powerState": {"code": "Stopped"}, "resourceGroup": "rg"}
START = "az aks start --resource-group rg --name one --subscription 0"
GATEWAY = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], deployment("1.8.0")]


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("documents", [[], GATEWAY])
def test_a_stopped_cluster_is_started_before_every_other_step(goal: str, documents: list[Any]):
    for lang in ("ja", "en"):
        first, *others = made([flat(**STOPPED), *documents], goal, lang).steps
        assert (first.id, first.need, first.commands) == ("start", Need.TODO, (START,))
        assert first.check.command == f"{START.replace('start', 'show')} --query powerState.code"
        assert [step.id for step in others] == [
            step.id for step in made([flat(resourceGroup="rg"), *documents], goal, lang).steps
        ]


def test_no_step_can_be_taken_before_the_cluster_runs():
    inventory = compose([flat(**STOPPED), *GATEWAY])
    (case,) = cases(inventory)
    state = state_of(case, beside(inventory))
    start, *others = ideas(state, "overlay")
    assert [idea.id for idea in (start, *others) if idea.need is not Need.DONE and idea.requires(state)] == ["start"]
    running = start.effect(state)
    assert any(idea.requires(running) for idea in others if idea.need is not Need.DONE)


def test_where_nothing_is_left_to_do_that_it_is_stopped_is_only_said():
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, **STOPPED)
    plan = made([overlay, *GATEWAY], "agc")
    assert {step.need for step in plan.steps} == {"done"}
    assert any(START in note.text for note in plan.notes)
    blocked = made([flat(**STOPPED, kubernetesVersion="1.20"), []], "overlay")
    assert blocked.blockers and any(START in note.text for note in blocked.notes)


@pytest.mark.parametrize("of", [{"provisioningState": "Deleting"}, {"properties": {"provisioningState": "deleting"}}])
def test_a_cluster_that_is_being_deleted_has_no_plan_and_passes_nothing(of: dict[str, Any]):
    for goal in GOALS:
        plan = made([flat(**of, **STOPPED), *GATEWAY], goal)
        assert ([blocker.id for blocker in plan.blockers], plan.steps) == (["deleting"], ())
        assert not any("State" in note.text for note in plan.notes)  # neither to be started nor to be waited for
    for plugin, said in (("azure", True), ("kubenet", False)):  # what is wrong with it stays wrong
        aks = flat(networkProfile={"networkPlugin": plugin, "networkPluginMode": None}, **of)
        findings = check([aks, *GATEWAY], "en")
        assert "pass" not in {finding.status for finding in findings}
        assert any("being deleted" in finding.fix for finding in findings) is said
        assert ("fail" in {finding.status for finding in findings}) is not said


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("state", ["Failed", "Canceled"])
@pytest.mark.parametrize("documents", [[[]], GATEWAY])
def test_a_failed_operation_is_named_above_the_steps_and_stands_in_the_way_of_none(
    documents: list[Any], state: str, lang: str
):
    for goal in GOALS:
        plan = made([flat(resourceGroup="rg", provisioningState=state), *documents], goal, lang)
        usual = made([flat(resourceGroup="rg"), *documents], goal, lang)
        assert (plan.blockers, steps(plan)) == ((), steps(usual))
        show = "`az aks show --resource-group rg --name one --subscription 0 --query provisioningState`"
        assert any(state in note.text and show in note.text for note in plan.notes)
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, provisioningState=state)
    done = made([overlay, *GATEWAY], "agc", lang)
    assert {step.need for step in done.steps} == {"done"} and state in done.summary


def test_a_blocker_says_what_is_in_doubt_and_nothing_else():
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    conditional = {"type": "Microsoft.ContainerService/managedClusters", "condition": "[parameters('x')]", **flat()}
    pool = {"id": f"{PLACE}/one/agentPools/np", "name": "np", "type": f"{conditional['type']}/agentPools"}
    page = {"value": [pool | {"properties": {"mode": "System"}}], "nextLink": "https://management.azure.com/more"}
    for documents, blocker in (
        ({"$schema": schema, "resources": [conditional]}, "condition"),
        ([flat(agentPoolProfiles=None), page], "cut-pools"),
    ):
        assert [each.id for each in made(documents, "overlay").blockers] == [blocker]


CONTROLLER = "1.8.0"
HERE = sized("10.0.4.0/24")
KEPT = change("NoChange", arm("overlay"), arm("overlay"))


def ways(*documents: Any, goal: str = "agc") -> dict[str, str]:
    return {step.id: str(step.need) for step in made([*documents, CONTROLLER], goal).steps}


def test_what_a_deployment_creates_is_deployed_first():
    every = what_if(change("Create", None, arm("overlay")), change("Create", None, placed("g1")))
    assert next(iter(ways(every, HERE).items())) == ("deploy", "todo")
    assert "upgrade" not in ways(every, HERE)
    there = what_if(KEPT, change("Create", None, placed("g1")))
    assert next(iter(ways(there, HERE).items())) == ("deploy", "todo")
    assert ways(there, HERE)["upgrade"] == "done"
    assert "deploy" not in ways(what_if(KEPT, change("NoChange", placed("g1"), placed("g1"))), HERE)


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ({"kubernetesVersion": "1.26.1"}, {"kubernetesVersion": "1.30.1"}, "deploy"),
        ({"kubernetesVersion": "1.30.1"}, {"kubernetesVersion": "1.30.1"}, "version"),
        ({"dnsPrefix": "a"}, {"dnsPrefix": "b"}, "version"),
    ],
)
def test_what_a_deployment_changes_is_not_done_before_it(before: Any, after: Any, first: str):
    was, will_be = arm(None), arm(None)
    was["properties"] |= before
    will_be["properties"] |= after
    assert next(iter(ways(what_if(change("Modify", was, will_be)), goal="overlay"))) == first


def test_the_upgrade_that_a_deployment_makes_is_a_step_and_not_done():
    ways_on = ways(what_if(change("Modify", arm(None), arm("overlay"))), goal="overlay")
    assert ways_on["upgrade"] == "todo" and ways_on["version"] == "done"
    assert "deploy" not in ways_on


def test_what_may_be_created_is_not_called_created():
    maybe = what_if(KEPT, potentialChanges=[change("Create", None, placed("g1"))])
    assert ways(maybe, HERE)["gateway"] == "unclear"
    snapshot = {"aks": arm("overlay"), "agcAssociations": []}
    assert ways(maybe, HERE, snapshot)["gateway"] == "unclear"
    assert ways(what_if(KEPT, change("NoChange", placed("g1"))), HERE)["gateway"] == "done"
