"""The probes: is the process alive, may it get requests, and what does it do without at the moment."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.ask import Bot
from bot.capacity import Turns
from bot.live import Live
from bot.store import Store, StoreError
from index.canary import TEXT

LOOK = 1.0  # seconds: however often it is asked, the parts are looked at once within them
PATIENCE = 3.0  # seconds for the store of the rate limit
_log = logging.getLogger("kb")


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


class Trial:
    """After an answer that failed: whether the bot answers at all, tried with a question of ours when somebody asks."""

    def __init__(self, bot: Bot | Live, turns: Turns) -> None:
        self._bot, self._turns = bot, turns
        self._one = asyncio.Lock()

    async def works(self) -> bool:
        """False as long as the trial fails, for example because there is no memory."""
        async with self._one:
            if self._turns.failed:
                try:
                    await asyncio.to_thread(self._bot.ask, TEXT)
                except Exception as error:  # whatever it is, no question would be answered
                    _log.error("not answering: %s", type(error).__name__)
                    return False
                self._turns.failed = False
            return True


def attach(app: FastAPI, bot: Bot | Live, parts: Parts, trial: Trial) -> None:
    """Serve /livez and /readyz. Reasons name folders and hosts of ours: they are in the log."""

    @app.api_route("/livez", methods=["GET", "HEAD"], include_in_schema=False)
    def livez() -> dict[str, str]:
        return {"status": "ok"}

    @app.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> JSONResponse:
        if getattr(app.state, "draining", False):  # the process is about to end
            return JSONResponse({"status": "draining"}, 503)
        if not await trial.works():
            return JSONResponse({"status": "not_answering"}, 503)
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
