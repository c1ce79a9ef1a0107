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
from bot.service.desk import LongError, OftenError

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


def offered(caller: Caller) -> tuple[str, ...]:
    """The names of the tools that the site has something for."""
    return tuple(name for name, tool in TOOLS.items() if caller.has_rules or not tool.of_rules)


async def call(name: str, given: Mapping[str, Any], caller: Caller) -> Shown:
    """What a tool of TOOLS shows. Raises RefusedError, with words for who called, whatever is in the way."""
    lang = spoken(given)
    try:
        await caller.count()
        tool = TOOLS[name]
        arguments = read(tool.takes, given)
        return await tool.run(arguments, caller)
    except RefusedError:
        raise
    except LongError as error:
        raise RefusedError(say(lang, "errors", "too_long", limit=error.limit)) from None
    except NoVersionError as error:
        raise RefusedError(error.message(lang)) from None
    except OftenError as error:
        raise RefusedError(say(lang, "errors", "rate_limited", seconds=error.seconds)) from None
    except FullError:
        raise RefusedError(say(lang, "errors", "over_capacity")) from None
    except TimeoutError:
        raise RefusedError(say(lang, "mcp", "errors.late")) from None
    except MemoryError:
        raise RefusedError(say(lang, "errors", "no_memory")) from None
    except TightError:
        raise RefusedError(say(lang, "mcp", "errors.tight")) from None
    except RecursionError:
        raise RefusedError(say(lang, "mcp", "errors.deep")) from None
    except Exception as error:  # its text may hold what was sent
        _log.error("mcp: %s failed: %s", name, type(error).__name__, exc_info=error)
        raise RefusedError(say(lang, "errors", "internal")) from None
