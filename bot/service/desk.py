"""The desk: every door asks here, so that none is busy at the cost of another.

It owns what a process has one of: the bot that answers now, the queue, the counts of askers, the memory of answers, the
calls of the store, and the process in which clusters are checked. Doors decode, ask, encode.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answering.ask import Bot
from bot.answering.starters import WANTED, candidates
from bot.language import written_length
from bot.records import Answer, Status
from bot.service.apart import Apart
from bot.service.capacity import FullError, Turns
from bot.service.keeping import Keeping
from bot.service.live import Live
from bot.service.memory import Memory
from bot.service.rate import Rate
from bot.service.store import Store
from bot.settings import OFF, Settings
from index.records import Section
from index.remote.mirror import Mirror

T = TypeVar("T")
_NOBODY = "starters"  # whose place in the queue it takes when no reader has asked


class OftenError(Exception):
    """Who asks has asked as often as one may; `seconds` until the next question."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class LongError(Exception):
    """The `question`, or the `history` before it, has more than `limit` characters as it is read."""

    def __init__(self, part: str, limit: int) -> None:
        super().__init__(f"{part}: more than {limit} characters")
        self.part, self.limit = part, limit


class Desk:
    """One of a process. Only the event loop's thread may use it."""

    def __init__(
        self, settings: Settings, source: Bot | Live, store: Store | None = None, apart: Apart | None = None
    ) -> None:
        """`source`: the bot, or what exchanges it. Without a `store` nothing that readers say is kept."""
        self.settings, self.source, self.store = settings, source, store
        self.turns, self.keeping, self.apart = Turns(settings.max_waiting), Keeping(), apart or Apart()
        self.rate = None if settings.rate_limit == OFF else Rate(settings.rate_limit, settings.rate_store)
        self.draining = False
        self.answered: Counter[tuple[str, str]] = Counter()  # askers at any door, by language and status
        self._memory = Memory()
        self._begun: tuple[Bot | None, dict[str, tuple[str, ...]]] = (None, {})  # what starters() found of which bot

    @property
    def bot(self) -> Bot:
        """The one that answers now; a request uses one and the same from start to end."""
        return self.source.bot

    @property
    def mirror(self) -> Mirror | None:
        """What follows the index in a store, if it is in one."""
        return self.source.mirror if isinstance(self.source, Live) else None

    @property
    def langs(self) -> tuple[str, ...]:
        return self.bot.langs

    async def count(self, asker: str) -> None:
        """Count a request of this asker. Raises OftenError."""
        if self.rate and (seconds := await self.rate.wait(asker)) is not None:
            raise OftenError(seconds)

    def measure(self, question: str, history: Sequence[str] = ()) -> None:
        """Raises LongError where the question or its history is longer than the settings allow."""
        if written_length(question) > self.settings.max_question:
            raise LongError("question", self.settings.max_question)
        if sum(map(written_length, history)) > self.settings.max_history:
            raise LongError("history", self.settings.max_history)

    async def ask(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        seconds: float | None = None,
    ) -> Answer:
        """Answer in turn with all other questions of this process, or from memory; who asks at any door is counted.

        `asker`: whose place in the queue it takes. Raises LongError, FullError, and TimeoutError after `seconds`.
        """
        answer = await self._ask(asker, question, lang, history, seconds)
        self.answered[answer.lang, answer.status.value] += 1
        return answer

    async def _ask(
        self, asker: str, question: str, lang: str | None, history: Sequence[str] = (), seconds: float | None = None
    ) -> Answer:
        started, bot, asked = time.perf_counter(), self.bot, (question, lang, tuple(history))
        self.measure(question, history)
        if answer := self._memory.recall(bot, asked):
            return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 3))
        answer = await self._in_turn(lambda: bot.ask(*asked), asker, seconds)
        self._memory.keep(bot, asked, answer)
        return answer

    async def search(
        self, asker: str, text: str, most: int, lang: str | None = None, seconds: float | None = None
    ) -> tuple[Status, tuple[Section, ...]]:
        """Whether a text is answered, and the nearest sections; it is measured as a question. Raises as `ask` does."""
        self.measure(text)
        return await self.look(asker, lambda bot: bot.search(text, most, lang), seconds)

    async def look(self, asker: str, work: Callable[[Bot], T], seconds: float | None = None) -> T:
        """What `work` gives of the bot that answers now, in turn with the questions. Raises as `ask` does."""
        bot = self.bot
        return await self._in_turn(lambda: work(bot), asker, seconds)

    async def starters(self, lang: str) -> tuple[str, ...]:
        """Questions to begin with, in a language of the site: those that their own sections answer."""
        bot = self.bot
        if self._begun[0] is not bot:
            self._begun = (bot, {})
        if lang not in self._begun[1]:
            answered = list[str]()
            for question, section in candidates(bot.topics.index.sections, lang):
                try:
                    answer = await self._ask(_NOBODY, question, lang)
                except LongError:
                    continue
                except FullError:  # readers come first; the next who wants them tries again
                    return tuple(answered)
                if answer.status == "answered" and answer.citations[0].section == section:
                    answered.append(question)
                if len(answered) == WANTED:
                    break
            self._begun[1][lang] = tuple(answered)
        return self._begun[1][lang]

    async def keep(self, work: Callable[[], T]) -> T:
        """What a call of the store gives. Raises StoreError."""
        return await self.keeping.run(work)

    def drain(self) -> None:
        """The process is about to end: probes hear so, questions are still answered."""
        self.draining = True

    async def close(self) -> None:
        """End what runs beside this process."""
        await self.apart.close()

    async def _in_turn(self, work: Callable[[], T], asker: str, seconds: float | None) -> T:
        late = False

        def wanted() -> T:
            if late:  # nobody waits for it any more
                raise TimeoutError
            return work()

        turn = asyncio.create_task(self.turns.run(wanted, asker))
        try:
            await asyncio.wait((turn,), timeout=seconds)
        except asyncio.CancelledError:
            turn.cancel()
            raise
        if not turn.done():  # it keeps its place until it ends: a search cannot be stopped
            late = True
            turn.add_done_callback(lambda done: done.cancelled() or done.exception())  # asked for, or asyncio logs it
            raise TimeoutError
        return turn.result()
