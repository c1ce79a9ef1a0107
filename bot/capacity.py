"""Answering is bounded: as many at once as there are processors, a short queue, and 503 at once beyond it."""

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from index.processors import processors

T = TypeVar("T")


class FullError(Exception):
    """As many requests wait as may; this one should come again later."""


class Turns:
    """Runs work in threads, `at_once` at a time, with at most `max_waiting` waiting."""

    def __init__(self, max_waiting: int, at_once: int = processors()) -> None:
        self.at_once = at_once
        self._most, self._inside = at_once + max_waiting, 0
        self._limiter = anyio.CapacityLimiter(at_once)

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, or FullError without waiting."""
        if self._inside >= self._most:
            raise FullError
        self._inside += 1
        try:
            # A thread: the work is C code that lets other threads run, and a coroutine would block the loop.
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
