"""The probes: is the process alive, may it get requests, and what does it do without at the moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.ask import Bot
from bot.live import Live
from bot.store import Store, StoreError

LOOK = 1.0  # seconds: however often it is asked, the parts are looked at once within them
PATIENCE = 3.0  # seconds for the store of the rate limit


class Parts:
    """The parts without which the service still answers; each is looked at anew, so none needs a restart."""

    def __init__(self, store: Store | None, counts: Callable[[], Awaitable[bool]] | None, look: float = LOOK) -> None:
        """`counts()`: can requests be counted? None if they need not be. `look`: seconds from one look to the next."""
        self._store, self._counts, self._look = store, counts, look
        self._until, self._missing = 0.0, list[str]()
        self._one = asyncio.Lock()

    async def missing(self) -> list[str]:
        """`store`: votes cannot be kept. `rate_limit`: requests are not counted."""
        async with self._one:
            if time.monotonic() >= self._until:
                usable = {"store": await self._keeps(), "rate_limit": await self._counts_requests()}
                self._missing = [part for part, works in usable.items() if not works]
                self._until = time.monotonic() + self._look
            return self._missing

    async def _keeps(self) -> bool:
        try:
            if self._store:
                await asyncio.to_thread(self._store.check)
        except StoreError:
            return False
        return True

    async def _counts_requests(self) -> bool:
        try:
            return self._counts is None or await asyncio.wait_for(self._counts(), PATIENCE)
        except Exception:  # whatever the store's client raises
            return False


def attach(app: FastAPI, bot: Bot | Live, parts: Parts) -> None:
    """Serve /livez and /readyz. Reasons name folders and hosts of ours: they are in the log."""

    @app.api_route("/livez", methods=["GET", "HEAD"], include_in_schema=False)
    def livez() -> dict[str, str]:
        return {"status": "ok"}

    @app.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> JSONResponse:
        if getattr(app.state, "draining", False):  # the process is about to end
            return JSONResponse({"status": "draining"}, 503)
        manifest = bot.topics.index.manifest
        refused = isinstance(bot, Live) and bot.refused is not None
        return JSONResponse(
            {
                "status": "ok",
                "generation": manifest.generation,
                "sections": manifest.sections,
                "newer_index_refused": refused,
                "degraded": ["index"] * refused + await parts.missing(),
            }
        )
