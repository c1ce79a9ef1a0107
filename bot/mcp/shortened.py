"""Reports about clusters, and plans, as data and as Markdown, from the longest form to the shortest."""

from collections.abc import Iterator
from typing import Any

from bot.language import say
from bot.mcp.budget import Shown
from bot.mcp.verdicts import Blocker, Checked, Finding, Plan, Plans, Step

_TO_DO = ("fail", "unknown", "advice")


def reports(report: Any, text: str, lang: str) -> Iterator[Shown]:
    """The report, and shorter ones: without commands, without what is in order, of fewer clusters."""
    clusters, summary = report["clusters"], report["summary"]
    bold = f"**{summary}**"

    def shown(some: list[Any], words: str, keys: tuple[str, ...], *, cut: bool, every: bool) -> Shown:
        listed = [_findings(cluster, keys, every=every) for cluster in some]
        fields: Checked = {"summary": summary, "clusters": [{"name": n, "findings": f} for n, f in listed]}
        if cut:
            fields["truncated"] = True
            words = f"{words}\n\n{say(lang, 'mcp', 'labels.cut')}"
        return Shown(fields, words)

    whole = ("observed", "expected", "why", "fix", "pointer", "url", "commands")
    yield shown(clusters, text, whole, cut=False, every=True)
    yield shown(clusters, text, whole[:-1], cut=True, every=True)
    yield shown(clusters, bold, ("observed", "expected", "fix", "url"), cut=True, every=True)
    yield shown(clusters, bold, ("observed", "url"), cut=True, every=False)
    count = len(clusters)
    while count:
        yield shown(clusters[:count], bold, (), cut=True, every=False)
        count //= 2
    yield shown([], bold, (), cut=True, every=False)


def _findings(cluster: Any, keys: tuple[str, ...], *, every: bool) -> tuple[str, list[Finding]]:
    """A cluster's findings; of those in order only what was seen. A command may print what is lacking or mend it."""
    findings: list[Finding] = []
    for finding in cluster["findings"]:
        to_do = finding["status"] in _TO_DO
        if not (every or finding["status"] == "fail"):
            continue
        fields = {
            key: _lines(finding[key]) for key in keys if finding.get(key) and (to_do or key in ("observed", "url"))
        }
        findings.append({"id": finding["id"], "status": finding["status"], **fields})  # type: ignore[typeddict-item]
    return cluster["name"], findings


def plans(planned: Any, text: str, lang: str) -> Iterator[Shown]:
    """The plans, and shorter ones: without the Markdown of all, without what explains a step, of fewer clusters."""
    each = planned["plans"]

    def shown(some: list[Any], keys: tuple[str, ...], words: str | None = None) -> Shown:
        fields: Plans = {"plans": [_plan(plan, keys) for plan in some]}
        if words is not None:
            return Shown(fields, words)
        fields["truncated"] = True
        lines = [f"- {plan['summary']}" for plan in some]
        return Shown(fields, "\n".join([*lines, "", say(lang, "mcp", "labels.cut")]))

    whole = ("marks", "rule", "quote", "url", "notes", "commands", "check", "expected")
    yield shown(each, whole, text)
    yield shown(each, whole)
    yield shown(each, ("marks", "rule", "commands"))
    count = len(each)
    while count:
        yield shown(each[:count], ())
        count //= 2
    yield shown([], ())


def _plan(plan: Any, keys: tuple[str, ...]) -> Plan:
    steps: list[Step] = []
    for step in plan["steps"] if keys else []:
        fields = {
            **{name: step[name] for name in ("marks", "rule", "commands")},
            "quote": step["reason"]["text"],
            "url": step["reason"]["url"],
            "notes": [note["text"] for note in step["notes"]],
            "check": step["check"]["command"],
            "expected": step["check"]["expected"],
        }
        fields = {key: _lines(fields[key]) for key in keys if fields[key]}
        steps.append({"title": step["title"], "need": step["need"], **fields})  # type: ignore[typeddict-item]
    blockers: list[Blocker] = [
        {"title": each["title"], "instead": each["instead"], "url": each["reason"]["url"]} for each in plan["blockers"]
    ]
    return {"name": plan["name"], "summary": plan["summary"], "blockers": blockers, "steps": steps}


def _lines(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "\n".join(lines)
