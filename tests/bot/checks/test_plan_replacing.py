"""A gateway in another region: the traffic is on a new one, and the old one is gone, before the cluster is upgraded."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.checks import compose, judge, remedies
from bot.checks.plan.idea import Idea
from bot.checks.plan.planner import after, arranged
from bot.checks.plan.records import GOALS, Mark, Need, Plan
from bot.checks.plan.steps import ideas

from .planwork import flat, made, steps, worlds
from .test_laws import NETWORK, association, deployment, network, subnet
from .test_plan import played, states

NODE_GROUP = "MC_rg_one_japaneast"
PEERED = [network("a", "japaneast", "b"), network("b", "japanwest")]
FAR = [*PEERED, subnet("far", "10.1.4.0/24", "b"), subnet("far2", "10.1.5.0/24", "b"), subnet("wide", "10.0.6.0/23")]
OVERLAY = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
PROFILES = [{"networkPlugin": "azure", "networkPolicy": policy} for policy in (None, "calico")]
PROFILES += [OVERLAY, {"networkPlugin": "kubenet", "networkPolicy": None}]


def far(gateway: str, where: str = "far", group: str = "rg-agc") -> dict[str, Any]:
    listed = association(gateway, where, "b")
    return listed | {"id": listed["id"].replace("rg-agc", group), "location": "japanwest"}


def balancer(gateway: dict[str, Any], name: str = "old") -> dict[str, Any]:
    own = gateway["id"].partition("/associations/")[0]
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": name, "namespace": "infra"},
        "spec": {"associations": [gateway["subnet"]["id"]]},
        "status": {"conditions": [{"type": "Deployment", "message": f"alb-id={own} alb-fqdn="}]},
    }


TAGGED = {"tags": {"managed-by-alb-controller": "true"}}
LISTS: list[list[Any]] = [
    [[far("g1")]],
    [[far("g1") | TAGGED]],
    [[far("g1")], balancer(far("g1"))],
    [[far("g1", group=NODE_GROUP)]],
    [[far("g1", group=NODE_GROUP), far("g2", "far2", NODE_GROUP)]],
    [[far("g1", group=NODE_GROUP), association("g2", "wide")]],
    [[far("g1"), far("g1", "far2") | {"id": f"{far('g1')['id']}-2"}]],
    [[far("g1"), association("g1", "wide")]],
    [],  # nobody says whether there is one
]


@st.composite
def far_worlds(draw: st.DrawFn) -> list[Any]:
    """A cluster whose gateways are in another region, with whatever else its plan has to do."""
    profile, listed = draw(st.sampled_from(PROFILES)), draw(st.sampled_from(LISTS))
    more = draw(st.sampled_from([{}, {"powerState": {"code": "Stopped"}}, {"identity": {"type": "UserAssigned"}}]))
    aks = flat(networkProfile=profile, location="japaneast", nodeResourceGroup=NODE_GROUP, **more)
    return [aks, *FAR, *listed, deployment(draw(st.sampled_from(["1.6.7", "1.8.0"])))]


def order_of(documents: list[Any], goal: str) -> list[Idea]:
    assume(not made(documents, goal).blockers)
    (state,) = states(documents)
    return arranged(state, ideas(state, goal))


def in_order(order: list[Idea]) -> None:
    at = {id(step): number for number, step in enumerate(order)}
    upgrades = [step for step in order if step.id == "upgrade" and step.need is not Need.DONE]
    for new in [step for step in order if step.id.startswith("replace")]:
        kind = new.id.removeprefix("replace")
        (switch,) = [step for step in order if step.id == "switch" and step.at == new.at]
        (retire,) = [step for step in order if step.id == f"retire{kind}" and step.at == new.at]
        assert at[id(new)] < at[id(switch)] < at[id(retire)]
        assert new.need is switch.need is retire.need
        assert Mark.DISRUPTIVE in switch.marks and Mark.DISRUPTIVE not in (*new.marks, *retire.marks)
    for switch in [step for step in order if step.id == "switch"]:
        (retire,) = [step for step in order if step.id in ("retire", "retire-managed") and step.at == switch.at]
        windows = [step for step in order if step.id.startswith("window")]
        assert at[id(windows[0])] < at[id(switch)]
        for upgrade in upgrades:
            last = windows[-1]
            assert windows[0].id == "window-switch" and last.id == "window"
            assert at[id(retire)] < at[id(last)] < at[id(upgrade)]
    switched = [step for step in order if step.id == "switch"]  # to a new one, or to one that is there
    assert sum(step.id.startswith("replace") for step in order) == sum(step.heir is None for step in switched)
    assert sum(step.id in ("retire", "retire-managed") for step in order) == len(switched)


@given(worlds(), st.sampled_from(GOALS))
def test_no_upgrade_comes_before_traffic_is_moved_and_old_gateways_are_gone(documents: list[Any], goal: str):
    in_order(order_of(documents, goal))


@given(far_worlds(), st.sampled_from(GOALS))
def test_every_new_gateway_is_followed_by_the_move_of_traffic_and_the_end_of_the_old_one(
    documents: list[Any], goal: str
):
    order = order_of(documents, goal)
    in_order(order)
    (state,) = states(documents)
    played(state, order)
    end = after(state, order)
    assert [idea.id for idea in ideas(end, goal) if idea.need is Need.TODO] == []


@given(far_worlds(), st.sampled_from(GOALS), st.sampled_from(["ja", "en"]))
def test_what_is_deleted_without_being_this_clusters_for_sure_says_so(documents: list[Any], goal: str, lang: str):
    plan = made(documents, goal, lang)
    (state,) = states(documents)
    unsure = {gateway.name for gateway in state.gateways if not gateway.sure}
    warning = {"ja": "ほかのクラスターが使っていないこと", "en": "none but this cluster uses it"}[lang]
    for step in plan.steps:
        if step.id in ("retire", "retire-managed") and any(name in step.title for name in unsure):
            assert any(warning in note.text for note in step.notes)


def far_plan(*listed: Any, profile: Any = None) -> Plan:
    aks = flat(location="japaneast", nodeResourceGroup=NODE_GROUP, **({"networkProfile": profile} if profile else {}))
    return made([aks, *FAR, *listed, deployment("1.8.0")], "overlay")


def shape(line: str) -> tuple[list[str], set[str]]:
    """The verb of a command and its options, without the subscription, which pages set beforehand."""
    words = shlex.split(line, comments=True)
    options = {word for word in words if word.startswith("--")} - {"--subscription"}
    return words[: 3 if words[0] == "kubectl" else words.index("delete") + 1], options


def left(plan: Plan) -> list[str]:
    return [step for step, need in steps(plan) if need == "todo"]


def test_one_window_is_for_the_traffic_and_another_one_for_the_upgrade():
    moving = ["subnet", "replace", "window-switch", "switch", "retire"]
    assert left(far_plan([far("g1")])) == [*moving, "window", "upgrade", "detect"]
    managed = ["subnet", "replace-managed", "window-switch", "switch", "retire-managed"]
    assert left(far_plan([far("g1")], balancer(far("g1")))) == [*managed, "window", "upgrade", "detect"]


def test_without_an_upgrade_one_window_is_enough():
    plan = far_plan([far("g1")], profile=OVERLAY)
    assert left(plan) == ["subnet", "replace", "window", "switch", "retire"]
    (window,) = [step for step in plan.steps if step.id == "window"]
    assert window.reason.section == "rules/agc007#how-to-fix"


def test_other_moves_stay_in_the_window_of_the_upgrade():
    plan = far_plan([far("g1", group=NODE_GROUP), far("g2", "far2", NODE_GROUP)], [subnet("wide", "10.0.6.0/23")])
    assert left(plan)[:4] == ["subnet", "replace-managed", "subnet", "replace-managed"]
    assert left(plan)[4:9] == ["window-switch", "switch", "switch", "retire-managed", "retire-managed"]
    near = {**association("g2", "wide"), "id": association("g2", "wide")["id"].replace("rg-agc", NODE_GROUP)}
    order = left(far_plan([far("g1", group=NODE_GROUP), near]))
    assert order.index("retire-managed") < order.index("window") < order.index("move-managed") < order.index("upgrade")


def test_the_old_gateway_is_deleted_after_its_parts():
    (retire,) = [step for step in far_plan([far("g1")]).steps if step.id == "retire"]
    lines = [shlex.split(line) for line in retire.commands]
    own = ["--resource-group", "rg-agc", "--alb-name", "g1", "--subscription", "0"]
    assert lines == [
        ["az", "network", "alb", "association", "delete", *own, "--name", "as"],
        ["az", "network", "alb", "frontend", "delete", *own, "--name", "<OLD_FRONTEND>"],
        ["az", "network", "alb", "delete", "--resource-group", "rg-agc", "--name", "g1", "--subscription", "0"],
    ]
    assert retire.marks == (Mark.IRREVERSIBLE, Mark.WAITS)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_of_the_rule_has_the_same_deletions_in_the_same_order(root: Path, lang: str):
    page = (root / f"docs/{lang}/rules/agc007.md").read_text("utf-8").replace("\\\n", "")
    fences = [fence.splitlines() for fence in re.findall("```bash\n(.*?)```", page, re.DOTALL)]
    shown = [shape(line) for fence in fences for line in fence if "delete" in line]
    plans = [far_plan([far("g1")]), far_plan([far("g1")], balancer(far("g1")))]
    lines = [line for plan in plans for step in plan.steps if step.id.startswith("retire") for line in step.commands]
    assert shown == [shape(line) for line in lines]


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ([[far("g1")], balancer(far("g1"))], ["old", "--namespace", "infra"]),
        ([[far("g1") | TAGGED]], ["<OLD_BALANCER>", "--namespace", "<OLD_BALANCER_NAMESPACE>"]),
    ],
)
def test_the_old_object_is_deleted_where_the_controller_manages_the_gateway(listed: list[Any], words: list[str]):
    plan = far_plan(*listed)
    (retire,) = [step for step in plan.steps if step.id == "retire-managed"]
    assert [shlex.split(line) for line in retire.commands] == [["kubectl", "delete", "applicationloadbalancer", *words]]
    assert not any("network alb" in line and "delete" in line for step in plan.steps for line in step.commands)


def test_the_address_of_the_new_gateway_is_printed_when_it_is_made_and_when_traffic_moves():
    by_id = {step.id: step.commands for step in far_plan([far("g1")]).steps}
    shown = (
        "frontend show --resource-group rg-agc --subscription 0 --alb-name alb-24 --name frontend --query fqdn -o tsv"
    )
    assert by_id["replace"][-1] == f"az network alb {shown}"
    assert by_id["switch"] == by_id["replace"][-1:]


def test_a_gateway_that_has_a_good_association_is_not_deleted():
    near = association("g1", "agc") | {"id": f"{far('g1')['id']}-2"}
    object_of_both = balancer(far("g1"))
    object_of_both["spec"]["associations"].append(f"{NETWORK}/a/subnets/agc")
    managed = far_plan([far("g1"), near], subnet("agc", "10.0.4.0/24"), object_of_both)
    assert "ask-one" in left(managed) and not {"replace-managed", "retire-managed"} & {*left(managed)}


def test_below_a_finding_nothing_is_deleted_that_still_serves_traffic():
    aks = flat(networkProfile=OVERLAY, location="japaneast")
    inventory = compose([aks, *FAR, [far("g1")], deployment("1.8.0")])
    (by_rule,) = remedies(inventory, judge(inventory, "en"))
    assert any("alb create" in line for line in by_rule["AGC007"])
    assert not any("delete" in line for lines in by_rule.values() for line in lines)
