"""A site whose index could not be used at the start is served as soon as it can be, without a restart."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from bot.service.live import RETRY
from bot.service.sites import Held, Sites
from bot.service.sites_file import Named

_log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Joined:
    """A site that can be served now; `watching` looks for newer indexes of it for as long as it lasts."""

    held: Held
    app: FastAPI
    watching: AbstractContextManager[None]


Open = Callable[[Named], Joined | None]  # None: it still cannot be


@asynccontextmanager
async def joining(
    sites: Sites, apps: MutableMapping[str, FastAPI], opened: Open, every: float = RETRY
) -> AsyncIterator[None]:
    """Try those that are missing `every` so many seconds, aside. Their applications end with the context."""
    ended = asyncio.Event()
    task = asyncio.create_task(_joining(sites, apps, opened, every, ended))
    try:
        yield
    finally:
        ended.set()
        await task


async def _joining(
    sites: Sites, apps: MutableMapping[str, FastAPI], opened: Open, every: float, ended: asyncio.Event
) -> None:
    async with AsyncExitStack() as stack:  # what an application begins must end in the same task
        while not await _within(every, ended):
            for held in [each for each in sites.held if each.desk is None]:
                try:
                    joined = await asyncio.to_thread(opened, held.named)
                    if joined is None or ended.is_set():
                        continue
                    stack.enter_context(joined.watching)
                    await stack.enter_async_context(joined.app.router.lifespan_context(joined.app))
                except Exception:  # whatever it is, the others go on
                    _log.exception("site cannot be served", extra={"kb": {"site": held.named.name}})
                    continue
                apps[held.named.name] = joined.app
                sites.join(joined.held)
                _log.info("site is served now", extra={"kb": {"site": held.named.name}})


async def _within(seconds: float, ended: asyncio.Event) -> bool:
    try:
        return await asyncio.wait_for(ended.wait(), seconds)
    except TimeoutError:
        return False
