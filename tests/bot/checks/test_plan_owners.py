"""Whose gateway a step changes: another cluster's is left alone, and ALB Controller's is changed by its object."""

import json
import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import compose
from bot.checks.clusters.belonging import is_in
from bot.checks.plan import plans
from bot.checks.plan.records import GOALS, Plan, Step

from .planwork import flat, made, worlds
from .test_laws import NETWORK, association, deployment, network, subnet

OVERLAY = {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": None}
NODE_GROUP = "MC_rg_one_japaneast"
WIDE = f"{NETWORK}/a/subnets/wide"


def within(group: str, gateway: str, where: str, vnet: str = "a") -> dict[str, Any]:
    """An association of a gateway in some resource group."""
    listed = association(gateway, where, vnet)
    return listed | {"id": listed["id"].replace("rg-agc", group)}


def balancer(gateway: str | None = None, *subnets: str, name: str = "alb") -> dict[str, Any]:
    raw: dict[str, Any] = {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": name, "namespace": "infra"},
        "spec": {"associations": list(subnets or (WIDE,))},
    }
    if gateway:
        raw["status"] = {"conditions": [{"type": "Deployment", "message": f"alb-id={gateway} alb-fqdn="}]}
    return raw


def deleted(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if any("alb" in line and "delete" in line for line in step.commands)]


FAR = [subnet("agc", "10.0.4.0/24"), subnet("far", "10.9.0.0/23", "b")]
PEERED = [network("a", "japaneast", "b"), network("b", "japaneast", "a")]


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("profile", [OVERLAY, {"networkPlugin": "azure", "networkPolicy": None}])
@pytest.mark.parametrize("group", ["rg-agc", "MC_rg_two_japaneast"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_gateway_that_may_be_another_clusters_is_asked_about_and_not_changed(
    profile: Any, goal: str, group: str, lang: str
):
    listed = [association("mine", "agc"), within(group, "theirs", "far", "b")]
    plan = made([flat(networkProfile=profile), *FAR, listed, deployment("1.8.0"), *PEERED], goal, lang)
    for asking in [step for step in plan.steps if step.id == "owner"]:  # or there is no step for it at all
        assert asking.need == "unclear" and asking.commands == ()
        assert shlex.split(asking.first[0])[:2] == ["kubectl", "get"]
    assert not any("theirs" in line for step in plan.steps for line in step.commands)
    assert deleted(plan) == [] and not any(step.need == "todo" and step.id == "move" for step in plan.steps)


@pytest.mark.parametrize("group", ["MC_rg_two_japaneast", "mc_other_x_westeurope"])
def test_a_gateway_in_another_clusters_group_is_never_this_ones(group: str):
    plan = made([flat(), subnet("wide", "10.0.6.0/23"), [within(group, "g", "wide")], deployment("1.8.0")], "overlay")
    (asking,) = [step for step in plan.steps if step.id in ("owner", "move", "move-managed")]
    assert asking.id == "owner" and asking.need == "unclear" and "g" in asking.title and asking.commands == ()
    assert shlex.split(asking.first[0])[:2] == ["kubectl", "get"]
    assert deleted(plan) == []


def test_of_two_on_one_subnet_the_one_that_may_be_another_clusters_stays():
    both = [within("MC_rg_two_japaneast", "theirs", "agc"), association("mine", "agc")]
    plan = made([flat(networkProfile=OVERLAY), subnet("agc", "10.0.4.0/24"), both, deployment("1.8.0")], "overlay")
    moves = deleted(plan)
    assert [step.id for step in moves] == ["move"] and "--alb-name mine" in moves[0].commands[0]


@given(worlds(), st.sampled_from(GOALS))
def test_every_delete_says_what_to_make_sure_of(documents: list[Any], goal: str):
    for step in deleted(made(documents, goal)):
        assert any("make sure that none but this cluster uses it" in note.text for note in step.notes)


def test_each_cluster_changes_its_own_gateways_only():
    names = ("one", "two")
    groups = {name: f"MC_rg_{name}_japaneast" for name in names}
    clusters = [
        flat(name=name, id=flat()["id"].replace("/one", f"/{name}"), nodeResourceGroup=groups[name]) for name in names
    ]
    listed = [within(groups[name], f"g-{name}", "wide") for name in names]
    for plan in plans(compose([*clusters, subnet("wide", "10.0.6.0/23"), listed]), "overlay", "en"):
        (other,) = {*names} - {plan.name}
        assert not any(f"g-{other}" in line for step in plan.steps for line in step.commands)


@pytest.mark.parametrize("group", [NODE_GROUP, "rg-agc"])
def test_what_an_object_asks_for_is_changed_in_the_object(group: str):
    listed = within(group, "alb-1", "wide")
    gateway = listed["id"].partition("/associations/")[0]
    documents = [flat(nodeResourceGroup=NODE_GROUP), subnet("wide", "10.0.6.0/23"), [listed], deployment("1.8.0")]
    plan = made([*documents, balancer(gateway)], "overlay")
    (line,) = [line for step in plan.steps if step.id == "move-managed" for line in step.commands]
    words = shlex.split(line)
    assert words[:6] == ["kubectl", "patch", "applicationloadbalancer", "alb", "--namespace", "infra"]
    assert json.loads(words[-1]) == {"spec": {"associations": [f"{NETWORK}/a/subnets/snet-agc-24"]}}
    several = made([*documents, balancer(gateway, WIDE, f"{NETWORK}/a/subnets/kept")], "overlay")
    lines = {line for step in several.steps if step.id == "move-managed" for line in step.commands}
    assert lines == {"kubectl edit applicationloadbalancer alb --namespace infra"}
    assert deleted(plan) == deleted(several) == []


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_objects_that_name_one_gateway_the_plan_picks_none(turned: bool):
    listed = within("rg-agc", "alb-1", "wide")
    gateway = listed["id"].partition("/associations/")[0]
    objects = [balancer(gateway), balancer(gateway, name="another")]
    if turned:
        objects.reverse()
    plan = made([flat(), subnet("wide", "10.0.6.0/23"), [listed], deployment("1.8.0"), *objects], "overlay")
    (move,) = [step for step in plan.steps if step.id == "move-managed"]
    assert {fill.name for fill in move.fill} >= {"<BALANCER>", "<BALANCER_NAMESPACE>"}
    assert not any(name in line for line in move.commands for name in (" alb ", " another "))


def test_an_object_that_is_given_twice_is_patched_as_if_it_was_given_once():
    listed = within("rg-agc", "alb-1", "wide")
    gateway = listed["id"].partition("/associations/")[0]
    documents = [flat(), subnet("wide", "10.0.6.0/23"), [listed], deployment("1.8.0"), balancer(gateway)]
    once, twice = (made(given, "overlay") for given in (documents, [*documents, documents[-1]]))
    assert [step.commands for step in twice.steps] == [step.commands for step in once.steps]


def test_what_the_controller_made_in_the_node_resource_group_is_not_changed_by_az():
    listed = within(NODE_GROUP, "alb-1", "wide")
    aks = flat(nodeResourceGroup=NODE_GROUP)
    plan = made([aks, subnet("wide", "10.0.6.0/23"), [listed], deployment("1.8.0")], "overlay")
    (move,) = [step for step in plan.steps if step.id == "move-managed"]
    assert {fill.name for fill in move.fill} == {"<BALANCER>", "<BALANCER_NAMESPACE>"} and deleted(plan) == []


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("turn", [1, -1])
def test_in_a_network_of_several_clusters_nodes_a_gateway_is_asked_about_first(number: int, goal: str, turn: int):
    names = ["one", "two", "six"][:number]
    clusters = [flat(name=name, id=flat()["id"].replace("/one", f"/{name}")) for name in names]
    documents = [*clusters, subnet("agc", "10.0.4.0/24"), subnet("wide", "10.0.6.0/23")]
    documents += [[association("good", "agc"), association("bad", "wide")], deployment("1.8.0")]
    for plan in plans(compose(documents[::turn]), goal, "en"):
        asked = [step for step in plan.steps if step.id == "owner"]
        assert [step.need for step in asked] == ["unclear"] and "bad" in asked[0].title
        assert not any("bad" in line or "delete" in line for step in plan.steps for line in step.commands)


def test_a_managed_gateway_in_another_region_is_replaced_by_another_object():
    listed = within(NODE_GROUP, "alb-1", "far", "b")
    networks = [network("a", "japaneast", "b"), network("b", "japanwest", "a")]
    aks = flat(nodeResourceGroup=NODE_GROUP, location="japaneast")
    documents = [aks, subnet("far", "10.9.4.0/24", "b"), [listed], deployment("1.8.0"), *networks]
    for plan in (made(documents, "overlay"), made(documents[::-1], "overlay")):
        (step,) = [step for step in plan.steps if step.id == "replace-managed"]
        assert step.commands == ("kubectl create -f '<BALANCER_FILE>'",)
        assert not any("network alb" in line for each in plan.steps for line in each.commands)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_controllers_identity_needs_roles_on_every_new_place(lang: str):
    wide = [subnet("wide", "10.0.6.0/23"), [association("g", "wide")], deployment("1.8.0")]
    plan = made([flat(), *wide], "overlay", lang)
    (new,) = [step for step in plan.steps if step.id == "subnet"]
    assert any("Network Contributor" in note.text and "Configuration Manager" in note.text for note in new.notes)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("managed", [False, True])
def test_a_role_that_takes_an_hour_is_spoken_of_before_the_window_opens(managed: bool, lang: str):
    listed = association("g", "wide")
    objects = [balancer(listed["id"].partition("/associations/")[0])] if managed else []
    documents = [flat(), subnet("wide", "10.0.6.0/23"), [listed], deployment("1.8.0"), *objects]
    steps = made(documents, "overlay", lang).steps
    order = [step.id for step in steps]
    assert order.index("subnet") < order.index("window") < order.index("move-managed" if managed else "move")
    new = " ".join(note.text for note in steps[order.index("subnet")].notes)
    assert "Network Contributor" in new and "60" in new and "AGC012" in new


@pytest.mark.parametrize("managed", [False, True])
def test_a_gateway_that_has_its_new_association_already_only_loses_the_old_one(managed: bool):
    """A move that stopped half-way is ended, and not made once more to another subnet."""
    old, new = association("g", "wide"), association("g", "agc")
    new |= {"id": f"{new['id']}-24"}
    objects = [balancer(old["id"].partition("/associations/")[0], f"{NETWORK}/a/subnets/agc")] if managed else []
    sizes = [subnet("wide", "10.0.6.0/23"), subnet("agc", "10.0.4.0/24")]
    plan = made([flat(), *sizes, [old, new], deployment("1.8.0"), *objects], "overlay")
    left = [step for step in plan.steps if step.rule == "AGC004" and step.need == "todo"]
    assert [step.id for step in left] == ["leave-managed" if managed else "leave"]
    lines = [line for step in plan.steps for line in step.commands if "association" in line or "subnet" in line]
    deletes = [shlex.split(line) for line in lines]
    assert [(words[:5], words[-1]) for words in deletes] == (
        [] if managed else [(["az", "network", "alb", "association", "delete"], old["id"].rpartition("/")[2])]
    )
    alone = made([flat(), *sizes, [old], deployment("1.8.0")], "overlay")
    assert "move" in [step.id for step in alone.steps]


def test_a_change_that_the_controller_was_asked_for_already_is_waited_for():
    old = association("g", "wide")
    objects = [balancer(old["id"].partition("/associations/")[0], f"{NETWORK}/a/subnets/agc")]
    sizes = [subnet("wide", "10.0.6.0/23"), subnet("agc", "10.0.4.0/24")]
    steps = made([flat(), *sizes, [old], deployment("1.8.0"), *objects], "overlay").steps
    assert [step.commands for step in steps if step.id == "arrive-managed"] == [()]
    assert not any(step.id in ("subnet", "move-managed", "leave-managed") for step in steps)


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({}, True),
        ({"provisioningState": "Failed"}, False),
        ({"serviceAssociationLinks": [{"linkedResourceType": "Microsoft.Sql/managedInstances"}]}, False),
        ({"delegations": []}, False),
        ({"addressPrefix": "10.0.4.0/23"}, False),
        ({"id": f"{NETWORK}/b/subnets/made"}, False),
    ],
    ids=str,
)
def test_a_subnet_that_an_earlier_run_of_the_step_made_is_taken(more: dict[str, Any], taken: bool):
    delegations = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}]
    there = subnet("made", "10.0.4.0/24") | {"delegations": delegations} | more
    documents = [flat(), subnet("wide", "10.0.6.0/23"), there, deployment("1.8.0")]
    plan = made([*documents, [association("g", "wide")]], "overlay")
    (place,) = [step for step in plan.steps if step.id in ("role", "subnet")]
    (move,) = [step for step in plan.steps if step.id == "move"]
    assert (place.id == "role") is taken
    assert move.commands[-1].endswith(f"{NETWORK}/a/subnets/made") is taken
    used = made([*documents, [association("g", "wide"), association("h", "made")]], "overlay")
    assert not any(step.id == "role" for step in used.steps)


