"""How often one client may ask. Counted in a moving window, in memory or in Redis for several processes."""

import logging
import math
import time
from collections.abc import Awaitable, Callable

from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

CLOCK_STEP = 1.0  # seconds; what keeps a clock right moves it by less at a time
PATIENCE = 1.0  # seconds; an answer is not held up for longer by a count
_log = logging.getLogger("kb")


class Rate:
    """At most `rate` ("60/minute") for each client, counted at the address `kept` (memory:// or a Redis).

    A Redis that does not answer within `patience` seconds counts nothing. `site`: whose requests they are, where
    those of several sites are counted in one Redis.
    """

    def __init__(self, rate: str, kept: str, patience: float = PATIENCE, site: str = "") -> None:
        self._limit, self._storage = parse(rate), _storage(kept, patience)
        self._window = MovingWindowRateLimiter(self._storage)
        self._clock, self._site = _clock(), (site,) if site else ()

    async def wait(self, who: str) -> int | None:
        """Count once; seconds until the client may ask again, None if it may now."""
        return await self._ask(self._window.hit, who)

    async def spent(self, who: str) -> int | None:
        """The same without counting."""
        return await self._ask(self._window.test, who)

    async def _ask(self, may: Callable[..., Awaitable[bool]], who: str) -> int | None:
        try:
            await self._follow_clock()
            if await may(self._limit, *self._site, who):
                return None
            reset, _ = await self._window.get_window_stats(self._limit, *self._site, who)
            return max(1, math.ceil(reset - time.time()))
        except Exception:  # whatever the store's client raises: an answer is worth more than the count
            _log.warning("the store of the rate limit cannot be reached; requests are not counted", exc_info=True)
            return None

    async def check(self) -> bool:
        """Can requests be counted? May also raise what the store's client raises."""
        return bool(await self._storage.check())

    async def _follow_clock(self) -> None:
        """A clock that was set back would leave counts in the future, and clients refused until it gets there."""
        before, self._clock = self._clock, _clock()
        if self._clock < before - CLOCK_STEP and isinstance(self._storage, MemoryStorage):
            _log.warning("the clock was set back; requests are counted anew")
            await self._storage.reset()


def _storage(address: str, patience: float) -> Storage:
    """Nothing is asked of it yet."""
    patient: dict[str, float | str | bool] = {"socket_timeout": patience, "socket_connect_timeout": patience}
    options = {} if address.startswith("memory") else {"implementation": "redispy", **patient}
    storage = storage_from_string(f"async+{address}", **options)
    assert isinstance(storage, Storage)
    return storage


def _clock() -> float:
    """Grows and shrinks with what the clock is set by, and does not move with time."""
    return time.time() - time.monotonic()
