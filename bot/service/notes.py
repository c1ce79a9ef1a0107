"""Notes of what is asked and searched in vain: gathered, and written aside, many in one call of the store.

No answer waits for it. What cannot be written is lost: questions are answered all the same.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.records import Answer, Status
from bot.service.asked import asked, searched, section_of
from bot.service.keeping import Keeping
from bot.service.store import Store, StoreError

GATHER = 1.0  # seconds between a question and the writing of it
MOST = 2000  # questions, and as many searches, that wait for it; beyond that the oldest are lost
NEAREST = 20  # … whose nearest section is looked for before they are written
Key = tuple[str, str, str | None]  # a question, its language, the version of which it was answered
Nearest = Callable[[str, str, str | None], Awaitable[str | None]]
_log = logging.getLogger("kb")


class Notes:
    """Of one process. Only the event loop's thread may use it."""

    def __init__(self, store: Store, keeping: Keeping, nearest: Nearest, *, keep: bool) -> None:
        """`keep`: also texts. `nearest`: the section that comes nearest to a question, by what is in a key."""
        self._store, self._keeping, self._nearest, self._texts = store, keeping, nearest, keep
        self._waiting: deque[tuple[str, Answer, str]] = deque(maxlen=MOST)
        self._searched: deque[tuple[str, str, str]] = deque(maxlen=MOST)
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._failing = False

    def add(self, question: str, answer: Answer) -> None:
        """Note an answered question."""
        self._waiting.append((question, answer, _now()))
        self._soon()

    def add_search(self, words: str, lang: str) -> None:
        """Note words that were searched in vain; without their text there is nothing to note."""
        if self._texts:
            self._searched.append((words, lang, _now()))
            self._soon()

    async def write(self) -> None:
        """Write what waits."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._task and not self._task.done() and self._task is not asyncio.current_task():
            await asyncio.gather(self._task, return_exceptions=True)
        questions, searches = list(self._waiting), list(self._searched)
        self._waiting.clear()
        self._searched.clear()
        if not questions and not searches:
            return
        near = await self._looked_for(questions) if self._texts else {}

        def note() -> None:
            self._store.note(
                [
                    *(asked(q, a, at, keep=self._texts, nearest=near.get(_key(q, a))) for q, a, at in questions),
                    *(searched(words, lang, at) for words, lang, at in searches),
                ]
            )

        try:
            await self._keeping.run(note)
            self._failing = False
        except StoreError as error:
            if not self._failing:
                _log.warning("what was asked is not noted: %s", error)
            self._failing = True

    def _soon(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._begin)

    def _begin(self) -> None:
        self._timer = None
        self._task = asyncio.create_task(self.write())

    async def _looked_for(self, questions: list[tuple[str, Answer, str]]) -> dict[Key, str]:
        """The nearest sections of questions that are not covered: their answers name none."""
        near = dict[Key, str]()
        wanted = [_key(q, a) for q, a, _ in questions if a.status is Status.NOT_COVERED and section_of(a) is None]
        for key in list(dict.fromkeys(wanted))[:NEAREST]:
            if section := await self._nearest(*key):
                near[key] = section
        return near


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _key(question: str, answer: Answer) -> Key:
    return question, answer.lang, answer.version
