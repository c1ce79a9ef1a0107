"""Whose a gateway is does not depend on the form of the input: what snapshots show of it, outputs show as well."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import compose, inspect
from bot.checks.plan import plans
from bot.checks.plan.records import GOALS, Plan
from bot.checks.plan.remedies import remedies
from bot.checks.rules.engine import judge

from .planwork import flat, made
from .test_laws import association, deployment, subnet
from .test_plan_owners import OVERLAY, deleted, within

NAMES = ("one", "two", "six")
GATEWAYS = ("alb-a", "alb-b")


def cluster(name: str, with_id: bool = True) -> dict[str, Any]:
    own = flat(name=name, id=str(flat()["id"]).replace("/one", f"/{name}"), networkProfile=OVERLAY)
    return own if with_id else {key: value for key, value in own.items() if key != "id"}


def snapshot(aks: Any, place: Any, listed: list[Any]) -> dict[str, Any]:
    """As `kb snapshot` writes it."""
    return {"aks": aks, "subnet": place, "agcAssociations": listed, "albController": {"version": "1.8.0"}}


def asked(plan: Plan) -> list[tuple[str, str, str]]:
    """The steps about gateways: what they are, whether they are needed, and whose they are."""
    about = [step for step in plan.steps if step.id in ("owner", "place", "subnet", "move", "leave", "replace")]
    return [(step.id, str(step.need), name) for step in about for name in GATEWAYS if name in step.title]


@st.composite
def forms(draw: st.DrawFn, prefix: str) -> list[Any]:
    """One world, in which two gateways are on a subnet of a network of several clusters, in any of its forms."""
    place = subnet("agc", prefix)
    every = [association(name, "agc") for name in GATEWAYS]
    names = draw(st.sampled_from([NAMES[:2], NAMES]))
    identified = draw(st.booleans())
    documents: list[Any] = []
    listing = draw(st.booleans())
    for name in names:
        aks = cluster(name, identified)
        if draw(st.booleans()):
            shown = draw(st.sampled_from([every, every[::-1], every[:1], every[1:]]))
            documents.append(snapshot(aks, place, shown))
            listing = listing or shown not in (every, every[::-1])
        else:
            documents.append(aks)
    if listing or not any("aks" in document for document in documents):
        documents += [place, every, deployment("1.8.0")]
    return draw(st.permutations(documents))


@given(st.data(), st.sampled_from(["10.0.4.0/24", "10.0.6.0/23"]), st.sampled_from(GOALS))
def test_the_form_in_which_facts_are_given_changes_no_plan(data: st.DataObject, prefix: str, goal: str):
    documents = data.draw(forms(prefix))
    for plan in plans(compose(documents), goal, "en"):
        assert sorted(asked(plan)) == [("owner", "unclear", name) for name in GATEWAYS]
        assert deleted(plan) == [] and not any(name in line for name in GATEWAYS for line in _lines(plan))
    inventory = compose(documents)
    for mending in remedies(inventory, judge(inventory, "en")):
        assert not any("delete" in line for lines in mending.values() for line in lines)


def _lines(plan: Plan) -> list[str]:
    return [line for step in plan.steps for line in step.commands]


def test_a_rule_judges_for_each_cluster_what_its_own_snapshot_shows():
    """Two gateways on one subnet are wrong whoever has them; a plan alone asks whose they are."""
    place, every = subnet("agc", "10.0.6.0/23"), [association(name, "agc") for name in GATEWAYS]
    for judged in inspect([snapshot(cluster(name), place, every) for name in NAMES], "en"):
        statuses = {finding.id: str(finding.status) for finding in judged.findings}
        assert (statuses["AGC004"], statuses["AGC005"]) == ("fail", "fail")


@pytest.mark.parametrize("goal", GOALS)
def test_the_node_resource_group_tells_whose_a_gateway_is_in_snapshots_too(goal: str):
    every = [within(f"MC_rg_{name}_japaneast", f"alb-{name}", "wide") for name in NAMES[:2]]
    documents = [snapshot(cluster(name), subnet("wide", "10.0.6.0/23"), every) for name in NAMES[:2]]
    for plan in plans(compose(documents), goal, "en"):
        (other,) = {*NAMES[:2]} - {plan.name}
        moved = [step.title for step in plan.steps if step.id == "move-managed"]
        assert len(moved) == 1 and f"alb-{plan.name}" in moved[0]
        assert not any(f"alb-{other}" in line for line in _lines(plan))


def test_beside_one_in_a_node_resource_group_a_gateway_that_nothing_tells_of_is_asked_about():
    every = [within("MC_rg_one_japaneast", "alb-a", "wide"), association("alb-b", "wide")]
    outputs = [cluster("one"), cluster("two"), subnet("wide", "10.0.6.0/23"), every, deployment("1.8.0")]
    snapshots = [snapshot(cluster(name), subnet("wide", "10.0.6.0/23"), every) for name in NAMES[:2]]
    for documents in (outputs, snapshots):
        first = plans(compose(documents), "overlay", "en")[0]
        ways = {step.id: step.title for step in first.steps if step.id in ("owner", "move", "move-managed")}
        assert {*ways} == {"owner", "move-managed"}
        assert "alb-a" in ways["move-managed"] and "alb-b" in ways["owner"]
        assert not any("alb-b" in line or "delete" in line for line in _lines(first))


def test_snapshots_that_name_different_subnets_tell_the_gateways_apart():
    """That one network holds the nodes of both says nothing then: each cluster's document names its own."""
    places = {"one": "10.0.6.0/23", "two": "10.0.8.0/23"}
    documents = [
        snapshot(cluster(name), subnet(f"agc-{name}", prefix), [association(f"alb-{name}", f"agc-{name}")])
        for name, prefix in places.items()
    ]
    for plan in plans(compose(documents), "overlay", "en"):
        (move,) = deleted(plan)
        assert move.id == "move" and f"--alb-name alb-{plan.name}" in move.commands[0]
        assert not any(step.id == "owner" for step in plan.steps)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_before_an_association_is_deleted_a_step_shows_how_to_find_out_whose_it_is(lang: str):
    """The only cluster of the input need not be the only one that uses a gateway."""
    every = [association(name, "agc") for name in GATEWAYS]
    (move,) = deleted(made([cluster("one"), subnet("agc", "10.0.4.0/24"), every], "overlay", lang))
    assert move.first == (
        "kubectl get applicationloadbalancers,gateways.gateway.networking.k8s.io,ingresses -A -o json",
    )
    reads = "Find out first" if lang == "en" else "先に確認すること"
    assert reads in move.notes[0].text and any("alb.networking.azure.io/alb-id" in note.text for note in move.notes)
    managed = made([snapshot(cluster("one"), subnet("wide", "10.0.6.0/23"), [_managed()])], "overlay", lang)
    (patch,) = [step for step in managed.steps if step.id == "move-managed"]
    assert patch.first == ()


def _managed() -> dict[str, Any]:
    return within("MC_rg_one_japaneast", "alb-a", "wide")
