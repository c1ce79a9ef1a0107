"""What comes on a connection is parsed a portion at a time, and other connections have their turn in between.

The loop hands over 256 KiB at once, and may do so again and again before it looks at another connection; in small
pieces of a body that is a long time.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from time import thread_time

PORTION = 16 * 1024  # bytes
DEAR = 0.0005  # seconds of a processor: an ordinary request takes less


class Pace:
    """The portions that wait. Clients take turns, and where it takes long, half of the time is left to all else.

    A client has a turn for connections whose last portion was cheap, and one for the others: behind a proxy, all
    clients are one. Whose portions took least has the next (as bot/service/capacity.py does with questions).
    """

    def __init__(self, clock: Callable[[], float] = thread_time) -> None:
        self._clock = clock
        self._waiting: dict[tuple[str, bool], deque[Callable[[], None]]] = {}
        self._turns: list[tuple[float, int, tuple[str, bool]]] = []  # a heap of those that wait, by the time they took
        self._took: dict[tuple[str, bool], float] = {}  # since something waits
        self._now, self._number = 0.0, 0  # what the turn that came last had taken
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
        turn = (client, dear)
        if turn not in self._waiting:
            self._waiting[turn] = deque()
            self._queue(turn, max(self._now, self._took.get(turn, 0.0)))  # who sent nothing has saved nothing up
        self._waiting[turn].append(go_on)
        if not self._runs:
            self._runs = True
            asyncio.get_running_loop().call_soon(self._run)

    def _queue(self, turn: tuple[str, bool], took: float) -> None:
        self._took[turn], self._number = took, self._number + 1
        heappush(self._turns, (took, self._number, turn))

    def _run(self) -> None:
        began = self._clock()
        try:
            while self._turns and self._clock() - began < DEAR:
                self._go_on()
        finally:
            took, loop = self._clock() - began, asyncio.get_running_loop()
            if not self._turns:
                self._runs, self._now = False, 0.0
                self._took.clear()
            elif took < DEAR:
                loop.call_soon(self._run)
            else:
                loop.call_later(took, self._run)

    def _go_on(self) -> None:
        """The next portion."""
        self._now, _, turn = heappop(self._turns)
        go_on = self._waiting[turn].popleft()
        began = self._clock()
        try:
            go_on()
        finally:
            took = self._now + self._clock() - began
            if self._waiting[turn]:
                self._queue(turn, took)
            else:
                del self._waiting[turn]
                self._took[turn] = took


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
