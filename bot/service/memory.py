"""Answers given before: the same question gets them again without a search, as long as the index is the same."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.answering.ask import Bot
from bot.records import Answer

ENTRIES = 2048
LONGEST = 4096  # characters of a question with its history that is remembered: with ENTRIES, the bound of the memory
Asked = tuple[str, str | None, tuple[str, ...], str | None]  # question, language, history, version


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and under what it is remembered."""

    answer: Answer
    bot: Bot
    day: date
    asked: Asked


class Memory:
    """The latest ENTRIES answers of one bot, by question; another bot (a new index) and another day start with none.

    An answer says how old its sources are. Only the event loop's thread may use it.
    """

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self.today, self._day = today, today()
        self._bot: Bot | None = None
        self._kept: OrderedDict[Asked, Answer] = OrderedDict()

    def recall(self, bot: Bot, asked: Asked) -> Answer | None:
        """What `bot` answered to this; None if it has to search."""
        if bot is not self._bot or self._day != self.today():
            self._bot, self._day = bot, self.today()
            self._kept.clear()
        if answer := self._kept.get(asked):
            self._kept.move_to_end(asked)
        return answer

    def keep(self, bot: Bot, day: date, asked: Asked, answer: Answer) -> None:
        """Remember an answer, unless its bot has been replaced since it was asked, or its day is over."""
        question, _, history, _ = asked
        if bot is self._bot and day == self._day and len(question) + sum(map(len, history)) <= LONGEST:
            self._kept[asked] = answer
            if len(self._kept) > ENTRIES:
                self._kept.popitem(last=False)
