"""What comes on a connection is parsed a portion at a time, and other connections have their turn in between.

The loop hands over 256 KiB at once, and may do so again and again before it looks at another connection; in small
pieces of a body that is a long time.
"""

import asyncio
from collections.abc import Callable

PORTION = 16 * 1024  # bytes


class Portions:
    """The bytes of one connection, in their order. Nothing is read from it while some of them wait."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        parse: Callable[[bytes], None],
        pause: Callable[[], None],
        resume: Callable[[], None],
    ) -> None:
        """`parse` gets each portion; `pause` and `resume` are about reading from the connection."""
        self._loop, self._parse, self._pause, self._resume = loop, parse, pause, resume
        self._rest = b""
        self._next: asyncio.Handle | None = None

    @property
    def waiting(self) -> bool:
        """Whether there is more to be parsed."""
        return bool(self._rest)

    def take(self, data: bytes) -> None:
        """Parse the first portion now, unless others wait for their turn already."""
        self._rest += data
        if self._next is None:
            self._go_on()
        else:
            self._pause()  # who reads the body has asked for more meanwhile

    def finish(self) -> None:
        """Parse all that waits: no more comes."""
        while self._rest:
            self._parse_next()
        self.stop()

    def stop(self) -> None:
        """Parse nothing more."""
        self._rest = b""
        if self._next:
            self._next.cancel()
            self._next = None

    def _go_on(self) -> None:
        paused, self._next = self._next is not None, None
        self._parse_next()
        if self._rest:
            self._pause()
            self._next = self._loop.call_soon(self._go_on)
        elif paused:
            self._resume()

    def _parse_next(self) -> None:
        portion, self._rest = self._rest[:PORTION], self._rest[PORTION:]
        self._parse(portion)
