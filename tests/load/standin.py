"""A service in this process that answers as it is told, for the tests of the clients."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Reply = Callable[[bytes], bytes | None]  # a request's body to the whole response; None: the connection is closed


@asynccontextmanager
async def standin(reply: Reply) -> AsyncIterator[int]:
    """Yields the port that it listens at."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
                answer = reply(await reader.readexactly(length))
                if answer is None:
                    break
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def response(status: int, body: bytes = b"{}", more: str = "") -> bytes:
    """An HTTP response; `more` are header lines, each with its end of line."""
    return f"HTTP/1.1 {status} Some\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body
