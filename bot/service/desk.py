"""The desk: every door asks here, so that none is busy at the cost of another.

It owns what a process has one of: the bot that answers now, the queue, the counts of askers, the memory of answers, the
calls of the store, notes of what is asked, and the process in which clusters are checked. Doors decode, ask, encode.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answering.ask import Bot
from bot.answering.starters import WANTED, candidates
from bot.checks import rules
from bot.language import detect, same_language, written_length
from bot.question.versions import called
from bot.records import Answer, Status
from bot.service.apart import Apart
from bot.service.capacity import FullError, Turns
from bot.service.feedback import Feedback
from bot.service.keeping import Keeping
from bot.service.live import Live
from bot.service.memory import Given, Memory
from bot.service.notes import Notes
from bot.service.rate import Rate
from bot.service.refused import LongError, OftenError
from bot.service.scrub import scrub
from bot.service.store import Store
from bot.settings import OFF, Settings
from bot.writer.writer import Writer
from index.records import Section
from index.remote.mirror import Mirror

T = TypeVar("T")
SECONDS = 15.0  # for an answer; hosts of agents give up after a minute, and people before
LONG = 400  # characters to be read, from which on they take some times as long as a usual question
_NOBODY = "starters"  # whose place in the queue it takes when no reader has asked
_NOTES = "notes"


class Desk:
    """One of a process. Only the event loop's thread may use it."""

    def __init__(
        self,
        settings: Settings,
        source: Bot | Live,
        store: Store | None = None,
        apart: Apart | None = None,
        writer: Writer | None = None,
        site: str = "",
    ) -> None:
        """`source`: the bot, or what exchanges it. Without a `store` nothing that readers say is kept.

        `site`: its name, where the service has several.
        """
        self.writer = writer
        self.settings, self.source, self.store = settings, source, store
        self.turns, self.keeping, self.apart = Turns(settings.max_waiting), Keeping(), apart or Apart()
        self.rate = None if settings.rate_limit == OFF else Rate(settings.rate_limit, settings.rate_store, site=site)
        self.draining, self.deadline = False, SECONDS  # seconds
        self.answered: Counter[tuple[str, str]] = Counter()  # askers at any door, by language and status
        self._memory = Memory()
        self._notes = Notes(store, self.keeping, self._nearest, keep=settings.keep_questions) if store else None
        # What starters() gave of which bot, by language and version.
        self._begun: tuple[Bot | None, dict[tuple[str, str | None], tuple[str, ...]]] = (None, {})

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

    @property
    def has_rules(self) -> bool:
        """Whether the site is the one of the rules: another one has no use for what is said about clusters."""
        return all(self.bot.topics.group(f"rules/{rule.id.lower()}#{rule.id.lower()}") for rule in rules())

    async def count(self, asker: str) -> None:
        """Count a request of this asker. Raises OftenError."""
        if self.rate and (seconds := await self.rate.wait(asker)) is not None:
            raise OftenError(seconds)

    def measure(self, question: str, history: Sequence[str] = ()) -> int:
        """Count characters. Raises LongError where question or history has more than the settings allow."""
        if (asked := written_length(question)) > self.settings.max_question:
            raise LongError("question", self.settings.max_question)
        if (before := sum(map(written_length, history))) > self.settings.max_history:
            raise LongError("history", self.settings.max_history)
        return asked + before

    async def ask(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        *,
        version: str | None = None,
        again: bool = False,
    ) -> Answer:
        """Answer in turn with all other questions of this process, or from memory; who asks at any door is counted.

        `asker`: whose place in the queue it takes; `version`: the reader's, of a site that has several. `again`: nobody
        asks, it is shown once more. Raises LongError, NoVersionError, FullError, and TimeoutError after the deadline.
        """
        given = await self.give(asker, question, lang, history, version=version, again=again)
        return replace(given.answer, written=None)

    async def give(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        *,
        version: str | None = None,
        again: bool = False,
    ) -> Given:
        """As `ask`, to be worded; what was worded before has its text already."""
        started, bot, day = time.perf_counter(), self.bot, self._memory.today()
        length = self.measure(question, history)
        asked = (question, lang, tuple(history), called(version, bot.versions))
        if answer := self._memory.recall(bot, asked):
            answer = replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 3))
        else:
            seconds, long = self.deadline, length > LONG
            answer = await self.turns.run(lambda: bot.ask(*asked), asker, seconds=seconds, long=long)
            self._memory.keep(bot, day, asked, answer)
        if not again:
            self.note(question, answer)
        return Given(answer, bot, day, asked)

    def words(self, given: Given) -> bool:
        """Whether a model is to be asked for a text."""
        return bool(self.writer and not given.answer.written and self.writer.takes(given.answer))

    async def word(self, given: Given) -> Answer:
        """The answer as the writer words it, in no turn: a model takes longer than a search."""
        answer = given.answer
        if not answer.written and (answer := await self.phrase(answer)).written:
            self._memory.keep(given.bot, given.day, given.asked, answer)
        return answer

    def note(self, question: str, answer: Answer) -> None:
        """Count an answer that a reader gets, and note what was asked."""
        self.answered[answer.lang, answer.status.value] += 1
        if self._notes:
            self._notes.add(question, answer)

    @property
    def keeps_searches(self) -> bool:
        """Whether words that were searched in vain are kept."""
        return self._notes is not None and self.settings.keep_questions

    def note_search(self, words: str, lang: str) -> None:
        """Note words that the search box did not find, in the language of the page; nothing where none are kept.

        They are of a language of the site: if that of the page is none, of the one that they are written in.
        """
        if self._notes:
            self._notes.add_search(words, same_language(lang, self.langs) or detect(words, self.langs))

    async def phrase(self, answer: Answer) -> Answer:
        """The answer as the writer words it, where there is one."""
        return await self.writer.phrase(answer) if self.writer else answer

    async def search(
        self,
        asker: str,
        text: str,
        most: int,
        lang: str | None = None,
        *,
        version: str | None = None,
    ) -> tuple[Status, tuple[Section, ...]]:
        """Whether a text is answered, and the nearest sections; it is measured as a question. Raises as `ask` does."""
        length = self.measure(text)
        return await self.look(asker, lambda bot: bot.search(text, most, lang, version), length)

    async def look(self, asker: str, work: Callable[[Bot], T], length: int = 0) -> T:
        """What `work` gives of the bot that answers now, in turn with the questions. Raises as `ask` does."""
        bot = self.bot
        seconds, long = self.deadline, length > LONG
        return await self.turns.run(lambda: work(bot), asker, seconds=seconds, long=long)

    async def starters(self, lang: str, version: str | None = None) -> tuple[str, ...]:
        """Questions to begin with, in a language of the site: those that their own sections answer."""
        bot, wanted = self.bot, (lang, version)
        if self._begun[0] is not bot:
            self._begun = (bot, {})
        begun = self._begun[1]  # of this bot, whichever answers at the end
        if wanted not in begun:
            answered = list[str]()
            for question, section in candidates(bot.of(version).topics.index.sections, lang):
                try:
                    answer = await self.ask(_NOBODY, question, lang, version=version, again=True)
                except LongError:
                    continue
                except (FullError, TimeoutError):  # readers come first; the next who wants them tries again
                    return tuple(answered)
                if answer.status == "answered" and answer.citations[0].section == section:
                    answered.append(question)
                if len(answered) == WANTED:
                    break
            begun[wanted] = tuple(answered)
        return begun[wanted]

    async def keep(self, work: Callable[[], T]) -> T:
        """What a call of the store gives. Raises StoreError."""
        return await self.keeping.run(work)

    async def vote(self, given: Feedback, store: Store) -> None:
        """Keep a reader's vote without personal data; as its section anybody can send anything. Raises StoreError."""
        bot, section = self.bot, given.section
        if section and not any(each.topics.group(section) for each in (bot, *bot.others.values())):
            section = scrub(section)
        await self.keep(lambda: store.vote(replace(given, question=scrub(given.question), section=section)))

    def drain(self) -> None:
        """The process is about to end: probes hear so, questions are still answered."""
        self.draining = True

    async def close(self) -> None:
        """End what runs beside this process, and write what waits to be written."""
        if self._notes:
            await self._notes.write()
        await self.apart.close()
        if self.writer:
            await self.writer.close()

    async def _nearest(self, question: str, lang: str, version: str | None) -> str | None:
        """The section of a version that comes nearest; None where readers need all the turns, or the search fails."""
        try:
            _, near = await self.look(_NOTES, lambda bot: bot.search(question, 1, lang, version))
        except Exception:  # whatever it is, what was asked is noted without
            return None
        return near[0].id if near else None
