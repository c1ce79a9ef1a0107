"""What is done about a cluster in the process beside the service: the report as data and as Markdown, in one go."""

import json
from dataclasses import dataclass
from typing import Any

from bot.checks.posted import posted


@dataclass(frozen=True, slots=True)
class Told:
    """A report, or plans, in both forms."""

    data: Any
    text: str


def report(data: bytes, most: int, lang: str, base_url: str, planned: str | None) -> Told | posted.Problem:
    """The report about documents of at most `most` bytes."""
    told = posted.report(data, most, "json", lang, base_url, planned)
    return (
        told
        if isinstance(told, posted.Problem)
        else _both(told, posted.report(data, most, "markdown", lang, base_url, planned))
    )


def plan(data: bytes, most: int, goal: str, lang: str, base_url: str) -> Told | posted.Problem:
    """A plan for each cluster of documents of at most `most` bytes."""
    told = posted.plan(data, most, goal, "json", lang, base_url)
    return (
        told
        if isinstance(told, posted.Problem)
        else _both(told, posted.plan(data, most, goal, "markdown", lang, base_url))
    )


def _both(told: posted.Report, text: posted.Report | posted.Problem) -> Told:
    return Told(json.loads(told.text), text.text)
