"""Answering is bounded and fair: as many at once as there are processors, and a short queue in which askers take turns.

Fair queueing (Nagle, RFC 970): whose turn it is goes round the askers, however many questions one of them has waiting;
and where no more may wait, who has most of them waiting gives up the last one for somebody who has fewer.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from index.processors import processors

T = TypeVar("T")


class FullError(Exception):
    """As many requests wait as may; this one should come again later."""


class Turns:
    """Runs work, `at_once` at a time, with at most `max_waiting` waiting."""

    def __init__(self, max_waiting: int, at_once: int = processors()) -> None:
        self.at_once = at_once
        self.failed = False  # work ended with an error since somebody last saw that it does not
        self._max_waiting, self._running = max_waiting, 0
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()  # the next asker first
        self._threads = anyio.CapacityLimiter(at_once)

    async def run(self, work: Callable[[], T], asker: str = "") -> T:
        """The result of `work`, which runs in a thread; FullError if there is no place for this asker."""
        async with self.turn(asker):
            try:
                # A thread: the work is C code that lets other threads run, and a coroutine would block the loop.
                return await anyio.to_thread.run_sync(work, limiter=self._threads)
            except TimeoutError:
                raise
            except Exception:
                self.failed = True
                raise

    @asynccontextmanager
    async def turn(self, asker: str = "") -> AsyncIterator[None]:
        """A turn, once it comes; FullError at once, or when the place in the queue is lost to another asker."""
        if self._running >= self.at_once:
            await self._wait(asker)
        else:
            self._running += 1
        try:
            yield
        finally:
            self._next()

    async def _wait(self, asker: str) -> None:
        """Until the turn is handed over, still counted as running."""
        own = self._waiting.get(asker, ())
        if sum(map(len, self._waiting.values())) >= self._max_waiting:
            most = max(self._waiting, key=lambda each: len(self._waiting[each]), default=asker)
            if len(self._waiting.get(most, ())) <= len(own) + 1:
                raise FullError
            self._waiting[most].pop().set_exception(FullError())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(asker, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._next()  # the turn came at the moment when nobody wanted it any more
            elif turn in self._waiting.get(asker, ()):
                self._waiting[asker].remove(turn)
                self._forget(asker)
            raise

    def _next(self) -> None:
        """Hand the turn over to the asker whose turn it is; they go behind the others."""
        while self._waiting:
            asker = next(iter(self._waiting))
            turn = self._waiting[asker].popleft()
            self._waiting.move_to_end(asker)
            self._forget(asker)
            if not turn.done():
                turn.set_result(None)
                return
        self._running -= 1

    def _forget(self, asker: str) -> None:
        if not self._waiting[asker]:
            del self._waiting[asker]
