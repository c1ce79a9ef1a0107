"""The tools about the caller's own cluster: `check_cluster` and `plan_upgrade`. Nothing that is sent is stored."""

from collections.abc import Callable
from typing import ParamSpec

from bot.checks.posted.posted import Problem
from bot.language import ELSE, say
from bot.mcp import judging
from bot.mcp.arguments import CheckCluster, PlanUpgrade, RefusedError
from bot.mcp.budget import Shown
from bot.mcp.caller import Caller
from bot.service.apart import SECONDS, TooSlowError

LARGEST = 512 * 1024  # bytes of a cluster; the service itself reads what comes
P = ParamSpec("P")


async def check_cluster(given: CheckCluster, caller: Caller) -> Shown:
    """What every rule says of a cluster."""
    lang, site = given.lang or ELSE, caller.desk.settings.site_url
    options = given.document(), LARGEST, lang, site, given.planned, given.max_tokens
    return await _apart(caller, lang, "kb check", judging.report, *options)


async def plan_upgrade(given: PlanUpgrade, caller: Caller) -> Shown:
    """The ordered steps of a cluster to a goal, each with the sentence of the documentation that it rests on."""
    lang, site = given.lang or ELSE, caller.desk.settings.site_url
    options = given.document(), LARGEST, given.to, lang, site, given.max_tokens
    return await _apart(caller, lang, "kb plan", judging.plan, *options)


async def _apart(
    caller: Caller, lang: str, command: str, work: Callable[P, Shown | Problem], *args: P.args, **kwargs: P.kwargs
) -> Shown:
    """What `work` makes of it in the process beside the service. Raises RefusedError, TightError, or FullError."""
    try:
        shown = await caller.desk.apart.run(caller.asker, work, *args, **kwargs)
    except TooSlowError:
        words = say(lang, "errors", "check_stopped", seconds=round(SECONDS), command=command)
        raise RefusedError(words) from None
    if isinstance(shown, Problem):
        raise RefusedError(shown.message)
    return shown
