"""A folder of this machine that follows an index in a store: whoever reads the folder needs no store.

The folder always names a generation that was verified here. What is wrong with the store, or with a newer generation,
is remembered and told, and tried again with growing pauses.
"""

import asyncio
import logging
import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import KbError
from index.remote.bucket import Pointer
from index.remote.protocol import IndexStore
from index.remote.pull import Bounds, Reader, pull
from index.remote.trouble import RemoteError, Trouble
from index.remote.waiting import wait_for
from index.storage.disk import POINTER, BusyError
from index.storage.store import read_manifest

LONGEST = 300.0  # seconds between two tries, however often it failed
START = 20.0  # seconds that a start waits for a store that does not answer, if nothing is here yet
SOON = 10.0  # seconds that it waits if an index from before is here
_BUSY = 0.5  # seconds until the folder is looked at again while another process fills it
_log = logging.getLogger("kb")


class Mirror:
    """Follows the index at the address of `bucket` in `folder`."""

    def __init__(
        self,
        bucket: IndexStore,
        folder: Path,
        reader: Reader,
        poll: float,
        bounds: Bounds = Bounds(),  # noqa: B008  # frozen
        clock: Callable[[], float] = time.monotonic,
        soon: float = SOON,
    ) -> None:
        """`poll`: seconds between two looks at the store. `soon`: as SOON."""
        self._soon = soon
        self.bucket, self.folder, self.poll = bucket, folder, poll
        self.trouble: Trouble | None = None  # of the last look
        self.troubles: Counter[Trouble] = Counter()
        self._reader, self._bounds, self._clock = reader, bounds, clock
        self._same: float | None = None  # when the folder was last known to hold what the store names
        self._seen: Pointer | None = None  # the pointer that the folder follows
        self._failures, self._why, self._usable, self._starting = 0, "", False, False

    @property
    def age(self) -> float | None:
        """Seconds since this machine was known to have the newest index; None if it never was."""
        return None if self._same is None else self._clock() - self._same

    def start(self) -> str | None:
        """Look once. Returns why the store cannot be followed, if an index from before is here; else raises KbError."""
        self._usable, self._starting = self._kept(), True
        wait_for(self._first())
        why, self._why, self._starting = self._why, "", False  # the log is told of what lasts
        if self._same is None and not self._usable:
            raise KbError(why)
        return why if self._same is None else None

    async def _first(self) -> None:
        """With an index from before one short look; with none, as many as may help within `START` seconds."""
        if self._usable:
            try:
                async with asyncio.timeout(self._soon):
                    await self.look()
            except TimeoutError:  # it is brought while the service answers
                self._note(Trouble.UNREACHABLE, f"{self.bucket.shown}: nothing newer within {self._soon:g} seconds")
            return
        began = time.monotonic()
        # No trouble and no index: another process fills the folder.
        patience = {None: self._bounds.seconds, Trouble.UNREACHABLE: START}
        while True:
            await self.look()
            if self._same is not None or time.monotonic() - began >= patience.get(self.trouble, 0.0):
                return
            await asyncio.sleep(_BUSY)

    def _kept(self) -> bool:
        """Whether the folder holds a generation that this process can use; what it holds else is of no use."""
        try:
            manifest = read_manifest(self.folder)
            self._reader.fits(manifest)
            self._reader.opens(self.folder, manifest)
        except KbError:
            return False
        return True

    @contextmanager
    def watching(self, fresh: Callable[[], None]) -> Iterator[None]:
        """Follow the store in a thread for as long as the context lasts; `fresh()` after each new generation."""
        loop = asyncio.new_event_loop()
        task = loop.create_task(self._watch(fresh))

        def run() -> None:
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
            loop.close()

        thread = threading.Thread(target=run, name="kb-index-pull", daemon=True)
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(task.cancel)
            thread.join()

    async def _watch(self, fresh: Callable[[], None]) -> None:
        while True:
            await asyncio.sleep(pause(self.poll, self._failures, random.random()))
            if await self.look():
                fresh()

    async def look(self) -> bool:
        """Take up what the store names, if it is new; True if it was. Raises nothing: `trouble` says what is wrong."""
        try:
            new = await self._followed()
        except asyncio.CancelledError:
            raise
        except BusyError as error:  # the other process says what is wrong
            self._why = self._why or str(error)
            return False
        except RemoteError as error:
            self._note(error.trouble, str(error))
            return False
        except BaseException as error:  # a panic of the library is no Exception; its words may hold keys
            at = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
            self._note(Trouble.CACHE, f"{self.bucket.shown}: {type(error).__name__} at {', '.join(at[-3:])}")
            return False
        if self.trouble:
            _log.info("index store works again", extra={"kb": {"store": self.bucket.shown}})
        self.trouble, self._failures, self._why = None, 0, ""
        self._same = self._clock()
        return new

    async def _followed(self) -> bool:
        pointer = await self.bucket.pointer(self._seen)
        if pointer is None:
            why = f"{self.bucket.shown}: there is no index here yet. Run: kb index --to {self.bucket.shown}"
            raise RemoteError(Trouble.MISSING, why)
        if pointer == self._seen:
            return False
        new = pointer.content != self._content()
        if new:
            pointer = await self._pulled(pointer)
        self._seen = pointer
        return new

    async def _pulled(self, pointer: Pointer) -> Pointer:
        """The pointer whose generation is in the folder now: a newer one if that came while the older one went."""
        while True:
            try:
                await pull(self.bucket, pointer, self.folder, self._reader, self._bounds)
            except RemoteError:
                now = await self.bucket.pointer(pointer)
                if now is None or now == pointer:
                    raise
                pointer = now
            else:
                self._usable = True
                return pointer

    def _content(self) -> bytes:
        """The folder's own pointer, which another process may have moved; none if it cannot be used."""
        try:
            return (self.folder / POINTER).read_bytes() if self._usable else b""
        except OSError:
            return b""

    def _note(self, trouble: Trouble, why: str) -> None:
        if why != self._why and not self._starting:  # once, not at each try
            fields = {"store": self.bucket.shown, "trouble": trouble, "why": why}
            _log.error("index store", extra={"kb": fields})
        self.trouble, self._why = trouble, why
        self.troubles[trouble] += 1
        self._failures += 1


def pause(poll: float, failures: int, chance: float) -> float:
    """Seconds until the next look: replicas do not ask all at once, and a store in trouble is asked less and less."""
    longest = min(poll * 2.0 ** min(failures, 16), max(LONGEST, poll))
    return longest * (0.8 + 0.4 * chance if not failures else 0.5 + 0.5 * chance)
