"""Answers given before: the same request gets them again without a search, as long as the index is the same."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot.answering.ask import Bot
from bot.records import Answer

ENTRIES = 2048
LONGEST = 8192  # bytes of a request that is remembered: with ENTRIES, the bound of the memory
_JSON = TypeAdapter(Answer)
_TOOK = b'"took_ms":'  # not within a text: there the quotation marks are escaped


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer and its JSON, ready but for the time it took."""

    answer: Answer
    before: bytes
    after: bytes

    def json(self, took_ms: float) -> bytes:
        """The body of a response."""
        return b"".join((self.before, _TOOK, str(took_ms).encode(), self.after))


def encoded(answer: Answer) -> Encoded:
    """Encode once what may be sent many times."""
    before, after = _JSON.dump_json(replace(answer, took_ms=0.0)).split(_TOOK + b"0.0")
    return Encoded(answer, before, after)


class Memory:
    """The latest ENTRIES answers of one bot, by request; another bot (a new index) starts with none.

    Only the event loop's thread may use it.
    """

    def __init__(self) -> None:
        self._bot: Bot | None = None
        self._kept: OrderedDict[tuple[str, bytes], Encoded] = OrderedDict()

    def recall(self, bot: Bot, request: tuple[str, bytes]) -> Encoded | None:
        """What `bot` answered to this request (content type and body); None if it has to search."""
        if bot is not self._bot:
            self._bot = bot
            self._kept.clear()
        if found := self._kept.get(request):
            self._kept.move_to_end(request)
        return found

    def keep(self, bot: Bot, request: tuple[str, bytes], answer: Encoded) -> None:
        """Remember an answer, unless it comes from a bot that has been replaced meanwhile."""
        if bot is self._bot and len(request[1]) <= LONGEST:
            self._kept[request] = answer
            if len(self._kept) > ENTRIES:
                self._kept.popitem(last=False)
