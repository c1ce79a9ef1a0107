"""The subnet that a plan makes or takes for the gateway, and how much it plans for."""

import json
import re
import shlex

import pytest

from bot.checks import InputError, compose
from bot.checks.plan import plans
from bot.checks.plan.gateway_commands import SERVICE
from bot.checks.plan.records import Plan

from .planwork import flat, made, steps
from .test_laws import NETWORK, association, deployment, network, subnet
from .test_plan import NO_ASSOCIATIONS


def test_of_two_gateways_on_one_subnet_one_moves():
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    plan = made(
        [
            overlay,
            subnet("agc", "10.0.4.0/24"),
            [association("g1", "agc"), association("g2", "agc")],
            deployment("1.8.0"),
        ],
        "overlay",
    )
    assert [step.id for step in plan.steps] == ["controller", "place", "subnet", "window", "move", "upgrade"]
    moves = [step for step in plan.steps if step.id == "move"]
    assert "--alb-name g2" in moves[0].commands[0] and moves[0].rule == "AGC005"


def test_a_gateway_of_another_region_is_replaced():
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, location="japaneast")
    documents = [overlay, subnet("agc", "10.0.4.0/24", "b"), [association("g1", "agc", "b")], deployment("1.8.0")]
    plan = made([*documents, network("a", "japaneast", "b"), network("b", "japanwest")], "overlay")
    replace = next(step for step in plan.steps if step.id == "replace")
    assert "az network alb create" in replace.commands[0] and "--location japaneast" in replace.commands[0]


@pytest.mark.parametrize(
    "known", [[], [subnet("agc", "10.0.8.0/26")], [NO_ASSOCIATIONS], [[association("g1", "far", "z")]]]
)
def test_a_gateway_is_put_on_a_subnet_that_is_there_or_that_a_step_makes(known: list[object]):
    """Also of a cluster with pod subnets, which is never upgraded."""
    pool = {"name": "np", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": f"{NETWORK}/a/subnets/pods"}
    way = made([flat(agentPoolProfiles=[pool]), deployment("1.8.0"), *known], "agc")
    new = [shlex.split(line)[shlex.split(line).index("--name") + 1] for line in commands(way, "free-subnet")]
    for line in [line for line in commands(way, "gateway") if "association create" in line]:
        assert shlex.split(line)[-1].rpartition("/")[2] in [*new, "agc"]


OVERLAY = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})


def commands(plan: Plan, step: str) -> list[str]:
    return [line for each in plan.steps if each.id == step for line in each.commands]


def test_every_new_subnet_has_a_name_of_its_own_that_is_not_taken():
    taken = subnet("snet-agc-24", "10.0.9.0/24", delegated=False)
    gateways = [association("g1", "wide"), association("g2", "wide"), association("g3", "wide")]
    plan = made([OVERLAY, subnet("wide", "10.0.6.0/23"), taken, gateways, deployment("1.8.0")], "overlay")
    names = [re.search("--name (\\S+)", line)[1] for line in commands(plan, "subnet")[::2]]  # type: ignore[index]
    assert names == ["snet-agc-24-2", "snet-agc-24-3", "snet-agc-24-4"]
    targets = [shlex.split(line)[-1].rpartition("/")[2] for line in commands(plan, "move")[1::2]]
    assert targets == names


@pytest.mark.parametrize("tagged", [True, False])
def test_an_association_that_the_controller_manages_is_not_moved_by_az(tagged: bool):
    own = association("alb-1", "wide") | {"tags": {"managed-by-alb-controller": "true"}}
    balancer = {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "alb"},
        "spec": {"associations": [f"{NETWORK}/a/subnets/wide"]},
    }
    documents = [OVERLAY, subnet("wide", "10.0.6.0/23"), [own] if tagged else balancer, deployment("1.8.0")]
    plan = made(documents, "overlay")
    move = next(step for step in plan.steps if step.id == "move-managed")
    assert "spec.associations" in " ".join(note.text for note in move.notes)
    named = ["<BALANCER>" if tagged else "alb", "--namespace", "<BALANCER_NAMESPACE>"]
    patch = {"spec": {"associations": [f"{NETWORK}/a/subnets/snet-agc-24"]}}
    assert [shlex.split(line) for line in move.commands] == [
        ["kubectl", "patch", "applicationloadbalancer", *named, "--type", "merge", "--patch", json.dumps(patch)]
    ]


def test_a_free_subnet_counts_only_in_the_network_of_the_nodes():
    networks = [network("a", "japaneast", "b"), network("b", "japaneast")]
    there = made([OVERLAY, subnet("agc", "10.0.4.0/24"), NO_ASSOCIATIONS, deployment("1.8.0"), *networks], "agc")
    assert ("free-subnet-there", "done") in steps(there)
    create, _, associate = commands(there, "gateway")[-3:]
    assert "--location japaneast" in create
    assert associate.endswith(f"{NETWORK}/a/subnets/agc")
    hub = made([OVERLAY, subnet("hub", "10.9.0.0/24", "b"), NO_ASSOCIATIONS, deployment("1.8.0"), *networks], "agc")
    assert ("free-subnet", "todo") in steps(hub)


