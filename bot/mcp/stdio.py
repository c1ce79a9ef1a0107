"""The door on standard input and output: one agent on this machine, no network."""

from mcp.server.stdio import stdio_server

from bot.mcp.caller import Caller
from bot.mcp.server import server
from bot.service.desk import Desk


async def serve(desk: Desk, lang: str) -> None:
    """Answer until the input ends. `lang`: of the list of tools."""
    caller = Caller(desk, "stdio")
    door = server(lambda request: caller, lang)
    try:
        async with stdio_server() as (read, write):
            await door.run(read, write, door.create_initialization_options())
    finally:
        await desk.close()
