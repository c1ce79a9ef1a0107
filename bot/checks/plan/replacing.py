"""A new gateway in place of one in another region: the traffic moves to it before the old one is deleted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.checks.plan.gateways import Gateway, moved
from bot.checks.plan.idea import Idea
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State

SWITCH = "switch"
_RETIRE = ("retire", "retire-managed")


def replacement(gateway: Gateway, at: int, need: Need, looks: tuple[str, ...]) -> list[Idea]:
    """Create the new gateway, move the traffic to it, delete the old one. Only the second one disrupts anything."""
    rule, managed = "AGC007", gateway.managed
    return [
        Idea(
            "replace-managed" if managed else "replace",
            rule,
            rule,
            (),
            need,
            lambda state: state.gateways[at].prepared,
            lambda state: state.with_gateway(at, replace(state.gateways[at], replaced=True)),
            at,
            looks,
        ),
        Idea(
            SWITCH,
            rule,
            SWITCH,
            (Mark.DISRUPTIVE,),
            need,
            lambda state: (state.window or state.apart) and state.gateways[at].replaced,
            lambda state: state.with_gateway(at, replace(state.gateways[at], switched=True)),
            at,
            looks,
        ),
        Idea(
            "retire-managed" if managed else "retire",
            rule,
            "retire",
            (Mark.IRREVERSIBLE, Mark.WAITS),
            need,
            lambda state: state.gateways[at].switched,
            lambda state: state.with_gateway(at, replace(moved(state.gateways[at], at), retired=True)),
            at,
            looks,
            notes=() if gateway.sure else ("owner", "owner-names"),
        ),
    ]


def changeover(every: Sequence[Idea]) -> list[Idea]:
    """All moves of traffic to new gateways, and then the deletions of the old ones, which wait for the clients."""
    return [idea for ids in ((SWITCH,), _RETIRE) for idea in every if idea.id in ids]


def window_apart(steps: Sequence[Idea]) -> Idea:
    """The time for the moves alone: until the old gateways are gone, their rule may go on failing."""
    places = [idea.at for idea in steps if idea.at is not None]
    certain = any(idea.need is Need.TODO for idea in steps)
    return Idea(
        "window-switch",
        "AGC007",
        "window-switch",
        (Mark.WAITS,),
        Need.TODO if certain else Need.UNCLEAR,
        lambda state: all(state.gateways[at].replaced for at in places),
        lambda state: replace(state, apart=True),
    )


def all_retired(steps: Sequence[Idea]) -> Callable[[State], bool]:
    """Whether the old gateways of these steps are gone."""
    places = [idea.at for idea in steps if idea.at is not None]
    return lambda state: all(state.gateways[at].retired for at in places)
