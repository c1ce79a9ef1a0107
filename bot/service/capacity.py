"""Answering is bounded and fair: as many at once as there are processors, and a short queue in which askers take turns.

Fair queueing: whose turn it is goes round the askers, however many questions one of them has waiting (Nagle, RFC 970),
and whose work took more processor time waits longer, as if all had the same share of it (start-time fair queueing of
Goyal, Vin and Cheng, 1996). Where no more may wait, who has most of them waiting gives up the last one for somebody who
has fewer.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import cached_property
from time import thread_time
from typing import TypeVar

import anyio
import anyio.to_thread

from index.processors import processors

T = TypeVar("T")


class FullError(Exception):
    """As many requests wait as may; this one should come again later."""


class Turns:
    """Runs work, `at_once` at a time and `each` of one asker (None: as many), with at most `max_waiting` waiting."""

    def __init__(self, max_waiting: int, at_once: int = processors(), each: int | None = None) -> None:
        self.at_once = at_once
        self.failed = False  # work ended with an error since somebody last saw that it does not
        self._max_waiting, self._each = max_waiting, each or at_once
        self._running: Counter[str] = Counter()  # by asker
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()  # the next asker first
        self._threads = anyio.CapacityLimiter(at_once)
        # Seconds of work: to where each asker has been served, if ahead of the others, and to where all have been.
        self._served: dict[str, float] = {}
        self._now = 0.0

    async def run(
        self, work: Callable[[], T], asker: str = "", *, seconds: float | None = None, long: bool = False
    ) -> T:
        """The result of `work`, which runs in a thread; FullError if there is no place for this asker.

        TimeoutError after `seconds` (None: however long it takes); what has not begun by then is left. What has begun
        keeps its place until it ends, whoever has left meanwhile: work in a thread cannot be stopped. `long`: it takes
        some times as long as other work.
        """
        begun = late = False

        def wanted() -> T:
            nonlocal begun
            begun = True  # before it looks whether it is late: what is cancelled below does nothing
            if late:  # nobody waits for it any more
                raise TimeoutError
            return work()

        turn = asyncio.create_task(self._in_turn(wanted, asker, long=long))
        turn.add_done_callback(lambda done: done.cancelled() or done.exception())  # asked for, or asyncio logs it
        try:
            await asyncio.wait((turn,), timeout=seconds)
        except asyncio.CancelledError:
            late = True
            if not begun:
                turn.cancel()
            raise
        if not turn.done():
            late = True
            raise TimeoutError
        return turn.result()

    async def _in_turn(self, work: Callable[[], T], asker: str, *, long: bool) -> T:
        took = 0.0

        def measured() -> T:
            nonlocal took
            started = thread_time()
            try:
                return work()
            finally:
                took = thread_time() - started

        async with self._long.turn(asker) if long else nullcontext(), self.turn(asker):
            try:
                # A thread: the work is C code that lets other threads run, and a coroutine would block the loop.
                return await anyio.to_thread.run_sync(measured, limiter=self._threads)
            except TimeoutError:
                raise
            except Exception:
                self.failed = True
                raise
            finally:
                for turns in (self, self._long) if long else (self,):
                    turns.spend(asker, took)

    @cached_property
    def _long(self) -> "Turns":
        """The turns of long work: all but one, so that other work does not wait for it where two are done at once.

        To go round the askers is not enough for that. It waits in a queue of its own, and then in that of all.
        """
        return Turns(self._max_waiting, max(1, self.at_once - 1))

    @asynccontextmanager
    async def turn(self, asker: str = "") -> AsyncIterator[None]:
        """A turn, once it comes; FullError at once, or when the place in the queue is lost to another asker."""
        if self._may_run(asker):
            self._begin(asker)
        else:
            await self._wait(asker)
        try:
            yield
        finally:
            self._end(asker)

    def spend(self, asker: str, seconds: float) -> None:
        """Count work that an asker has had: who had less than others is first in turn."""
        self._served[asker] = self._share(asker) + seconds

    def _share(self, asker: str) -> float:
        return max(self._now, self._served.get(asker, 0.0))  # who has not asked meanwhile has saved nothing up

    def _begin(self, asker: str) -> None:
        self._running[asker] += 1
        self._now = self._share(asker)
        self._served = {each: share for each, share in self._served.items() if share > self._now}

    def _may_run(self, asker: str) -> bool:
        return self._running.total() < self.at_once and self._running[asker] < self._each

    async def _wait(self, asker: str) -> None:
        """Until the turn is handed over, and counted as this asker's."""
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
                self._end(asker)  # the turn came at the moment when nobody wanted it any more
            elif turn in self._waiting.get(asker, ()):
                self._waiting[asker].remove(turn)
                self._forget(asker)
            raise

    def _end(self, asker: str) -> None:
        """Hand the turn of this asker over to the one whose turn it is; they go behind the others."""
        self._running[asker] -= 1
        if not self._running[asker]:
            del self._running[asker]
        while (following := min(filter(self._may_run, self._waiting), key=self._share, default=None)) is not None:
            turn = self._waiting[following].popleft()
            self._waiting.move_to_end(following)
            self._forget(following)
            if not turn.done():
                self._begin(following)
                turn.set_result(None)
                return

    def _forget(self, asker: str) -> None:
        if not self._waiting[asker]:
            del self._waiting[asker]
