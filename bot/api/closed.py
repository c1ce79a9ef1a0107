"""Writing to a connection that is closed does nothing; some loops raise, asyncio's warns in the log."""

import asyncio
from typing import Any


class Forgiving:
    """A transport on which a reply to a client that has left is lost, and is no fault of who wrote it.

    Of several requests on a connection uvicorn tells only the last one that its client is gone; the others write on.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def __getattr__(self, name: str) -> Any:  # everything else is the transport's own
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write, unless nobody would read it."""
        if not self._transport.is_closing():
            self._transport.write(data)