def test_with_pod_subnets_no_version_of_the_controller_is_promised():
    pools = [{"name": "np", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": f"{NETWORK}/a/subnets/pods"}]
    plan = made([flat(agentPoolProfiles=pools), NO_ASSOCIATIONS, deployment("1.0.0")], "agc")
    assert steps(plan)[0] == ("controller-there", "done") and "1.7.9" not in plan.steps[0].title


def test_plans_of_very_many_clusters_are_refused():
    with pytest.raises(InputError) as caught:
        plans(compose([flat(name=f"c{at}", id="") for at in range(101)]), "overlay", "en")
    assert caught.value.code == "too-many-clusters"


def test_a_plan_of_very_many_gateways_is_refused():
    gateways = [association(f"g{at}", f"s{at}") for at in range(201)]
    with pytest.raises(InputError) as caught:
        plans(compose([OVERLAY, gateways]), "overlay", "en")
    assert caught.value.code == "too-many-gateways"
    (plan,) = plans(compose([OVERLAY, gateways[:200]]), "overlay", "en")
    assert len([step for step in plan.steps if step.id == "move"]) == 200


def test_a_gateway_to_come_goes_into_the_new_subnet_where_the_given_one_is_too_large():
    snapshot = {"aks": OVERLAY, "subnet": subnet("wide", "10.0.6.0/23"), "albController": {"version": "1.8.0"}}
    plan = made(snapshot, "agc")
    assert commands(plan, "subnet")[0].count("--name snet-agc-24") == 1
    assert commands(plan, "gateway")[-1].endswith("/subnets/snet-agc-24")


KUBENET = flat(networkProfile={"networkPlugin": "kubenet"}, identity={"type": "UserAssigned"})


@pytest.mark.parametrize("prefix", ["10.0.4.0/23", "10.0.4.0/24"])
@pytest.mark.parametrize("aks", [KUBENET, flat(), OVERLAY])
@pytest.mark.parametrize("listed", [True, False])
def test_no_step_speaks_of_a_gateway_that_a_later_step_creates(aks: dict[str, object], prefix: str, listed: bool):
    plan = made([aks, subnet("agc", prefix), *([NO_ASSOCIATIONS] if listed else [])], "agc")
    moves = [step for step in plan.steps if step.id in ("move", "replace")]
    (creates,) = [step for step in plan.steps if step.id == "gateway"]
    if moves:  # one of both, as the reader finds out
        assert all(step.title.startswith("If ") and step.need == "unclear" for step in [*moves, creates])
    else:
        assert not any("the AGC resource on" in step.title and step.need != "done" for step in plan.steps)
    assert bool(moves) == (not listed and aks is not KUBENET)


def test_kubenet_has_no_gateway_unless_something_says_so():
    plan = made([KUBENET, subnet("agc", "10.0.4.0/23")], "agc")
    assert [step.id for step in plan.steps if step.id in ("subnet", "free-subnet", "move")] == ["free-subnet"]
    assert any("takes it as not installed" in note.text for note in plan.notes)
    linked = {**subnet("agc", "10.0.4.0/23"), "serviceAssociationLinks": [{"linkedResourceType": SERVICE}]}
    plan = made([KUBENET, linked], "agc")
    assert any(step.id == "move" for step in plan.steps)
    assert not any("takes it as not installed" in note.text for note in plan.notes)


def test_a_plan_names_a_subnet_that_it_does_not_take_for_the_gateways():
    plan = made([KUBENET, subnet("plain", "10.0.4.0/23", delegated=False)], "agc")
    assert any(note.text.startswith("The input has the subnet `plain`, which is not taken") for note in plan.notes)


@pytest.mark.parametrize("names", [("as", "other"), ("as", "as-24"), ("as-24", "as"), ("AS-24-2", "as")])
def test_two_associations_of_one_gateway_are_one_move_to_a_new_name(names: tuple[str, ...]):
    """Creating one under a name that is taken would move that one instead."""
    owner = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceNetworking/trafficControllers/g"
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    places = [subnet("one", "10.0.4.0/25"), subnet("two", "10.0.6.0/25")]
    listed = [
        association("g", place) | {"id": f"{owner}/associations/{own}"}
        for place, own in zip(("one", "two"), names, strict=True)
    ]
    plan = made([overlay, *places, listed, deployment("1.8.0")], "overlay")
    lines = [shlex.split(line) for step in plan.steps for line in step.commands if " association " in line]
    run = [(line[4], line[line.index("--name") + 1].casefold()) for line in lines]
    present = {name.casefold() for name in names}
    for verb, name in run:
        if verb == "delete":
            present.remove(name)
        else:
            assert name not in present
            present.add(name)
    assert len(present) == 1 and [verb for verb, _ in run] == ["delete", "delete", "create"]
