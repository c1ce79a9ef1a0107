"""Findings in, one of the formats out that people and tools read: `render` is all that a door needs."""

from collections.abc import Callable, Sequence

from bot.checks.findings import ClusterFindings, Finding
from bot.checks.report import json, junit, markdown, sarif, text
from bot.checks.rules.merge import by_cluster

FORMATS: dict[str, Callable[[Sequence[ClusterFindings], str, str], str]] = {
    "text": text.render,
    "json": json.render,
    "markdown": markdown.render,
    "sarif": sarif.render,
    "junit": junit.render,
}

MEDIA_TYPES = {
    "text": "text/plain",
    "json": "application/json",
    "markdown": "text/markdown",
    "sarif": "application/sarif+json",
    "junit": "application/xml",
}


def render(
    findings: Sequence[Finding] | Sequence[ClusterFindings], form: str, lang: str, source: str = "snapshot.json"
) -> str:
    """The report, without a newline at its end. `source` names the file that was checked."""
    return FORMATS[form](by_cluster(findings), lang, source)
