"""Kept HTTP connections with raw sockets: a client library takes more processor time than the service measured."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

TIMEOUT = 60  # seconds


@dataclass(frozen=True)
class Reply:
    """Status, header lines in lower case, body."""

    status: int
    head: bytes
    body: bytes


class Connection:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, request: bytes) -> Reply:
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        body = await self._reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return Reply(int(head.split(maxsplit=2)[1]), head, body)

    async def close(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):  # the other side was faster
            await self._writer.wait_closed()


class Pool:
    """As many connections as requests are under way; each is kept for the next."""

    def __init__(self, port: int) -> None:
        self._port, self._idle = port, list[Connection]()

    async def send(self, request: bytes) -> Reply:
        """Raises OSError (TimeoutError is one) or EOFError where no reply came."""
        async with asyncio.timeout(TIMEOUT):
            if self._idle:
                with suppress(EOFError, ConnectionError):  # services close what was idle for some seconds
                    return await self._by(self._idle.pop(), request)
            return await self._by(await Connection.open(self._port), request)

    async def _by(self, connection: Connection, request: bytes) -> Reply:
        kept = False
        try:
            reply = await connection.send(request)
            kept = b"\r\nconnection: close" not in reply.head
        finally:
            if kept:
                self._idle.append(connection)
            else:
                await connection.close()
        return reply

    async def close(self) -> None:
        await asyncio.gather(*(connection.close() for connection in self._idle))


@asynccontextmanager
async def pool(port: int) -> AsyncIterator[Pool]:
    """Connections that are closed at the end."""
    opened = Pool(port)
    try:
        yield opened
    finally:
        await opened.close()


def post(question: str) -> bytes:
    """A request for `POST /api/ask`."""
    body = json.dumps({"question": question}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body