def test_a_subnet_that_may_hold_a_gateway_that_no_list_shows_is_only_named():
    there = [subnet("wide", "10.0.6.0/23"), subnet("made", "10.0.4.0/24")]
    cut = {"value": [association("g", "wide")], "nextLink": "https://next"}
    steps = made([flat(), *there, cut, deployment("1.8.0")], "overlay").steps
    (new,) = [step for step in steps if step.id == "subnet"]
    assert any("made for this step" in note.text and "made" in note.text for note in new.notes)


@pytest.mark.parametrize("known", [False, True])
def test_the_upgrade_waits_until_it_is_known_whose_the_gateways_are(known: bool):
    wide = [subnet("wide", "10.0.6.0/23"), [association("g", "wide")], deployment("1.8.0")]
    green = flat(name="green", id=str(flat()["id"]).replace("one", "green"))
    for plan in plans(compose([flat(), *([] if known else [green]), *wide]), "overlay", "en"):
        (upgrade,) = [step for step in plan.steps if step.id == "upgrade"]
        assert any(step.id == "owner" for step in plan.steps) is not known
        assert upgrade.need == ("todo" if known else "unclear")
        assert any("which clusters" in note.text for note in upgrade.notes) is not known


def test_an_overlay_cluster_whose_gateway_is_out_of_service_need_not_wait_for_a_window():
    documents = [subnet("wide", "10.0.6.0/23"), [association("g", "wide")], deployment("1.8.0")]
    for aks, at_once in ((flat(), False), (flat(networkProfile=OVERLAY), True)):
        (window,) = [step for step in made([aks, *documents], "overlay").steps if step.id == "window"]
        assert any("at once" in note.text for note in window.notes) is at_once


