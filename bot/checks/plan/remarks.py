"""What is said above the steps of a plan: how the cluster is, what a plan in the input does, what was assumed."""

from collections.abc import Iterator, Sequence

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.doubts import EMPTY, UNTAKEN
from bot.checks.inventory.inventory import key_of
from bot.checks.inventory.kinds import Kind
from bot.checks.inventory.snapshot import Network
from bot.checks.inventory.states import is_deleting, is_stopped, provisioning_state
from bot.checks.plan.beside import Beside
from bot.checks.plan.idea import takes_gateway
from bot.checks.plan.installing import beside_own
from bot.checks.plan.names import Names, aks
from bot.checks.plan.records import Need, Note, Step
from bot.checks.plan.state import State
from bot.checks.plan.steps import START
from bot.checks.plan.words import words
from bot.checks.printable import printable
from bot.checks.spelling import stands_in

_SUCCEEDED = "succeeded"
_IN_CONTEXT = ("kubectl ", "helm ")  # commands that name no cluster
_ENDED_BADLY = ("failed", "canceled")
_MOST = 16  # names that are listed


def remarks(case: Case, state: State, known: Beside, names: Names, steps: Sequence[Step], lang: str) -> Iterator[Note]:
    """Of one cluster; `steps` are none where something is in the way."""
    started = any(step.id == START for step in steps)
    yield from (Note(text) for text in _condition(case, state, names, lang, started))
    if known.inventory.plans:
        yield Note(words(lang, "notes.terraform"))
    elif Kind.TEMPLATE in known.inventory.kinds:
        yield Note(words(lang, "notes.template"))
    if state.network in (Network.FLAT, Network.KUBENET) and _is_upgraded(steps) and not state.upgrades:
        if case.item.created:
            yield Note(words(lang, "notes.unborn"))
        elif Kind.TEMPLATE in known.inventory.kinds:
            yield Note(words(lang, "notes.unborn-template"))
    if not steps:
        return
    if _is_upgraded(steps) and not case.item.created:
        yield Note(words(lang, f"notes.before-{'kubenet' if state.network is Network.KUBENET else 'flat'}"))
    yield from (Note(text) for text in _of_way(case, state, known, steps, lang))
    if any(line.startswith(_IN_CONTEXT) for step in steps for line in _lines(step)):
        yield Note(words(lang, "notes.context", command=aks(names, "get-credentials").text))
    access = key_of(case.item.value, "apiserveraccessprofile")
    if isinstance(access, dict) and key_of(access, "enableprivatecluster") is True and any(map(_lines, steps)):
        yield Note(words(lang, "notes.private"))


def _lines(step: Step) -> tuple[str, ...]:
    """All commands of a step that is not done."""
    if step.need is Need.DONE:
        return ()
    return (*step.first, *step.commands, *([step.check.command] if step.check.command else []))


def _is_upgraded(steps: Sequence[Step]) -> bool:
    """Whether the way to the goal is an upgrade, or would be if nothing were in the way."""
    return not steps or any(step.id == "upgrade" and step.need is not Need.DONE for step in steps)


def _condition(case: Case, state: State, names: Names, lang: str, started: bool) -> Iterator[str]:
    """A cluster or pools that are stopped, or whose last operation failed or goes on."""
    value = case.item.value
    pools = key_of(value, "agentpoolprofiles")
    listed = [pool for pool in pools if isinstance(pool, dict)] if isinstance(pools, list) else []
    if state.stopped:
        if not started and not is_deleting(value):
            yield words(lang, "notes.stopped", command=aks(names, "start").text)
    elif stopped := [pool for pool in listed if is_stopped(pool)]:
        yield words(lang, "notes.stopped-pools", pools=_named(stopped))
    if (stated := open_state(case)) and not is_deleting(value):
        kind = "failed" if stated.casefold() in _ENDED_BADLY else "under-way"
        command = aks(names, "show").add("--query", "provisioningState").text
        yield words(lang, f"notes.{kind}", state=printable(stated), command=command)
    if open_ones := [pool for pool in listed if _is_open(provisioning_state(pool))]:
        yield words(lang, "notes.open-pools", pools=_named(open_ones))


def open_state(case: Case) -> str:
    """What became of the last operation on the cluster, where it has not succeeded."""
    stated = provisioning_state(case.item.value)
    return stated if _is_open(stated) else ""


def _is_open(state: str) -> bool:
    return bool(state) and state.casefold() != _SUCCEEDED and not stands_in(state)


def _named(pools: Sequence[dict[str, object]]) -> str:
    return _listed([str(key_of(pool, "name") or "?") for pool in pools])


def _listed(names: Sequence[str]) -> str:
    return ", ".join([*map(printable, names[:_MOST]), *(["…"] if len(names) > _MOST else [])])


def _of_way(case: Case, state: State, known: Beside, steps: Sequence[Step], lang: str) -> Iterator[str]:
    if state.network is Network.KUBENET and state.in_use:
        gateways = [gateway.name for gateway in state.gateways if gateway.exists and not gateway.foreign]
        yield words(lang, "notes.kubenet-in-use", gateways=_listed(gateways))
    if case.after is not None:
        yield words(lang, "notes.upgrades")
    if state.creates and not takes_gateway(state):
        yield words(lang, "notes.creates-later")
    elif any(item.created for item in known.inventory.associations) and any(
        step.id in ("gateway", "associate") and step.need is not Need.DONE for step in steps
    ):
        yield words(lang, "notes.creates")
    untaken = {doubt.seen for view in case.views for doubt in view.doubts if doubt.code == UNTAKEN}
    yield from (words(lang, "notes.untaken", subnet=subnet) for subnet in sorted(untaken))
    if any(step.need is Need.UNCLEAR for step in steps):
        empty = {doubt.seen for view in case.views for doubt in view.doubts if doubt.code == EMPTY}
        yield from (words(lang, "notes.empty-list", seen=seen) for seen in sorted(empty))
    idle = state.idle if state.in_use is False else beside_own(state) if state.in_use else ()
    if idle and all(step.id not in ("associate", "replace-there") for step in steps):
        gateways = [own.rsplit("/", 1)[-1] for own in idle]
        yield words(lang, "notes.unassociated", gateways=_listed(gateways))
    if state.assumed:
        yield words(lang, "notes.assumed")
    if any(step.need is Need.UNCLEAR for step in steps):
        yield words(lang, "notes.unclear")
