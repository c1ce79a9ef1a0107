"""What comes on a connection is parsed a portion at a time, and other connections have their turn in between.

The loop hands over 256 KiB at once, and may do so again and again before it looks at another connection; in small
pieces of a body that is a long time.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import thread_time

PORTION = 16 * 1024  # bytes
DEAR = 0.0005  # seconds of a processor: an ordinary request takes less


class Pace:
    """The portions that wait. Clients take turns, and where it takes long, half of the time is left to all else.

    A client has a turn for connections whose last portion was cheap, and one for the others: behind a proxy, all
    clients are one.
    """

    def __init__(self, clock: Callable[[], float] = thread_time) -> None:
        self._clock = clock
        self._waiting: dict[tuple[str, bool], deque[Callable[[], None]]] = {}  # in their turn
        self._dear: set[str] = set()  # clients whose last portion took long
        self._runs = False

    def is_dear(self, client: str) -> bool:
        """Whether what the client sent last took long, on whatever connection."""
        return client in self._dear

    def measure(self, client: str, work: Callable[[], None]) -> bool:
        """Do it, and give whether it took long."""
        began = self._clock()
        work()
        dear = self._clock() - began >= DEAR
        (self._dear.add if dear else self._dear.discard)(client)
        return dear

    def forget(self, client: str) -> None:
        """It has no connection any more."""
        self._dear.discard(client)

    def add(self, client: str, dear: bool, go_on: Callable[[], None]) -> None:
        """Call it in its turn."""
        self._waiting.setdefault((client, dear), deque()).append(go_on)
        if not self._runs:
            self._runs = True
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        began = self._clock()
        while self._waiting and self._clock() - began < DEAR:
            turn = next(iter(self._waiting))
            queue = self._waiting.pop(turn)
            go_on = queue.popleft()
            if queue:
                self._waiting[turn] = queue  # behind all others
            go_on()
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
        client: str = "",
    ) -> None:
        """`parse` gets each portion; `pause` and `resume` are about reading from the connection."""
        self._parse, self._pause, self._resume, self._pace, self._client = parse, pause, resume, pace, client
        self._rest = b""
        self._waits = False
        self._dear = False  # was the last portion
        self._begun = False

    @property
    def waiting(self) -> bool:
        """Whether there is more to be parsed; reading is paused then."""
        return self._waits

    def take(self, data: bytes) -> None:
        """Parse the first portion now, unless it has to wait for its turn."""
        self._rest += data
        if self._waits:
            return  # it was under way when reading was paused
        if self._dear or (not self._begun and self._pace.is_dear(self._client)):  # it may open many connections
            self._wait()
        else:
            self._go_on()

    def stop(self) -> None:
        """Parse nothing more."""
        self._rest = b""

    def _wait(self) -> None:
        if not self._waits:
            self._waits = True
            self._pause()
        self._pace.add(self._client, self._dear, self._go_on)

    def _go_on(self) -> None:
        self._begun = True
        if self._rest:
            portion, self._rest = self._rest[:PORTION], self._rest[PORTION:]
            self._dear = self._pace.measure(self._client, lambda: self._parse(portion))
        if self._rest:
            self._wait()
        elif self._waits:
            self._waits = False
            self._resume()
