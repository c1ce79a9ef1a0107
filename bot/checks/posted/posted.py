"""What a door to the network gets, to check or to plan for: bytes in, a report or a problem out, both ready to send."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.checks.clusters.compose import Given, compose
from bot.checks.errors import InputError
from bot.checks.findings import Finding
from bot.checks.plan import MEDIA_TYPES, plans, render
from bot.checks.plan.remedies import remedies
from bot.checks.posted.reply import problem, reply
from bot.checks.rules.engine import judge
from bot.checks.rules.merge import merged
from bot.checks.text.documents import read_documents

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """A report, or plans, in one of their formats."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Every rule once, of several clusters the worst; and the names of the clusters, as far as they have one."""

    findings: tuple[Finding, ...]
    clusters: tuple[str, ...]
    commands: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # by rule: what mends it, or prints what it lacks


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the bytes cannot be checked: `text` is the JSON of an error, `message` the part of it that people read."""

    code: str
    message: str
    text: str


def report(
    data: bytes, most: int, form: str, lang: str, base_url: str = "", planned: str | None = None, schema: int = 2
) -> Report | Problem:
    """The report about documents of at most `most` bytes."""
    return _judged(data, most, lang, lambda given: Report(*reply(given, form, lang, base_url, planned, schema)))


def findings(data: bytes, most: int, lang: str, base_url: str = "", planned: str | None = None) -> Checked | Problem:
    """Every rule once, about documents of at most `most` bytes."""

    def checked(given: object) -> Checked:
        inventory = compose(given, planned=planned)
        judged = judge(inventory, lang, base_url)
        commands: dict[str, list[str]] = {}
        for by_rule in remedies(inventory, judged):
            for rule, lines in by_rule.items():
                commands[rule] = list(dict.fromkeys([*commands.get(rule, []), *lines]))
        clusters = [judgement.findings for judgement in judged]
        return Checked(tuple(merged(clusters)), tuple(cluster.name for cluster in clusters), commands)

    return _judged(data, most, lang, checked)


def plan(data: bytes, most: int, goal: str, form: str, lang: str, base_url: str = "") -> Report | Problem:
    """A plan for each cluster of documents of at most `most` bytes."""

    def planned(given: object) -> Report:
        return Report(render(plans(compose(given), goal, lang, base_url), form, lang), MEDIA_TYPES[form])

    return _judged(data, most, lang, planned)


def _judged(data: bytes, most: int, lang: str, tell: Callable[[object], T]) -> T | Problem:
    given = None
    try:
        given = Given(read_documents(data, most))
        return tell(given)
    except InputError as error:
        text = json.dumps({"error": problem(error, lang, given)}, ensure_ascii=False)
        return Problem(error.code, error.message(lang), text)
