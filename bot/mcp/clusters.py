"""The tools about the caller's own cluster: `check_cluster` and `plan_upgrade`. Nothing that is sent is stored."""

from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

from bot.checks.posted.posted import Problem
from bot.language import ELSE, say
from bot.mcp import judging
from bot.mcp.arguments import CheckCluster, PlanUpgrade, RefusedError
from bot.mcp.budget import Shown, fitting
from bot.mcp.caller import Caller
from bot.mcp.verdicts import Blocker, Checked, Found, Plan, Plans, Step
from bot.service.apart import SECONDS, TooSlowError

LARGEST = 512 * 1024  # bytes of a cluster; the event loop itself reads what comes
_TO_DO = ("fail", "unknown", "advice")
P = ParamSpec("P")


async def check_cluster(given: CheckCluster, caller: Caller) -> Shown:
    """What every rule says of a cluster."""
    lang, site = given.lang or ELSE, caller.desk.settings.site_url
    told = await _apart(caller, lang, "kb check", judging.report, given.document(), LARGEST, lang, site, given.planned)
    return fitting(_reports(told, lang), given.max_tokens)


async def plan_upgrade(given: PlanUpgrade, caller: Caller) -> Shown:
    """The ordered steps of a cluster to a goal, each with the sentence of the documentation that it rests on."""
    lang, site = given.lang or ELSE, caller.desk.settings.site_url
    told = await _apart(caller, lang, "kb plan", judging.plan, given.document(), LARGEST, given.to, lang, site)
    return fitting(_plans(told, lang), given.max_tokens)


async def _apart(
    caller: Caller,
    lang: str,
    command: str,
    work: Callable[P, judging.Told | Problem],
    *args: P.args,
    **kwargs: P.kwargs,
) -> judging.Told:
    """What `work` makes of it in the process beside the service. Raises RefusedError, or FullError."""
    try:
        told = await caller.desk.apart.run(caller.asker, work, *args, **kwargs)
    except TooSlowError:
        words = say(lang, "errors", "check_stopped", seconds=round(SECONDS), command=command)
        raise RefusedError(words) from None
    if isinstance(told, Problem):
        raise RefusedError(told.message)
    return told


def _reports(told: judging.Told, lang: str) -> Iterator[Shown]:
    """The report, and shorter ones: without commands, without what is in order, of fewer clusters."""
    clusters, summary = told.data["clusters"], told.data["summary"]
    bold = f"**{summary}**"

    def shown(some: list[Any], text: str, keys: tuple[str, ...], *, cut: bool, every: bool) -> Shown:
        listed = [_findings(one, keys, every=every) for one in some]
        data: Checked = {"summary": summary, "clusters": [{"name": n, "findings": f} for n, f in listed]}
        if cut:
            data["truncated"] = True
            text = f"{text}\n\n{say(lang, 'mcp', 'labels.cut')}"
        return Shown(data, text)

    whole = ("observed", "expected", "why", "fix", "pointer", "url", "commands")
    yield shown(clusters, told.text, whole, cut=False, every=True)
    yield shown(clusters, told.text, whole[:-1], cut=True, every=True)
    yield shown(clusters, bold, ("observed", "expected", "fix", "url"), cut=True, every=True)
    yield shown(clusters, bold, ("observed", "url"), cut=True, every=False)
    count = len(clusters)
    while count:
        yield shown(clusters[:count], bold, (), cut=True, every=False)
        count //= 2
    yield shown([], bold, (), cut=True, every=False)


def _findings(cluster: Any, keys: tuple[str, ...], *, every: bool) -> tuple[str, list[Found]]:
    """A cluster's findings; of those in order only what was seen. A command may print what is lacking or mend it."""
    found: list[Found] = []
    for one in cluster["findings"]:
        to_do = one["status"] in _TO_DO
        if not (every or one["status"] == "fail"):
            continue
        told = {key: _lines(one[key]) for key in keys if one.get(key) and (to_do or key in ("observed", "url"))}
        found.append({"id": one["id"], "status": one["status"], **told})  # type: ignore[typeddict-item]
    return cluster["name"], found


def _plans(told: judging.Told, lang: str) -> Iterator[Shown]:
    """The plans, and shorter ones: without the Markdown of all, without what explains a step, of fewer clusters."""
    plans = told.data["plans"]

    def shown(some: list[Any], keys: tuple[str, ...], text: str | None = None) -> Shown:
        data: Plans = {"plans": [_plan(one, keys) for one in some]}
        if text is not None:
            return Shown(data, text)
        data["truncated"] = True
        lines = [f"- {one['summary']}" for one in some]
        return Shown(data, "\n".join([*lines, "", say(lang, "mcp", "labels.cut")]))

    whole = ("marks", "rule", "quote", "url", "notes", "commands", "check", "expected")
    yield shown(plans, whole, told.text)
    yield shown(plans, whole)
    yield shown(plans, ("marks", "rule", "commands"))
    count = len(plans)
    while count:
        yield shown(plans[:count], ())
        count //= 2
    yield shown([], ())


def _plan(one: Any, keys: tuple[str, ...]) -> Plan:
    steps: list[Step] = []
    for step in one["steps"] if keys else []:
        told = {
            **{name: step[name] for name in ("marks", "rule", "commands")},
            "quote": step["reason"]["text"],
            "url": step["reason"]["url"],
            "notes": [note["text"] for note in step["notes"]],
            "check": step["check"]["command"],
            "expected": step["check"]["expected"],
        }
        told = {key: _lines(told[key]) for key in keys if told[key]}
        steps.append({"title": step["title"], "need": step["need"], **told})  # type: ignore[typeddict-item]
    blockers: list[Blocker] = [
        {"title": each["title"], "instead": each["instead"], "url": each["reason"]["url"]} for each in one["blockers"]
    ]
    return {"name": one["name"], "summary": one["summary"], "blockers": blockers, "steps": steps}


def _lines(told: str | list[str]) -> str:
    return told if isinstance(told, str) else "\n".join(told)
