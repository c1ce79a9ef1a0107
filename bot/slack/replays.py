"""Each request that Slack signed counts once: over all workers and restarts by the store, else by this process alone.

A request is known by its signature. The store keeps it for as long as it could be valid, and refuses what was signed
before all that it knows, so a new store, a restart without one, or a clock that was wrong lets nothing in twice.
"""

import logging
from collections import OrderedDict

from bot.service.store import StoreError
from bot.slack.context import Context

_ENTRIES = 10_000  # of this process's own memory
_log = logging.getLogger("kb")


class Replays:
    """What has been admitted since `began` (seconds of Slack's clock)."""

    def __init__(self, began: int) -> None:
        self._since = began
        self._seen: OrderedDict[str, int] = OrderedDict()

    async def fresh(self, context: Context, signature: str, stamp: int, seconds: int) -> bool:
        """True once per signature; without a usable store once in this process, for what was signed in its time.

        `seconds`: for which the request could be valid.
        """
        if signature in self._seen:
            return False
        self._seen[signature] = stamp
        try:
            return await context.kept(lambda: context.store.fresh(f"slack-request:{signature}", stamp, seconds))
        except StoreError as error:
            _log.warning("slack: only this process knows whether a request came before: %s", error)
            return stamp >= self._since
        finally:
            while len(self._seen) > _ENTRIES:
                self._since = max(self._since, self._seen.popitem(last=False)[1] + 1)
