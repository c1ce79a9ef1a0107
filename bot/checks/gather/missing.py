"""What the rules still lack, why, and the command that prints it: with the names that the given documents tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.checks.clusters.controllers import IDLE
from bot.checks.clusters.doubts import CUT, OWNED, UNLISTED, USED
from bot.checks.clusters.world import FEW
from bot.checks.findings import Gap, Verdict
from bot.checks.gather.commands import line
from bot.checks.gather.printing import Printing, commands_for
from bot.checks.inventory.inventory import Inventory, Place, key_of
from bot.checks.printable import NAMED, printable
from bot.checks.rules.engine import Judged
from bot.checks.spelling import resource_id
from bot.checks.words import label, words

_STATE = "albController-state"  # no key of its own: whether the controller runs


@dataclass(frozen=True, slots=True)
class Missing:
    """A key of the snapshot, why it is needed, and a command; some keys take two commands."""

    key: str
    why: str
    command: str


def missing(inventory: Inventory, judged: Sequence[Judged], lang: str) -> list[Missing]:
    """What rules of unknown status did not find, for each cluster; the same command once."""
    by_command: dict[str, tuple[str, str, dict[str, None]]] = {}
    for judgement in judged[:FEW]:
        for key, ids in _waiting(judgement).items():
            for name, command in commands_for(key, inventory, judgement.case):
                by_command.setdefault(line(command), (key, name, {}))[2].update(dict.fromkeys(ids))
    return [
        Missing(key.partition("-")[0], _why(name, ", ".join(ids), lang), command)
        for command, (key, name, ids) in by_command.items()
    ]


def lacking(inventory: Inventory, judged: Judged) -> dict[str, list[Printing]]:
    """The commands that print what each rule lacks of a cluster."""
    by_rule: dict[str, list[Printing]] = {}
    for key, ids in _waiting(judged).items():
        commands = list(commands_for(key, inventory, judged.case))
        by_rule |= dict.fromkeys(ids, commands)
    return by_rule


def _waiting(judged: Judged) -> dict[str, list[str]]:
    """The rules that lack data, by the key of the snapshot that would hold it."""
    waiting: dict[str, list[str]] = {}
    judgements = zip(judged.findings.findings, judged.keys, judged.verdicts, strict=True)
    for finding, key, verdict in judgements:
        # Data that is there but does not decide (`latest`) would only be printed once more.
        again = (
            verdict.doubt is not None
            or finding.observed is None
            or (key in ("vnets", "aks") and "?" in finding.observed)
        )
        if finding.gap is Gap.DATA and again:
            waiting.setdefault(_asked(key, verdict), []).append(finding.id)
    return waiting


def _asked(key: str, verdict: Verdict) -> str:
    """What a doubt asks for: the value itself is there."""
    doubt = verdict.doubt
    if doubt is not None and doubt.code == UNLISTED:
        return "agcAssociations"
    if doubt is None or doubt.code not in (CUT, IDLE, OWNED, USED) or doubt.settled:
        return key
    return _STATE if key == "albController" else "agcAssociations"


def missing_cluster(inventory: Inventory, lang: str) -> list[Missing]:
    """Without the cluster nothing else is known to be needed."""
    commands = commands_for("aks", inventory, None)
    return [Missing("aks", _why(name, label(lang, "every-rule"), lang), line(command)) for name, command in commands]


def ignored(inventory: Inventory) -> list[tuple[Place, str]]:
    """The first of what was understood and not needed."""
    return [(place, printable(name, NAMED)) for place, name in inventory.ignored[:FEW]]


def unread_keys(inventory: Inventory, lang: str) -> list[tuple[Place, str]]:
    """A sentence about each key of a snapshot that nothing reads, about ids that identify nothing, and about objects
    that tell of nothing that exists.
    """
    unread = [
        (place, words(lang, f"labels.{'misspelt' if near else 'unread'}", name=printable(key, NAMED), near=near or ""))
        for place, key, near in inventory.misspelt[:FEW]
    ]
    refused = [
        (of.place, words(lang, f"errors.{of.code}", name=printable(of.name, NAMED), command=of.command))
        for of in inventory.refused[:FEW]
    ]
    return [*unread, *refused, *((place, words(lang, "labels.hidden")) for place in islice(_hidden(inventory), FEW))]


def _hidden(inventory: Inventory) -> Iterator[Place]:
    """Resources whose ids hide a name: what is asked of them would otherwise be asked for once more."""
    resources = (inventory.clusters, inventory.networks, inventory.subnets, inventory.gateways, inventory.associations)
    for item in chain.from_iterable(resources):
        own = key_of(item.value, "id")
        if isinstance(own, str) and "/providers/" in own.casefold() and resource_id(own) is None:
            yield item.place


def _why(name: str, rules: str, lang: str) -> str:
    return words(lang, f"commands.{name}") + label(lang, "place").format(place=rules)
