"""Calls of the store: a few at once, in threads of their own, so that a locked or slow store holds up nothing else.

After a call that waited in vain the next ones fail at once for a while: Slack, for one, wants to be answered within
three seconds.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from bot.service.capacity import FullError, Turns
from bot.service.store import StoreError

AT_ONCE, WAITING = 4, 28
IN_VAIN = 0.5  # seconds: a call that fails sooner has cost nobody anything
PAUSE = 5.0  # seconds
T = TypeVar("T")


class Keeping:
    """One of a process, for every door."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._turns, self._clock, self._until = Turns(WAITING, at_once=AT_ONCE), clock, float("-inf")

    async def run(self, work: Callable[[], T]) -> T:
        """What a call of the store gives. Raises StoreError, also where too many calls wait or one waited in vain."""
        try:
            return await self._turns.run(lambda: self._call(work))
        except FullError:
            raise StoreError("too many calls wait for the store") from None

    def _call(self, work: Callable[[], T]) -> T:
        if (began := self._clock()) < self._until:
            raise StoreError("the store could not be used a moment ago")
        try:
            return work()
        except StoreError:
            if (now := self._clock()) - began >= IN_VAIN:
                self._until = now + PAUSE
            raise
