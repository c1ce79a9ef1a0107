"""What is done about a cluster in the process beside the service: the report, in the longest form that fits."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.checks.posted import posted
from bot.mcp.budget import Shown, fitting
from bot.mcp.shortened import plans, reports


def report(
    content: bytes, most: int, lang: str, base_url: str, planned: str | None, tokens: int
) -> Shown | posted.Problem:
    """The report about documents of at most `most` bytes. Raises TightError."""
    return _fitting(lambda form: posted.report(content, most, form, lang, base_url, planned), reports, lang, tokens)


def plan(content: bytes, most: int, goal: str, lang: str, base_url: str, tokens: int) -> Shown | posted.Problem:
    """A plan for each cluster of documents of at most `most` bytes. Raises TightError."""
    return _fitting(lambda form: posted.plan(content, most, goal, form, lang, base_url), plans, lang, tokens)


def _fitting(
    judged: Callable[[str], posted.Report | posted.Problem],
    forms: Callable[[Any, str, str], Iterator[Shown]],
    lang: str,
    tokens: int,
) -> Shown | posted.Problem:
    reply = judged("json")
    if isinstance(reply, posted.Problem):
        return reply
    return fitting(forms(json.loads(reply.text), judged("markdown").text, lang), tokens)
