"""The upgrade to CNI Overlay, and the time for it."""

from dataclasses import replace

from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.controllers import controller_need
from bot.checks.plan.idea import Idea, always, same
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.replacing import SWITCH, all_retired
from bot.checks.plan.sharing import place_need
from bot.checks.plan.state import State
from bot.checks.rules.upgrade_conditions import conditions

_NOT_IN_DATA = ("pod-size", "pod-rejected", "node-nsg", "masq")  # to go through before an engine is uninstalled


def window_of(state: State, upgrades: bool, pending: list[Idea], earlier: list[Idea]) -> Idea:
    """The time for everything that may disrupt traffic; `earlier`: what is done before it begins."""
    moves = any(idea.id != SWITCH for idea in pending)
    reason = "window-move" if moves else "window-switch"
    of_upgrade = "window-kubenet" if state.network is Network.KUBENET else "window"
    certain = any(idea.need is Need.TODO for idea in pending)
    about = _NOT_IN_DATA if upgrades else ("at-once",) if moves else ()
    return Idea(
        "window",
        "AGC010" if upgrades else pending[0].rule,
        of_upgrade if upgrades else reason,
        (Mark.WAITS,),
        Need.TODO if certain else Need.UNCLEAR,
        all_retired(earlier),
        lambda state: replace(state, window=True),
        notes=(*(("window-again",) if earlier else ()), *about),
    )


def upgrade_of(state: State, upgrades: bool, *, settled: bool) -> list[Idea]:
    """The step that cannot be undone, and the time that the controller takes to see it.

    `settled`: whether it is known whose the gateways are that such a step would cut off.
    """
    if not upgrades:
        done = state.network is Network.OVERLAY
        return [Idea("upgrade", "AGC002", "overlay", (), Need.DONE, always, same)] if done else []
    kubenet = state.network is Network.KUBENET
    ideas = [
        Idea(
            "upgrade",
            "AGC001" if kubenet else "AGC012",
            "kubenet" if kubenet else "flat-without" if state.in_use is False else "flat",
            (Mark.IRREVERSIBLE, Mark.DISRUPTIVE),
            Need.TODO if settled else Need.UNCLEAR,
            ready_to_upgrade,
            State.upgraded,
            notes=(*(() if settled else ("owner-first",)), *_notes(state, kubenet)),
        )
    ]
    if state.in_use is not False:
        need = Need.TODO if state.in_use else Need.UNCLEAR
        ideas.append(
            Idea(
                "detect",
                "AGC010",
                "detection",
                (Mark.WAITS,),
                need,
                lambda state: state.network is Network.OVERLAY,
                same,
                looks_at=("agcAssociations",),
            )
        )
    return ideas


def _notes(state: State, kubenet: bool) -> tuple[str, ...]:
    """A plan that makes the upgrade says the range of the pods itself."""
    about_range = () if state.upgrades else ("pod-cidr-kept",) if kubenet else ("pod-cidr-tabs",)
    return (*(("routes",) if kubenet else ()), *about_range)


def ready_to_upgrade(state: State) -> bool:
    """Everything that is to be true before the step that cannot be undone."""
    places = [at for at, gateway in enumerate(state.gateways) if gateway.exists is not False]
    after = state.upgraded()
    controller = state.in_use is False or all(
        controller_need(state, controller) is Need.DONE for controller in state.controllers
    )
    return (
        state.window
        and all(verdict.status is Status.PASS for verdict in conditions(state.alone()))
        and all(state.gateways[at].settled and place_need(after, at)[0] is Need.DONE for at in places)
        and controller
    )