def test_commands_that_name_no_cluster_say_which_context_they_need():
    documents = [flat(), subnet("wide", "10.0.6.0/23"), [association("g", "wide")], deployment("1.6.7")]
    notes = [note.text for note in made(documents, "overlay").notes]
    assert any("az aks get-credentials --resource-group rg --name one" in text for text in notes)
    there = [subnet("agc", "10.0.4.0/24"), [association("g", "agc")], deployment("1.8.0")]
    over = made([flat(networkProfile=OVERLAY), *there], "overlay")
    assert not any("get-credentials" in note.text for note in over.notes)


def test_objects_are_told_from_listed_gateways_by_their_status_and_not_by_their_number():
    mine = within(NODE_GROUP, "alb-1", "wide")
    gateway = mine["id"].partition("/associations/")[0]
    objects = [balancer(gateway, name="first"), balancer(gateway + "-other", name="second")]
    documents = [
        flat(nodeResourceGroup=NODE_GROUP),
        subnet("wide", "10.0.6.0/23"),
        [mine],
        deployment("1.8.0"),
        *objects,
    ]
    for turn in (1, -1):
        lines = {line for step in made(documents[::turn], "overlay").steps for line in step.commands}
        patched = [line for line in lines if line.startswith("kubectl patch")]
        assert {shlex.split(line)[3] for line in patched} == {"first", "second"} and not any(
            "delete" in it for it in lines
        )


