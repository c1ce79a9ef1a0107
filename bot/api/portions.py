"""What comes on a connection is parsed a portion at a time, and other connections have their turn in between.

The loop hands over 256 KiB at once, and may do so again and again before it looks at another connection; in small
pieces of a body, or thousands of headers, that is a long time.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import thread_time

PORTION = 16 * 1024  # bytes
DEAR = 0.0005  # seconds of a processor: an ordinary request takes less


class Pace:
    """The portions of all connections that wait, one after the other; after dear ones, as long a time for all else."""

    def __init__(self, clock: Callable[[], float] = thread_time) -> None:
        self._clock = clock
        self._waiting: deque[Callable[[], None]] = deque()
        self._runs = False

    def add(self, go_on: Callable[[], None]) -> None:
        """Call it in its turn."""
        self._waiting.append(go_on)
        if not self._runs:
            self._runs = True
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        began = self._clock()
        while self._waiting and self._clock() - began < DEAR:
            self._waiting.popleft()()
        took, loop = self._clock() - began, asyncio.get_running_loop()
        if not self._waiting:
            self._runs = False
        elif took < DEAR:
            loop.call_soon(self._run)
        else:
            loop.call_later(took, self._run)


class Portions:
    """The bytes of one connection, in their order. Nothing is read from it while some of them wait."""

    def __init__(
        self,
        parse: Callable[[bytes], None],
        pause: Callable[[], None],
        resume: Callable[[], None],
        pace: Pace,
        clock: Callable[[], float] = thread_time,
    ) -> None:
        """`parse` gets each portion; `pause` and `resume` are about reading from the connection."""
        self._parse, self._pause, self._resume, self._pace, self._clock = parse, pause, resume, pace, clock
        self._rest = b""
        self._waits = False
        self._dear = False  # was the last portion

    @property
    def waiting(self) -> bool:
        """Whether there is more to be parsed."""
        return bool(self._rest)

    def take(self, data: bytes) -> None:
        """Parse the first portion now, unless it has to wait for its turn."""
        self._rest += data
        if self._waits:
            self._pause()  # who reads the body has asked for more meanwhile
        elif self._dear:
            self._wait()
        else:
            self._go_on()

    def finish(self) -> None:
        """Parse all that waits: no more comes."""
        while self._rest:
            self._parse_next()

    def stop(self) -> None:
        """Parse nothing more."""
        self._rest = b""

    def _wait(self) -> None:
        self._waits = True
        self._pause()
        self._pace.add(self._go_on)

    def _go_on(self) -> None:
        paused, self._waits = self._waits, False
        if self._rest:
            self._parse_next()
        if self._rest:
            self._wait()
        elif paused:
            self._resume()

    def _parse_next(self) -> None:
        portion, self._rest = self._rest[:PORTION], self._rest[PORTION:]
        began = self._clock()
        self._parse(portion)
        self._dear = self._clock() - began >= DEAR
