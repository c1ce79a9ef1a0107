"""What a plan takes away for the move, it puts back, or says that it does not."""

import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import compose
from bot.checks.clusters.assemble import cases
from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Snapshot
from bot.checks.plan import GOALS
from bot.checks.plan.beside import beside
from bot.checks.plan.planner import after, arranged
from bot.checks.plan.policies import engine_of
from bot.checks.plan.records import Mark, Need, Plan, Step
from bot.checks.plan.state import RULES, State, state_of
from bot.checks.plan.steps import ideas
from bot.language import pack

from .planwork import flat, made, steps, worlds
from .test_laws import association, deployment, subnet

MASQ = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "azure-ip-masq-agent-config", "namespace": "kube-system"},
    "data": {"ip-masq-agent": "nonMasqueradeCIDRs: []"},
}
WIDE = [subnet("wide", "10.0.6.0/23"), [association("g1", "wide")], deployment("1.6.7")]
NO_GATEWAYS: dict[str, Any] = {"agcAssociations": []}
TAKES = ("delete", "none")  # words of commands that take something away
LATER = {"policy": "policy-again"}  # steps that are undone by another one
SAID = ("masq-gone",)  # notes that say that nothing is


def with_engine(policy: Any, plugin: str = "azure") -> dict[str, Any]:
    profile = {"networkPlugin": plugin} | ({} if policy is ... else {"networkPolicy": policy})
    return flat(networkProfile=profile, identity={"type": "UserAssigned"})


def only_state(documents: Any) -> State:
    inventory = compose(documents)
    (case,) = cases(inventory)
    return state_of(case, beside(inventory))


def put_back(step: Step, plan: Plan, lang: str) -> bool:
    """Whether a step itself, or a later one, makes what it takes away, or the step says that nothing does."""
    notes = pack(lang, "plan")["notes"]
    if {notes[name]["text"] for name in SAID} & {note.text for note in step.notes}:
        return True
    ids = [other.id for other in plan.steps]
    if LATER.get(step.id) in ids[ids.index(step.id) :]:
        return True
    words = [shlex.split(line) for line in step.commands]
    taken = next(at for at, line in enumerate(words) if set(TAKES) & set(line))
    return any("create" in line for line in words[taken + 1 :])


GIVEN: list[list[Any]] = [
    [with_engine("calico"), *WIDE],
    [with_engine("azure"), MASQ, NO_GATEWAYS],
    [with_engine(...), MASQ, *WIDE],
    [with_engine("calico", "kubenet"), MASQ, NO_GATEWAYS],
]


@given(st.one_of(worlds(), st.sampled_from(GIVEN)), st.sampled_from(GOALS), st.sampled_from(["ja", "en"]))
def test_what_a_command_takes_away_comes_back_or_the_step_says_that_it_does_not(
    documents: list[Any], goal: str, lang: str
):
    plan = made(documents, goal, lang)
    for step in plan.steps:
        if any(set(TAKES) & set(shlex.split(line)) for line in step.commands):
            assert put_back(step, plan, lang), step.id


@given(st.one_of(worlds(), st.sampled_from(GIVEN)), st.sampled_from(GOALS))
def test_the_engine_before_the_move_is_there_after_it(documents: list[Any], goal: str):
    if made(documents, goal).blockers:
        return
    state = only_state(documents)
    end = after(state, arranged(state, ideas(state, goal)))
    if engine := engine_of(state):
        assert engine_of(end) == engine
        assert RULES["AGC008"].judge(Snapshot.model_construct(aks=end.aks)).status is Status.PASS


@pytest.mark.parametrize(
    ("policy", "needs"), [("calico", "todo"), ("azure", "todo"), (..., "unclear"), (None, None), ("none", None)]
)
def test_an_engine_is_installed_again_exactly_where_one_is_uninstalled(policy: Any, needs: str | None):
    made_steps = dict(steps(made([with_engine(policy), NO_GATEWAYS], "overlay")))
    assert made_steps.get("policy-again") == needs
    assert made_steps["policy"] == (needs or "done")


@pytest.mark.parametrize("goal", GOALS)
def test_the_engine_comes_back_right_after_the_upgrade_within_the_window(goal: str):
    plan = made([with_engine("calico", "kubenet"), NO_GATEWAYS], goal)
    order = [step.id for step in plan.steps if step.need is not Need.DONE]
    assert order[: order.index("policy-again") + 1] == ["window", "policy", "upgrade", "policy-again"]
    in_use = made([with_engine("azure"), *WIDE], "overlay")
    assert [step.id for step in in_use.steps][-3:] == ["upgrade", "detect", "policy-again"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_which_engine_comes_back_is_the_readers_choice(lang: str):
    plan = made([with_engine("calico", "kubenet"), NO_GATEWAYS], "overlay", lang)
    again = plan.steps[-1]
    assert again.commands == (
        "az aks update --resource-group rg --name one --subscription 0 --network-policy '<NETWORK_POLICY>'",
    )
    (fill,) = again.fill
    assert fill.name == "<NETWORK_POLICY>" and fill.what.count("calico") == 2 and "azure" in fill.what
    assert again.marks == (Mark.DISRUPTIVE,) and again.check.command and "AGC008" in again.check.expected
    notes = pack(lang, "plan")["notes"]
    assert notes["policy-calico"]["text"] in {note.text for note in again.notes}
    flat_notes = {note.text for note in made([with_engine("calico"), NO_GATEWAYS], "overlay", lang).steps[-1].notes}
    assert notes["policy-calico"]["text"] not in flat_notes


def test_an_engine_that_may_be_there_may_have_to_come_back():
    again = made([with_engine(...), NO_GATEWAYS], "overlay").steps[-1]
    assert (again.id, again.need) == ("policy-again", Need.UNCLEAR)
    assert again.first and again.fill[0].what == pack("en", "plan")["fill"]["NETWORK_POLICY"]
