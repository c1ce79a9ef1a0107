"""The probes: is the process alive, may it get requests, and what does it do without at the moment."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import anyio
import anyio.to_thread
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.service.desk import Desk
from bot.service.store import Store
from index.encoder.canary import TEXT
from index.remote.trouble import Trouble

LOOK = 1.0  # seconds: however often it is asked, the parts are looked at once within them
PATIENCE = 0.5  # seconds that a probe waits for a look; what takes longer is of no use at the moment
WHOLE = 60.0  # seconds from one look at all of the store's pages to the next
NOT_TAKEN = (Trouble.DAMAGED, Trouble.UNFIT)  # there is a newer index, and it was refused
_log = logging.getLogger("kb")


class Parts:
    """The parts without which the service still answers; each is looked at anew, so none needs a restart."""

    def __init__(
        self,
        store: Store | None,
        counts: Callable[[], Awaitable[bool]] | None,
        look: float = LOOK,
        patience: float = PATIENCE,
    ) -> None:
        """`counts()`: can requests be counted? None if they need not be. `look`: seconds from one look to the next."""
        self._looks: dict[str, Callable[[], Awaitable[bool]]] = {}
        if store:
            self._looks["store"] = lambda: self._keeps(store)
        if counts:
            self._looks["rate_limit"] = counts
        self._look, self._patience = look, patience
        self._until, self._whole_until, self._missing = 0.0, 0.0, list[str]()
        self._lock = asyncio.Lock()
        self._running: dict[str, asyncio.Future[bool]] = {}

    async def missing(self) -> list[str]:
        """`store`: votes cannot be kept. `rate_limit`: requests are not counted."""
        async with self._lock:
            if time.monotonic() >= self._until:
                for part, look in self._looks.items():
                    if part not in self._running:  # a look that takes long goes on, and no second one begins
                        self._running[part] = asyncio.ensure_future(look())
                if self._running:
                    await asyncio.wait(self._running.values(), timeout=self._patience)
                self._missing = [part for part in self._looks if not self._works(part)]
                self._until = time.monotonic() + self._look
            return self._missing

    def _works(self, part: str) -> bool:
        if not self._running[part].done():
            return False
        done = self._running.pop(part)
        return not done.cancelled() and done.exception() is None and done.result()  # whatever the part's client raises

    async def _keeps(self, store: Store) -> bool:
        whole = time.monotonic() >= self._whole_until
        await anyio.to_thread.run_sync(lambda: store.check(whole=whole), limiter=anyio.CapacityLimiter(1))
        if whole:
            self._whole_until = time.monotonic() + WHOLE
        return True


class Trial:
    """After an answer that failed: whether the bot answers at all, tried with a question of ours when somebody asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = asyncio.Lock()

    async def works(self) -> bool:
        """False as long as the trial fails, for example because there is no memory."""
        async with self._lock:
            if self._desk.turns.failed:
                try:
                    await asyncio.to_thread(self._desk.bot.ask, TEXT)
                except Exception as error:  # whatever it is, no question would be answered
                    _log.error("not answering: %s", type(error).__name__)
                    return False
                self._desk.turns.failed = False
            return True


def attach(app: FastAPI, desk: Desk, parts: Parts) -> None:
    """Serve /livez and /readyz. Reasons name folders and hosts of ours: they are in the log."""
    trial = Trial(desk)

    @app.api_route("/livez", methods=["GET", "HEAD"], include_in_schema=False)
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    @app.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> JSONResponse:
        if desk.draining:
            return JSONResponse({"status": "draining"}, 503)
        if not await trial.works():
            return JSONResponse({"status": "not_answering"}, 503)
        manifest = desk.bot.topics.index.manifest
        mirror = desk.mirror
        trouble = mirror.trouble if mirror else None
        refused = desk.source.refused is not None or trouble in NOT_TAKEN
        seconds = round(mirror.age, 1) if mirror and mirror.age is not None else None
        store = {"index_store": {"seconds": seconds, "trouble": trouble}} if mirror else {}
        away = ["index_store"] * (trouble is not None and not refused)
        return JSONResponse(
            {
                "status": "ok",
                "generation": manifest.generation,
                "sections": manifest.sections,
                "newer_index_refused": refused,
                "degraded": ["index"] * refused + away + await parts.missing(),
                **store,
            }
        )
