"""What becomes of a gateway, by how far its associations have come: each case of a move that stopped half-way."""

import json
import shlex
from typing import Any

import pytest

from bot.checks.plan.records import Plan, Step

from .planwalk import GOOD, IN_GROUP, World, left, plan_of
from .planwork import flat, made
from .test_laws import GATEWAY, NETWORK, association, deployment, subnet

SIZES = {"agc": "10.0.4.0/24", "new": "10.0.8.0/24", "wide": "10.0.6.0/23", "small": "10.0.9.0/25"}
BOTH = pytest.mark.parametrize("goal", ["overlay", "agc"])


def at(place: str) -> str:
    network, _, name = place.rpartition("/")
    return f"{NETWORK}/{network or 'a'}/subnets/{name}"


def world(*placed: tuple[str, str, str], asks: str = "", **more: Any) -> World:
    """`placed`: each association's gateway, subnet and state; `asks`: subnets of the object of the first gateway."""
    made_up = World(**more)
    for number, (gateway, place, state) in enumerate(placed):
        own = f"{IN_GROUP if asks else GATEWAY}/{gateway}"
        far = place.startswith("far/")
        made_up.gateways[own] = ("japanwest" if far else "japaneast", GOOD, ["fe"])
        made_up.subnets[at(place)] = "10.9.4.0/24" if far else SIZES[place.rpartition("/")[2]]
        made_up.associations[f"{own}/associations/as-{number}"] = (at(place), state)
    if asks:
        made_up.objects["alb"] = ([at(place) for place in asks.split()], next(iter(made_up.gateways)))
        made_up.subnets |= {at(place): SIZES[place] for place in asks.split() if place in SIZES}
    return made_up


def ids(plan: Plan) -> list[str]:
    return [step.id for step in left(plan) if step.id not in ("upgrade", "controller")]


def words(plan: Plan, step: str) -> list[tuple[str, str]]:
    """Of each command about an association: its verb, and the name of the association."""
    lines = [shlex.split(line) for each in plan.steps if each.id == step for line in each.commands]
    return [(line[4], line[line.index("--name") + 1]) for line in lines if "association" in line]


def step_of(plan: Plan, step: str) -> Step:
    return next(each for each in plan.steps if each.id == step)


@BOTH
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_on_one_subnet_the_one_that_has_another_place_goes(turned: bool, goal: str):
    placed = [("g1", "agc", GOOD), ("g1", "new", GOOD), ("g2", "agc", GOOD)]
    plan = plan_of(world(*(placed[::-1] if turned else placed)), goal)
    assert ids(plan) == ["leave"] and "--alb-name g1" in step_of(plan, "leave").commands[0]


@BOTH
@pytest.mark.parametrize("state", ["Failed", "Canceled"])
def test_a_new_association_that_failed_is_made_again_where_it_was_to_be(state: str, goal: str):
    plan = plan_of(world(("g", "wide", GOOD), ("g", "new", state)), goal)
    assert ids(plan) == ["again"]
    assert words(plan, "again") == [("delete", "as-1"), ("delete", "as-0"), ("create", "as-1")]
    assert step_of(plan, "again").commands[-1].endswith("/subnets/new")
    order = [step.id for step in plan.steps]
    assert order.index("window") < order.index("again")
    alone = plan_of(world(("g", "new", state)), goal)
    assert ids(alone) == ["again"] and words(alone, "again") == [("delete", "as-0"), ("create", "as-0")]
    order = [step.id for step in alone.steps]
    assert order.index("again") < order.index("window")  # it is out of service: nothing is waited for
    assert any("no traffic reaches pods" in note.text for note in step_of(alone, "again").notes)


@pytest.mark.parametrize("places", [("wide", "small"), ("wide", "wide")])
def test_all_associations_of_a_gateway_are_one_move(places: tuple[str, str]):
    plan = plan_of(world(*(("g", place, GOOD) for place in places)), "overlay")
    assert ids(plan) == ["subnet", "move"]
    assert [verb for verb, _ in words(plan, "move")] == ["delete", "delete", "create"]
    assert plan.confirm and (plan.confirm.command or "").count("kb snapshot") == 1


@BOTH
@pytest.mark.parametrize("there", [("wide",), ()])
@pytest.mark.parametrize("overlay", [False, True])
def test_what_the_object_asks_for_already_is_waited_for_and_not_asked_again(
    there: tuple[str, ...], overlay: bool, goal: str
):
    made_up = world(*(("g", place, GOOD) for place in there or ("wide",)), asks="new", overlay=overlay)
    if not there:
        made_up.associations.clear()
    plan = plan_of(made_up, goal)
    assert ids(plan) == ["arrive-managed"] and step_of(plan, "arrive-managed").commands == ()
    assert "subnet new" in step_of(plan, "arrive-managed").title
    notes = " ".join(note.text for note in step_of(plan, "arrive-managed").notes)
    assert "15 minutes" in notes and ("no traffic reaches pods" in notes) is not there
    assert made([*made_up.documents(), *made_up.documents()[3:4]], goal) == plan  # what it asks for, given once more


