"""All steps that concern a cluster on its way."""

from collections.abc import Callable
from dataclasses import replace

from bot.checks.inventory.snapshot import Network
from bot.checks.plan.controllers import UPDATES, controllers_of
from bot.checks.plan.idea import Idea, always, has_pod_subnets, same, takes_gateway
from bot.checks.plan.installing import install_of, lost_its_place, with_new_gateway
from bot.checks.plan.places import places_of
from bot.checks.plan.policies import engine_again
from bot.checks.plan.preconditions import BEFORE_WINDOW, before_upgrade, in_operation
from bot.checks.plan.records import AGC, Mark, Need
from bot.checks.plan.replacing import changeover, window_apart
from bot.checks.plan.state import State
from bot.checks.plan.upgrading import upgrade_of, window_of

START = "start"


def ideas(state: State, goal: str) -> list[Idea]:
    """All steps. A stopped cluster is started before any of them."""
    every = _with_applied(state, goal)
    first = next((idea for idea in every if idea.need is not Need.DONE), None)
    if first is None or not state.stopped:
        return every
    start = Idea(
        START, first.rule, START, (Mark.WAITS,), Need.TODO, always, lambda state: replace(state, stopped=False)
    )
    return [start, *(replace(idea, requires=_in_running(idea)) for idea in every)]


def _in_running(idea: Idea) -> Callable[[State], bool]:
    return lambda state: not state.stopped and idea.requires(state)


def _with_applied(state: State, goal: str) -> list[Idea]:
    """What only a plan makes is done by applying that first."""
    every = _ideas(state, goal)
    resting = [idea for idea in every if idea.need is Need.DONE and _pending(idea, state)]
    if not resting:
        return every
    names = [_made(idea, state) for idea in resting]
    first = resting[0]
    moves = any(idea.at is not None and state.gateways[idea.at].exists for idea in resting)
    marks = (Mark.DISRUPTIVE,) if moves else ()
    made = tuple(dict.fromkeys(names))
    configured = [idea for idea in every if idea.id == "configure"]
    left = [idea for idea in every if idea not in resting and idea not in configured]
    apply = Idea(_applied(state), first.rule, first.quote, marks, Need.TODO, always, same, makes=made)
    return [*configured, apply, *left]


def _made(idea: Idea, state: State) -> tuple[str, str]:
    """What a plan makes: a key of words, and a name. A gateway that is there is moved to a subnet."""
    if idea.at is None:
        return _MAKES[idea.id], ""
    gateway = state.gateways[idea.at]
    return "place" if gateway.named else _MAKES[idea.id], gateway.name


def _applied(state: State) -> str:
    """A plan that also upgrades the cluster, or installs a gateway before the upgrade, is applied in parts."""
    parts = ("deploy", "deploy-upgrade", "deploy-gateway") if state.template else _APPLIED
    return parts[1] if state.upgrades else parts[2] if state.creates and not takes_gateway(state) else parts[0]


_APPLIED = ("apply", "apply-upgrade", "apply-gateway")
_MAKES = {
    **dict.fromkeys(
        ("upgrade", "version", "pools", "identity", "masq", "windows", "windows-2019", "policy"), "cluster"
    ),
    "controller": "controller",
    "controller-there": "controller",
    "place": "subnet",
    "free-subnet-there": "subnet",
    "gateway-created": "gateway",
}


def _pending(idea: Idea, state: State) -> bool:
    kind = _MAKES.get(idea.id)
    if kind == "gateway":
        return True
    return state.gateways[idea.at].pending if kind == "subnet" and idea.at is not None else kind in state.pending


def _ideas(state: State, goal: str) -> list[Idea]:
    """In the order in which they are thought of; their conditions may put them into another one."""
    upgrades = state.network is not Network.OVERLAY and (goal != AGC or not has_pod_subnets(state))
    before = [*before_upgrade(state), *in_operation(state)] if upgrades else []
    places = places_of(state)
    install = install_of(state, places) if goal == AGC else []
    lost = upgrades and lost_its_place(state)
    first = [idea for idea in install if idea.id != "gateway"] if lost or state.in_use else []
    if first and lost:  # a gateway that is out of service is associated at once, and all other steps see it
        state = with_new_gateway(state)
    controllers = controllers_of(state, goal)
    every = [*before, *controllers, *(places if upgrades or state.network is Network.OVERLAY else [])]
    # What is done, or does not disrupt anything, comes before the window. Of the update of a controller that serves
    # traffic nobody says that it does not.
    serving = [idea for idea in controllers if idea.id in UPDATES and state.in_use is not False]
    late = [
        idea
        for idea in every
        if idea.need is not Need.DONE
        and (Mark.DISRUPTIVE in idea.marks or idea in serving)
        and idea.id not in BEFORE_WINDOW
        and idea.id != "back-managed"
    ]
    switches = changeover(every)
    ready = [idea for idea in every if idea not in late and idea not in switches]
    # Policies are not enforced from their step on: it comes right before the upgrade.
    within = [idea for idea in [*places, *controllers, *before] if idea in late and idea not in switches]
    # What a new gateway takes the place of is gone before the upgrade's window begins.
    early = [window_apart(switches), *switches] if upgrades and switches else []
    within += [] if upgrades else switches
    upgrade = upgrade_of(state, upgrades, settled=all(place.id != "owner" for place in places))
    within += upgrade[:1]
    pending = [idea for idea in within if Mark.DISRUPTIVE in idea.marks and idea.need is not Need.DONE]
    window = [window_of(state, upgrades, pending, early)] if pending else []
    # What ends the window comes before anything else that waits for the upgrade.
    closing = [*upgrade[1:], *engine_again(state, before)]
    return [*first, *closing, *ready, *early, *window, *within, *(idea for idea in install if idea not in first)]
