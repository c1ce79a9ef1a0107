"""The door on standard input and output: one agent on this machine, no network.

The first messages are answered while the index is still being read: a host waits for them before anything else.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from mcp.server.stdio import stdio_server

from bot.mcp.caller import Caller
from bot.mcp.server import server
from bot.service.desk import Desk


async def serve(load: Callable[[], Desk], lang: str) -> None:
    """Answer until the input ends. `load` runs in a thread, and does not fail. `lang`: of the list of tools."""
    loading = asyncio.create_task(asyncio.to_thread(load))

    async def caller(request: Any) -> Caller:
        return Caller(await asyncio.shield(loading), "stdio")

    door = server(caller, lang)

    try:
        async with stdio_server() as (read, write):
            await door.run(read, write, door.create_initialization_options())
    finally:
        await (await loading).close()
