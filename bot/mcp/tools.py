"""The tools: what each takes and gives, and how a call ends, also one that cannot be answered."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.language import say
from bot.mcp import answers, clusters, outputs, pages, searching, verdicts
from bot.mcp.arguments import (
    Arguments,
    Ask,
    CheckCluster,
    ExplainRule,
    PlanUpgrade,
    ReadSection,
    RefusedError,
    Search,
    read,
    spoken,
)
from bot.mcp.budget import Shown, TightError
from bot.mcp.caller import Caller
from bot.question.versions import NoVersionError
from bot.service.capacity import FullError
from bot.service.refused import LongError, OftenError

_log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: the form of its arguments, the form of its data, and what it does. `of_rules`: it is about the rules."""

    takes: type[Arguments]
    gives: Any
    run: Callable[[Any, Caller], Awaitable[Shown]]
    of_rules: bool = False


TOOLS: Mapping[str, Tool] = {
    "ask": Tool(Ask, outputs.Answered, answers.ask),
    "search": Tool(Search, outputs.Hits, searching.search),
    "read_section": Tool(ReadSection, outputs.Page, pages.read_section),
    "list_rules": Tool(Arguments, outputs.Rules, pages.list_rules, of_rules=True),
    "explain_rule": Tool(ExplainRule, outputs.Explained, pages.explain_rule, of_rules=True),
    "check_cluster": Tool(CheckCluster, verdicts.Checked, clusters.check_cluster, of_rules=True),
    "plan_upgrade": Tool(PlanUpgrade, verdicts.Plans, clusters.plan_upgrade, of_rules=True),
}


_REASONS: dict[type[Exception], tuple[str, str]] = {
    FullError: ("errors", "over_capacity"),
    TimeoutError: ("mcp", "errors.late"),
    MemoryError: ("errors", "no_memory"),
    TightError: ("mcp", "errors.tight"),
    RecursionError: ("mcp", "errors.deep"),
}


def offered(caller: Caller) -> tuple[str, ...]:
    """The names of the tools that the site has something for."""
    return tuple(name for name, tool in TOOLS.items() if caller.has_rules or not tool.of_rules)


async def call(name: str, given: Mapping[str, Any], caller: Caller) -> Shown:
    """What a tool of TOOLS shows. Raises RefusedError, with words for who called, whatever is in the way."""
    try:
        await caller.count()
        tool = TOOLS[name]
        arguments = read(tool.takes, given)
        return await tool.run(arguments, caller)
    except RefusedError:
        raise
    except Exception as error:
        raise RefusedError(_reason(error, name, spoken(given))) from None


def _reason(error: Exception, name: str, lang: str) -> str:
    """Why a tool gives nothing, in words for who called; what is nobody's fault but ours goes into the log."""
    if isinstance(error, LongError):
        return say(lang, "errors", "too_long", limit=error.limit)
    if isinstance(error, NoVersionError):
        return error.message(lang)
    if isinstance(error, OftenError):
        return say(lang, "errors", "rate_limited", seconds=error.seconds)
    for kind, (topic, key) in _REASONS.items():
        if isinstance(error, kind):
            return say(lang, topic, key)
    _log.error("mcp: %s failed: %s", name, type(error).__name__, exc_info=error)
    return say(lang, "errors", "internal")  # the error's own text may hold what was sent
