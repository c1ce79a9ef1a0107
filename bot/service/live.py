"""The bot of a running service: takes up a new index without a restart, and refuses a bad one while the old one serves.

A request uses one `Bot` from start to end. The next one is loaded, verified and warmed aside, then the name changes.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from bot.answering.ask import Bot
from index.encoder.canary import TEXT
from index.encoder.choose import answering_encoder
from index.encoder.protocol import Encoder
from index.errors import KbError
from index.remote.mirror import Mirror
from index.storage.disk import POINTER

POLL = 1.0  # seconds between two looks at the manifest; one look is one stat()
RETRY = 30.0  # seconds until a refused index is tried again, if the reason was the machine's and not the index's
Follow = Callable[[Path, Encoder], Mirror]
_log = logging.getLogger("kb")


class Live:
    """`bot` is the one that answers now, `refused` says why a newer index is not used."""

    def __init__(
        self,
        index: Path,
        model: str,
        retry: float = RETRY,
        follow: Follow | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        """Load the index. `follow`: what brings it into the folder from a store. Raises KbError as `Bot.load` does.

        `encoder`: that of the model, where it is loaded already.
        """
        self._index, self._encoder, self._retry = index, encoder or answering_encoder(model), retry
        self.mirror = follow(index, self._encoder) if follow else None
        self.behind = self.mirror.start() if self.mirror else None  # why it began without the store
        self._seen = self._stamp()  # before reading: what changes meanwhile is looked at again
        self.bot = _warm(Bot.over(index, self._encoder))
        _settle()
        self.refused: str | None = None
        self._tried = 0.0
        self._looking = threading.Lock()  # of two looks at once the one with the older index could end last

    @contextmanager
    def watching(self, poll: float = POLL) -> Iterator[None]:
        """Look for a new index in a thread, every `poll` seconds, for as long as the context lasts."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(poll):
                self.look()

        thread = threading.Thread(target=watch, name="kb-index-watch", daemon=True)
        thread.start()
        try:
            with self.mirror.watching(self.look) if self.mirror else nullcontext():
                yield
        finally:
            ended.set()
            thread.join()

    def look(self) -> None:
        """Take up the index if its manifest was replaced since the last look. Never raises."""
        with self._looking:
            self._look()

    def _look(self) -> None:
        stamp = self._stamp()
        if stamp == self._seen and not (self.refused and time.monotonic() > self._tried + self._retry):
            return
        self._seen, self._tried = stamp, time.monotonic()
        try:
            new = _warm(Bot.over(self._index, self._encoder))
        except Exception as error:  # whatever it is, the old index goes on serving
            self._refuse(str(error), None if isinstance(error, KbError) else error)
            return
        self.refused = None
        before, after = (bot.topics.index.manifest for bot in (self.bot, new))
        self.bot = new
        _settle()
        if before.generation != after.generation:
            fields = {"generation": after.generation, "before": before.generation, "sections": after.sections}
            _log.info("new index", extra={"kb": fields})

    def _refuse(self, why: str, fault: Exception | None) -> None:
        if why != self.refused:
            fields = {"serving": self.bot.topics.index.manifest.generation, "why": why}
            _log.error("newer index refused", extra={"kb": fields}, exc_info=fault)
        self.refused = why

    def _stamp(self) -> tuple[int, int, int] | None:
        """Changes whenever the manifest is replaced; None if it is not there."""
        try:
            status = (self._index / POINTER).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size


def _warm(bot: Bot) -> Bot:
    """Ask once in each language: the first readers of an index do not wait for what is made on first use."""
    for each in (bot, *bot.others.values()):
        for lang in each.langs:
            each.ask(TEXT, lang)
    return bot


def _settle() -> None:
    """What is loaded now stays: the collector looks at it once, not at every full turn in the middle of an answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
