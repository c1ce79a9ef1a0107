"""The door on standard input and output: one agent on this machine, no network.

The first messages are answered while the index is still being read: a host waits for them before anything else.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio.to_thread
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCError

from bot.checks.text.read import MAX_BYTES
from bot.mcp.caller import Caller
from bot.mcp.message import NoMessageError, received
from bot.mcp.server import server
from bot.service.desk import Desk


async def serve(load: Callable[[], Desk], lang: str) -> None:
    """Answer until the input ends, or nobody reads any more.

    `load` runs in a thread, and does not fail. `lang`: of the list of tools.
    """
    loading = asyncio.create_task(asyncio.to_thread(load))

    async def caller(request: Any) -> Caller:
        return Caller(await asyncio.shield(loading), "stdio")

    door, lines = server(caller, lang), _Lines()

    try:
        async with stdio_server(lines) as (read, write):  # type: ignore[arg-type]  # it iterates over its lines
            lines.replies.set_result(write)
            await door.run(read, write, door.create_initialization_options())
    except* BrokenPipeError:
        pass
    finally:
        await (await loading).close()


class _Lines:
    """The lines of standard input that are messages; the others are answered here."""

    def __init__(self) -> None:
        self.replies: asyncio.Future[Any] = asyncio.get_running_loop().create_future()  # the stream that takes them

    async def __aiter__(self) -> AsyncIterator[str]:
        # Where nobody reads the answers any more, the thread is left behind in the middle of its wait.
        while line := await anyio.to_thread.run_sync(sys.stdin.buffer.readline, abandon_on_cancel=True):
            if line.isspace():
                continue
            try:
                yield received(line, MAX_BYTES).decode()
            except NoMessageError as error:
                reply = SessionMessage(JSONRPCError.model_validate(error.reply))
                await (await self.replies).send(reply)
