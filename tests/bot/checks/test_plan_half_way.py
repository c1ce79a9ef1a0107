"""A move that stopped anywhere goes on where it stopped, and ends: nothing is made twice, or deleted in between."""

import copy
import shlex

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks.plan.records import Mark, Need, Step

from .planwalk import GOOD, World, controller, half_way, left, owner_of, plan_of, run, wait
from .planwork import made

MOST = 40  # steps of any way
PATCHES, WAITS = ("move-managed", "ask-one"), ("arrive-managed", "leave-managed")


def take(world: World, step: Step, goal: str = "agc") -> None:
    for line in step.commands:
        run(world, line, step)
    if not step.commands:
        wait(world, plan_of(world, goal), step)


def in_use(world: World) -> set[str]:
    return {where for where, _ in world.associations.values() if world.subnets[where].endswith("/24")}


def shown(steps: list[Step]) -> list[tuple[str, tuple[str, ...]]]:
    return [(step.id, step.commands) for step in steps]


@given(half_way(), st.sampled_from(["overlay", "agc"]))
@settings(max_examples=150)
def test_after_every_step_the_rest_of_the_plan_is_what_is_left(world: World, goal: str):
    """A patch is followed by waiting for the controller, which no list shows before; then by the rest."""
    steps = left(plan_of(world, goal))
    if any(step.need is Need.UNCLEAR for step in steps):
        return
    used = in_use(world)
    for at, step in enumerate(steps):
        take(world, step, goal)
        if used - in_use(world) and any(later.id == "subnet" for later in steps[at:]):
            return  # a /24 has become free, and a gateway that moves later takes that one
        rest = left(plan_of(world, goal))
        while step.id in PATCHES and rest and rest[0].id in WAITS:
            take(world, rest[0], goal)
            rest = left(plan_of(world, goal))
        assert shown(rest) == shown(steps[at + 1 :]), step.id


@given(half_way(), st.data())
@settings(max_examples=150)
def test_whoever_plans_after_every_command_comes_to_the_end_with_no_more_subnets_than_gateways(
    world: World, data: st.DataObject
):
    subnets, gateways = len(world.subnets), len(world.gateways)
    for _ in range(MOST):
        steps = left(plan_of(world))
        if not steps or (steps[0].need is Need.UNCLEAR and steps[0].id != "associate"):
            break
        if any("<GATEWAY>" in line for line in steps[0].commands):
            return  # of several that have no association, readers know which is which
        step = steps[0]
        deletes_nothing_that_is_needed(world, step)
        if step.commands:
            lines = [line for line in step.commands if not line.startswith(("az role", "helm list"))]
            run(world, lines[0], step)
        else:
            wait(world, plan_of(world), step)
    else:
        raise AssertionError(shown(steps))
    assert len(world.subnets) - subnets <= gateways
    assert len({owner_of(own) for own in world.associations}) <= gateways
    if not left(plan_of(world)):
        by_owner = {owner: [own for own in world.associations if owner_of(own) == owner] for owner in world.gateways}
        assert all(world.associations[own][1] == GOOD for owned in by_owner.values() for own in owned)


def deletes_nothing_that_is_needed(world: World, step: Step) -> None:
    """An old association goes only where the new one is there, or is made by the very same step."""
    lines = [shlex.split(line) for line in step.commands]
    verbs = [words[4] for words in lines if words[:4] == ["az", "network", "alb", "association"]]
    if verbs and "create" not in verbs and step.id == "leave":
        arrived = [own for own, (_, state) in world.associations.items() if state == GOOD]
        owners = [owner_of(own).rpartition("/")[2] for own in arrived]
        name = lines[0][lines[0].index("--alb-name") + 1]
        assert owners.count(name) >= 1
    irreversible = [mark for mark in step.marks if mark is Mark.IRREVERSIBLE]
    if irreversible and step.id == "upgrade":
        assert all(state == GOOD for _, state in world.associations.values())


@given(half_way("Deleting"), st.sampled_from(["overlay", "agc"]), st.data())
@settings(max_examples=150)
def test_the_order_of_no_list_changes_a_plan(world: World, goal: str, data: st.DataObject):
    documents = world.documents()
    usual = made(documents, goal)
    turned = made(data.draw(st.permutations([permuted(each, data) for each in documents])), goal)
    assert [(step.id, step.need, step.title, step.commands, step.first) for step in turned.steps] == [
        (step.id, step.need, step.title, step.commands, step.first) for step in usual.steps
    ]


def permuted(value: object, data: st.DataObject) -> object:
    if isinstance(value, dict):
        return {key: permuted(item, data) for key, item in value.items()}
    if isinstance(value, list):
        return data.draw(st.permutations([permuted(item, data) for item in copy.deepcopy(value)]))
    return value


def test_a_controller_that_has_done_its_work_leaves_nothing_to_wait_for():
    world = World()
    controller_of = "/subscriptions/0/resourceGroups/MC_rg_one_japaneast/providers/x/alb"
    world.objects["o"] = (["/s"], controller_of)
    controller(world, controller_of)
    assert list(world.associations.values()) == [("/s", GOOD)]