@BOTH
def test_a_change_of_an_object_that_failed_has_its_way_back_and_the_other_way(goal: str):
    made_up = world(("g", "wide", GOOD), ("g", "new", "Failed"), asks="new")
    plan = plan_of(made_up, goal)
    assert ids(plan) == ["back-managed", "subnet", "replace-managed", "retire-managed"]
    assert json.loads(shlex.split(step_of(plan, "back-managed").commands[0])[-1]) == {
        "spec": {"associations": [at("wide")]}
    }
    out = plan_of(world(("g", "wide", GOOD), ("g", "new", "Failed"), asks="new", overlay=True), goal)
    assert ids(out) == ["subnet", "replace-managed", "retire-managed"]  # the old place serves nothing there


@BOTH
@pytest.mark.parametrize("state", [GOOD, "Updating"])
def test_an_object_that_asks_for_both_is_to_ask_for_the_one_that_is_good(state: str, goal: str):
    plan = plan_of(world(("g", "wide", GOOD), ("g", "new", state), asks="wide new"), goal)
    assert ids(plan) == [*(["arrive"] if state != GOOD else []), "ask-one"]
    assert json.loads(shlex.split(step_of(plan, "ask-one").commands[0])[-1]) == {"spec": {"associations": [at("new")]}}


@BOTH
@pytest.mark.parametrize("state", ["Updating", "Creating", "Accepted"])
@pytest.mark.parametrize("asks", ["", "new"])
@pytest.mark.parametrize("old", [True, False])
def test_nothing_is_deleted_or_upgraded_before_an_association_has_succeeded(
    state: str, asks: str, old: bool, goal: str
):
    placed = [("g", "wide", GOOD)] * old + [("g", "new", state)]
    order = [step.id for step in left(plan_of(world(*placed, asks=asks), goal))]
    assert order[0] == ("arrive-managed" if asks else "arrive")
    assert order[1:] == [*(["leave"] if old and not asks else []), "upgrade"]


@BOTH
def test_an_association_that_azure_deletes_already_is_not_deleted_again(goal: str):
    plan = plan_of(world(("g", "wide", "Deleting"), ("g", "new", GOOD)), goal)
    assert ids(plan) == ["gone"] and step_of(plan, "gone").commands == ()


@BOTH
def test_a_gateway_in_two_networks_is_the_same_one_and_nobody_is_asked_whose_it_is(goal: str):
    plan = plan_of(world(("g", "hub/agc", GOOD), ("g", "new", GOOD)), goal)
    assert ids(plan) == ["leave"] and words(plan, "leave") == [("delete", "as-0")]


@BOTH
@pytest.mark.parametrize(("asks", "names"), [("", ("g", "alb-24")), ("far/agc", ("alb-w", "alb-n"))])
def test_a_gateway_of_the_cluster_that_is_in_place_takes_over_and_no_other_one_is_made(
    asks: str, names: tuple[str, str], goal: str
):
    made_up = world((names[0], "far/agc", GOOD), (names[1], "new", GOOD), asks=asks)
    if asks:
        made_up.objects["other"] = ([at("new")], f"{IN_GROUP}/{names[1]}")
    plan = plan_of(made_up, goal)
    assert ids(plan) == ["retire-managed" if asks else "retire"]
    assert step_of(plan, "switch").title == f"Move the traffic from {names[0]} to {names[1]}"


def test_a_gateway_that_is_being_deleted_takes_no_place():
    made_up = world(("g0", "far/agc", GOOD), ("g1", "new", GOOD), asks="far/agc")
    made_up.gateways[f"{IN_GROUP}/g1"] = ("japaneast", "Deleting", ["fe"])
    assert ids(plan_of(made_up, "overlay")) == ["subnet", "replace-managed", "gone-gateway", "retire-managed"]


