"""A new gateway in place of another: the traffic moves to it before the old one is deleted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import LOOKS, Idea
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State

SWITCH = "switch"
_RETIRE = ("retire", "retire-managed")


def replacement(
    gateway: Gateway, new: Idea, every: Sequence[int], need: Need, ready: Callable[[State], bool]
) -> list[Idea]:
    """Create the new gateway, move the traffic to it, delete the old one. Only the second one disrupts anything.

    `new`: the step of its subnet, with the number or the id of the gateway.
    """
    at = new.at or 0
    kind = "replace-managed" if gateway.managed else "replace-there" if new.heir else "replace"
    made = Idea(
        kind,
        new.rule,
        new.rule,
        (),
        need,
        lambda state: state.gateways[at].prepared,
        lambda state: state.with_gateway(at, replace(state.gateways[at], replaced=True)),
        at,
        new.looks_at,
        subnet=new.subnet,
        number=new.number,
        nth=new.nth,
        heir=new.heir,
    )
    rest = _changeover(gateway, at, every, new.rule, need, lambda state: state.gateways[at].replaced and ready(state))
    return [made, *(replace(idea, nth=new.nth, heir=new.heir) for idea in rest)]


def changeover_to(
    state: State, at: int, every: Sequence[int], rule: str, need: Need, ready: Callable[[State], bool], heir: int
) -> list[Idea]:
    """Move the traffic to a gateway that is there, and delete the old one."""
    to = lambda state: state.gateways[heir].settled and ready(state)  # noqa: E731
    ideas = _changeover(state.gateways[at], at, every, rule, need, to)
    there = state.gateways[heir].owner
    return [replace(idea, heir=there, notes=(*idea.notes, *_NOTES.get(idea.id, ()))) for idea in ideas]


_NOTES = {SWITCH: ("heir",)}


def _changeover(
    gateway: Gateway, at: int, every: Sequence[int], rule: str, need: Need, ready: Callable[[State], bool]
) -> list[Idea]:
    def retired(state: State) -> State:
        for each in every:
            state = state.with_gateway(each, replace(moved(state.gateways[each], each), exists=each == at))
        return state.with_gateway(at, replace(state.gateways[at], retired=True))

    return [
        Idea(
            SWITCH,
            rule,
            SWITCH,
            (Mark.DISRUPTIVE,),
            need,
            lambda state: (state.window or state.apart) and ready(state),
            lambda state: state.with_gateway(at, replace(state.gateways[at], switched=True)),
            at,
            LOOKS,
        ),
        Idea(
            "retire-managed" if gateway.managed else "retire",
            rule,
            "retire",
            (Mark.IRREVERSIBLE, Mark.WAITS),
            need,
            lambda state: state.gateways[at].switched,
            retired,
            at,
            LOOKS,
            notes=() if gateway.sure else ("owner", "owner-names"),
            among=tuple(every),
        ),
    ]


def changeover(every: Sequence[Idea]) -> list[Idea]:
    """All moves of traffic to new gateways, and then the deletions of the old ones, which wait for the clients."""
    return [idea for ids in ((SWITCH,), _RETIRE) for idea in every if idea.id in ids]


def window_apart(steps: Sequence[Idea]) -> Idea:
    """The time for the moves alone: until the old gateways are gone, their rule may go on failing."""
    switches = [idea for idea in steps if idea.id == SWITCH]
    certain = any(idea.need is Need.TODO for idea in steps)
    return Idea(
        "window-switch",
        steps[0].rule,
        "window-switch",
        (Mark.WAITS,),
        Need.TODO if certain else Need.UNCLEAR,
        lambda state: all(idea.requires(replace(state, apart=True)) for idea in switches),
        lambda state: replace(state, apart=True),
    )


def all_retired(steps: Sequence[Idea]) -> Callable[[State], bool]:
    """Whether the old gateways of these steps are gone."""
    places = [idea.at for idea in steps if idea.at is not None]
    return lambda state: all(state.gateways[at].retired for at in places)