@pytest.mark.parametrize(
    ("group", "own", "within"),
    [
        ("mc_rg_one_japaneast", "mc_rg_one_japaneast", True),
        ("mc_rg_one_japaneast", "mc_rg_one_", True),
        ("mc_rg_one_two_japaneast", "mc_rg_one_", False),  # of the cluster one_two
        ("mc_rg_one_japaneast2", "mc_rg_one_japaneast", False),
        ("mc_rg_two_japaneast", "mc_rg_one_", False),
        ("rg", "mc_rg_one_", False),
    ],
)
def test_a_node_resource_group_that_is_not_told_ends_in_the_region(group: str, own: str, within: bool):
    assert is_in(group, own) is within


def test_a_node_resource_group_of_another_subscription_holds_nothing_of_this_cluster():
    aks = flat(nodeResourceGroup=NODE_GROUP)
    listed = within(NODE_GROUP, "g1", "wide")
    foreign = json.loads(json.dumps({**listed, "subnet": None}).replace("/subscriptions/0/", "/subscriptions/1/"))
    foreign["subnet"] = listed["subnet"]
    wide = subnet("wide", "10.0.6.0/23")
    assert "move-managed" in [step.id for step in made([aks, wide, [listed]], "overlay").steps]
    assert "move-managed" not in [step.id for step in made([aks, wide, [foreign]], "overlay").steps]