def test_a_gateway_that_a_step_made_and_did_not_associate_yet_takes_over():
    made_up = world(("g", "far/agc", GOOD))
    made_up.gateways[f"{GATEWAY}/alb-24"] = ("japaneast", GOOD, [])
    plan = plan_of(made_up, "overlay")
    assert ids(plan) == ["subnet", "replace-there", "retire"]
    verbs = [shlex.split(line)[3:5] for line in step_of(plan, "replace-there").commands]
    assert verbs == [["frontend", "create"], ["association", "create"], ["frontend", "show"]]
    made_up.gateways[f"{GATEWAY}/alb-24"][2].append("own")
    lines = step_of(plan_of(made_up, "overlay"), "replace-there").commands
    assert len(lines) == 2 and "--name own" in lines[1]


def test_whose_gateways_are_asked_about_is_said_by_their_names():
    made_up = world(("g", "far/agc", GOOD), ("mine", "new", GOOD))
    assert step_of(plan_of(made_up, "overlay"), "owner").title.startswith("Find out which clusters these AGC resources")
    assert ": g;" in step_of(plan_of(made_up, "overlay"), "owner").title


def test_a_gateway_that_lost_its_association_gets_it_back_before_the_upgrade():
    made_up = world(("g", "wide", GOOD))
    made_up.associations.clear()
    made_up.subnets[at("snet-agc-24")] = "10.0.20.0/24"
    plan = plan_of(made_up, "agc")
    assert [step.id for step in left(plan)] == ["associate", "upgrade"]
    assert step_of(plan, "associate").commands[-1].endswith("/subnets/snet-agc-24")
    assert any("no traffic reaches pods" in note.text for note in step_of(plan, "associate").notes)
    assert "detect" in [step.id for step in plan.steps]


@BOTH
def test_a_gateway_that_failed_as_a_whole_is_repaired_and_its_association_stays(goal: str):
    made_up = world(("g", "agc", GOOD))
    made_up.gateways = {own: (region, "Failed", names) for own, (region, _, names) in made_up.gateways.items()}
    plan = plan_of(made_up, goal)
    assert ids(plan) == ["repair"] and "Failed" not in step_of(plan, "repair").check.expected


@pytest.mark.parametrize("known", [False, True])
def test_what_no_object_in_the_input_asks_for_is_found_out_first(known: bool):
    made_up = world(("g", "hub/agc", GOOD), ("g", "new", GOOD), asks="new")
    if not known:
        made_up.objects.clear()
    plan = plan_of(made_up, "overlay")
    assert ids(plan) == ["leave-managed" if known else "leave-asked"]
    assert any("asks for another subnet already" in step.title for step in plan.steps) is known


@pytest.mark.parametrize("image", ["2019-containerd-17763.6000.1", "2022-containerd-20348.1607.1"])
def test_windows_pools_are_ready_before_the_window_opens(image: str):
    pools = [{"name": "win", "osType": "Windows", "nodeImageVersion": f"AKSWindows-{image}", "podSubnetId": None}]
    documents = [flat(agentPoolProfiles=pools), subnet("agc", "10.0.4.0/24"), [association("g", "agc")]]
    order = [step.id for step in made([*documents, deployment("1.8.0")], "overlay").steps if step.need != "done"]
    assert order[0].startswith("windows") and "window" in order[1:]


@BOTH
def test_of_several_associations_on_good_subnets_the_reader_chooses_one(goal: str):
    plan = plan_of(world(("g", "agc", GOOD), ("g", "new", GOOD)), goal)
    assert ids(plan) == ["leave-one"] and step_of(plan, "leave-one").need == "unclear"
    managed = plan_of(world(("g", "agc", GOOD), ("g", "new", GOOD), asks="new"), goal)
    assert ids(managed) == ["leave-managed"] and "subnet agc" in step_of(managed, "leave-managed").title


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_the_input_says_of_the_cluster_is_said_where_a_step_depends_on_it(lang: str):
    profile = {"networkPlugin": "kubenet", "networkPolicy": "calico"}
    image = "AKSWindows-2022-containerd-20348.4300.1"
    pools = [{"name": "w", "osType": "Windows", "nodeImageVersion": image, "podSubnetId": None}]
    private = {"apiServerAccessProfile": {"enablePrivateCluster": True}}
    ranges = {"podCidrs": ["10.244.0.0/16", "fd00:10:244::/64"]}
    odd = made([flat(agentPoolProfiles=pools, networkProfile=profile | ranges, **private), []], "overlay", lang)
    usual = made([flat(networkProfile=profile), []], "overlay", lang)
    for plan, is_said in ((odd, True), (usual, False)):
        filled = " ".join(fill.what for fill in step_of(plan, "policy-again").fill)
        assert ("azure or calico" in filled or "azure または calico" in filled) is not is_said
        assert any("fd00:10:244::/64" in note.text for note in step_of(plan, "upgrade").notes) is is_said
        assert any("kb snapshot" in note.text and "API" in note.text for note in plan.notes) is is_said
