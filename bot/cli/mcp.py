"""The door for agents in the terminal: `kb mcp` on standard input and output, and what `kb serve` adds at /mcp."""

import asyncio
from importlib.util import find_spec
from typing import Any

from bot.cli.command import INDEX, LANG, SITE, command, existing_index
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.settings import OFF, read_settings


@command()
@LANG
@INDEX
@SITE
def mcp(lang: str | None, **given: Any) -> None:
    """Serve an agent on this machine over standard input and output."""
    from bot.mcp.stdio import serve  # says which extra is missing before the index is read
    from bot.service.desk import Desk
    from bot.service.live import Live

    settings = read_settings(**given, rate_limit=OFF)  # the only one who asks owns this process
    live = Live(existing_index(settings), settings.model)
    with live.watching():
        asyncio.run(serve(Desk(settings, live), lang or terminal_lang()))


def attach_agents(app: Any, desk: Any, lang: str) -> str:
    """Serve agents beside the API, if the extra is installed and no setting is against it; one line that says so.

    Who asks for it by KB_MCP and lacks the extra gets ModuleNotFoundError.
    """
    settings = desk.settings
    if not settings.mcp:
        return say(lang, "mcp", "state.switched_off")
    if find_spec("mcp") is None and "mcp" not in settings.model_fields_set:
        return say(lang, "mcp", "state.missing")
    from bot.mcp.http import attach

    attach(app, desk)
    return say(lang, "mcp", "state.installed")
