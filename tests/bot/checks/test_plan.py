"""Plans are played through: every step finds its conditions, and after the last one the rules pass."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import InputError, compose, inspect
from bot.checks.clusters.assemble import cases
from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan import GOALS, plans
from bot.checks.plan.beside import beside
from bot.checks.plan.idea import Idea
from bot.checks.plan.planner import after, arranged
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import RULES, State, state_of
from bot.checks.plan.steps import ideas

from .planwork import flat, made, steps, worlds
from .test_laws import DOCUMENTS, GATEWAY, NETWORK, association, deployment, subnet

GATEWAY_RULES = ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007")


NO_ASSOCIATIONS: dict[str, Any] = {"agcAssociations": []}  # a bare list does not say of what it is


def states(documents: list[Any]) -> list[State]:
    inventory = compose(documents)
    return [state_of(case, beside(inventory)) for case in cases(inventory)]


def played(state: State, order: list[Idea]) -> State:
    for step in order:
        if step.need is Need.DONE:
            continue
        assert step.requires(state), step.id
        if step.id == "upgrade":
            may_upgrade(state)
        state = step.effect(state)
    return state


def may_upgrade(state: State) -> None:
    """What the rules say of the upgrade at this very moment."""
    for at, gateway in enumerate(state.gateways):
        for snapshot, _ in state.snapshots(at):
            planned = snapshot.model_copy(update={"planned": "upgrade-to-overlay"})
            assert RULES["AGC012"].judge(planned).status is Status.PASS
            if gateway.exists is not False:
                for rule in ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007", "AGC009"):
                    assert RULES[rule].judge(planned).status in (Status.PASS, Status.NOT_APPLICABLE), rule


@given(worlds(), st.sampled_from(GOALS))
def test_every_step_finds_its_conditions_and_after_the_last_one_the_rules_pass(documents: list[Any], goal: str):
    plan = made(documents, goal)
    (state,) = states(documents)
    if plan.blockers:
        assert plan.steps == () and plan.confirm is None
        return
    order = arranged(state, ideas(state, goal))
    assert [step.id for step in order] == [step.id for step in plan.steps]
    end = played(state, order)
    assert end.network is Network.OVERLAY or goal == "agc"
    for at, gateway in enumerate(end.gateways):
        if gateway.exists is False and goal == "overlay":
            continue  # a free subnet is no gateway
        verdicts = {rule: end.verdict(rule, at) for rule in RULES}
        assert [rule for rule, verdict in verdicts.items() if verdict.status is Status.FAIL] == []
        # Which engine is supported next to CNI Overlay is not what a plan changes.
        open_ones = [
            rule for rule, verdict in verdicts.items() if verdict.status is Status.UNKNOWN and rule != "AGC008"
        ]
        assert open_ones == [] or end.in_use is False, open_ones
    if goal == "agc":
        assert end.in_use is True


@given(worlds(), st.sampled_from(GOALS))
def test_where_nothing_is_to_be_done_everything_passes_already(documents: list[Any], goal: str):
    plan = made(documents, goal)
    if plan.blockers or any(step.need is not Need.DONE for step in plan.steps):
        return
    (state,) = states(documents)
    assert state.network is Network.OVERLAY or goal == "agc"
    assert all(state.verdict("AGC001", at).status is Status.PASS for at in range(len(state.gateways)))


@given(worlds(), st.sampled_from(GOALS))
def test_a_plan_played_through_leaves_nothing_to_do(documents: list[Any], goal: str):
    if made(documents, goal).blockers:
        return
    (state,) = states(documents)
    end = after(state, arranged(state, ideas(state, goal)))
    assert [idea.id for idea in ideas(end, goal) if idea.need is Need.TODO] == []


def test_a_wide_subnet_an_old_controller_and_a_policy_engine_come_before_the_upgrade():
    aks = flat(networkProfile={"networkPlugin": "azure", "networkPolicy": "calico"})
    plan = made([aks, subnet("wide", "10.0.6.0/23"), [association("g1", "wide")], deployment("1.6.7")], "overlay")
    assert steps(plan) == [
        ("version", "done"),
        ("pools", "done"),
        ("subnet", "todo"),
        ("window", "todo"),
        ("move", "todo"),
        ("controller", "todo"),
        ("policy", "todo"),
        ("upgrade", "todo"),
        ("detect", "todo"),
        ("policy-again", "todo"),
    ]
    by_id = {step.id: step for step in plan.steps}
    assert by_id["upgrade"].commands == (
        "az aks update --resource-group rg --name one --subscription 0 --network-plugin azure "
        "--network-plugin-mode overlay --pod-cidr '<POD_CIDR>'",
    )
    assert by_id["upgrade"].marks == (Mark.IRREVERSIBLE, Mark.DISRUPTIVE)
    assert by_id["move"].commands[0] == (
        "az network alb association delete --resource-group rg-agc --alb-name g1 --subscription 0 --name as"
    )
    assert by_id["subnet"].fill[0].name == "<FREE_24_PREFIX>"
    assert f"{NETWORK}/a/subnets/snet-agc-24" in by_id["move"].commands[1]


def test_a_kubenet_cluster_is_upgraded_before_anything_is_installed():
    aks = flat(networkProfile={"networkPlugin": "kubenet", "networkPolicy": None})
    plan = made([aks, NO_ASSOCIATIONS], "agc")
    order = [step.id for step in plan.steps]
    assert order.index("upgrade") < order.index("controller-install") < order.index("gateway")
    assert plan.steps[-1].rule == "AGC011"
    assert "detect" not in order  # nothing is there that could detect it
    alone = made([aks, NO_ASSOCIATIONS], "overlay")
    assert [step.id for step in alone.steps] == ["version", "identity", "policy", "window", "upgrade"]


def test_pod_subnets_take_a_gateway_as_they_are_but_are_not_upgraded():
    pools = [{"name": "np", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": f"{NETWORK}/a/subnets/pods"}]
    aks = flat(agentPoolProfiles=pools)
    blocked = made([aks, NO_ASSOCIATIONS], "overlay")
    assert [blocker.id for blocker in blocked.blockers] == ["pod-subnet"] and not blocked.steps
    taken = made([aks, NO_ASSOCIATIONS, deployment("1.8.0")], "agc")
    assert steps(taken) == [("controller-there", "done"), ("free-subnet", "todo"), ("gateway", "todo")]
    mixed = flat(agentPoolProfiles=[*pools, {"name": "two", "podSubnetId": None}])
    assert [blocker.id for blocker in made([mixed, NO_ASSOCIATIONS], "agc").blockers] == ["pod-subnet"]


@pytest.mark.parametrize(
    ("more", "blockers"),
    [
        ({"kubernetesVersion": "1.26.3"}, ["version"]),
        ({"networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium"}}, ["policy"]),
        ({"networkProfile": {"networkPlugin": "none"}}, ["own-cni"]),
        ({"networkProfile": {}}, ["no-data"]),
        (
            {
                "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"},
                "agentPoolProfiles": [{"name": "np", "podSubnetId": "/pods"}],
            },
            ["contradiction"],
        ),
        ({"networkProfile": {"networkPlugin": "(known after apply)"}}, ["no-data"]),
        (
            {
                "kubernetesVersion": "1.20",
                "networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium"},
                "agentPoolProfiles": [{"name": "np", "podSubnetId": "/pods"}],
            },
            ["pod-subnet", "version", "policy"],
        ),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_else(more: Any, blockers: list[str]):
    plan = made([flat(**more), []], "overlay")
    assert [blocker.id for blocker in plan.blockers] == blockers
    assert plan.steps == () and all(blocker.instead and blocker.reason.url for blocker in plan.blockers)


def test_what_the_input_calls_planned_is_left_out_of_account():
    snapshot = {"aks": flat(), "agcAssociations": [], "planned": "install-agc"}
    assert made(snapshot, "overlay") == made(snapshot | {"planned": None}, "overlay")


def test_a_gateway_that_a_plan_only_creates_is_not_there_yet():
    from .test_plans import aks as terraform_aks
    from .test_plans import association as created
    from .test_plans import plan as terraform
    from .test_plans import subnet as terraform_subnet

    known = f"{NETWORK}/a/subnets/agc"
    given = terraform(terraform_aks(), terraform_subnet("agc", "10.0.4.0/24", known), created("a", known))
    plan = made(given, "agc")
    assert steps(plan)[0] == ("apply", "todo") and plan.steps[0].title.endswith("the AGC resource")
    assert not any(name in ("gateway", "free-subnet") for name, _ in steps(plan))


SETS = st.lists(st.sampled_from(range(len(DOCUMENTS))), min_size=1, max_size=7, unique=True).map(
    lambda chosen: [DOCUMENTS[at] for at in chosen]
)


@given(SETS, st.sampled_from(GOALS))
def test_of_any_documents_a_plan_without_steps_left_is_one_without_failures(documents: list[Any], goal: str):
    """Whatever the findings leave open about a gateway, a plan must not call done."""
    inventory = compose(documents)
    try:
        planned = plans(inventory, goal, "en")
    except InputError:
        return
    now = compose(documents)
    now.planned = []
    for plan, findings in zip(planned, inspect(now, "en"), strict=True):
        assert plan.name == findings.name
        if plan.blockers or any(step.need is not Need.DONE for step in plan.steps):
            continue
        statuses = {finding.id: finding.status for finding in findings.findings}
        assert [rule for rule, status in statuses.items() if status is Status.FAIL] == []
        if statuses["AGC001"] is Status.PASS and any(step.id in ("place", "gateway") for step in plan.steps):
            assert [rule for rule in GATEWAY_RULES if statuses[rule] is Status.UNKNOWN] == []


ODD = {
    "a gateway in the subnet of the nodes": [association("g", "nodes")],
    "a gateway whose subnet nobody knows": [{"id": f"{GATEWAY}/g/associations/a", "subnet": None}],
    "a gateway in another network than the given subnet": [association("g", "agc", "b")],
    "a list that does not say whose it is": [{"subnet": {"id": f"{NETWORK}/a/subnets/agc"}}],
    "a page that goes on": {"value": [association("g", "agc")], "count": 3},
    "a gateway without a list": {"id": f"{GATEWAY}/g", "type": "Microsoft.ServiceNetworking/trafficControllers"},
}


@pytest.mark.parametrize("title", ODD)
def test_what_is_not_clear_is_no_step_that_is_done(title: str):
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    plan = made([overlay, subnet("agc", "10.0.4.0/24"), ODD[title], deployment("1.8.0")], "overlay")
    assert "unclear" in {str(step.need) for step in plan.steps}
    assert all(step.first for step in plan.steps if step.need is Need.UNCLEAR and step.id in ("subnet", "move"))


@pytest.mark.parametrize("version", ["1.6.7", "1.7.8"])
def test_a_controller_that_serves_traffic_is_updated_within_the_window(version: str):
    documents = [flat(), subnet("agc", "10.0.4.0/24"), [association("g", "agc")], deployment(version)]
    order = [step.id for step in made(documents, "overlay").steps if step.need == "todo"]
    assert order == ["window", "controller", "upgrade", "detect"]
    alone = made([flat(), {"agcAssociations": []}, deployment(version)], "overlay")
    assert [step.id for step in alone.steps if step.need == "todo"] == ["controller", "window", "upgrade"]
