"""The door for agents in the terminal: `kb mcp` on standard input and output, and what `kb serve` adds at /mcp."""

import asyncio
import os
import signal
from contextlib import ExitStack
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from bot.checks import EXIT_BAD_INPUT
from bot.cli.command import INDEX, LANG, SITE, command, existing_index
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.settings import OFF, read_settings
from index.errors import KbError

if TYPE_CHECKING:
    from bot.service.desk import Desk


@command()
@LANG
@INDEX
@SITE
def mcp(lang: str | None, **given: Any) -> None:
    """Serve an agent on this machine over standard input and output."""
    settings = read_settings(**given, rate_limit=OFF)  # the only one who asks owns this process
    folder = existing_index(settings)
    from bot.mcp.stdio import serve

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it at once, though a thread waits for input
    with ExitStack() as watched:

        def load() -> "Desk":
            from bot.service.desk import Desk
            from bot.service.live import Live

            try:
                live = Live(folder, settings.model)
            except KbError as error:
                click.echo(f"kb: {error}", err=True)
                os._exit(EXIT_BAD_INPUT)  # not an exception: the thread that waits for input would keep the process
            watched.enter_context(live.watching())
            return Desk(settings, live)

        asyncio.run(serve(load, lang or terminal_lang()))


def attach_agents(app: Any, desk: "Desk", lang: str) -> str:
    """Serve agents beside the API, if the extra is installed and no setting is against it; one line that says so.

    Who asks for it by KB_MCP and lacks the extra gets ModuleNotFoundError.
    """
    settings = desk.settings
    if not settings.mcp:
        return say(lang, "mcp", "state.switched_off")
    if find_spec("mcp") is None and "mcp" not in settings.model_fields_set:
        return say(lang, "mcp", "state.missing")
    from bot.mcp.http import PATH, attach

    attach(app, desk)
    return f"MCP: {PATH}"
