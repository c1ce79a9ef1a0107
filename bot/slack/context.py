"""What every listener needs: the bot to ask, the store, the settings."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.answering.ask import Bot
from bot.records import Answer
from bot.service.apart import Apart
from bot.service.capacity import Turns
from bot.service.keeping import Keeping
from bot.service.live import Live
from bot.service.rate import Rate
from bot.service.store import Store
from bot.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that each part may take, and the clock and the pauses by which they pass."""

    answer: float = 15.0  # a search; who asked has long been told that the question was received
    reader: float = 1.0  # to learn a reader's language; Slack opens a dialog within three seconds of the command only
    file: float = 20.0  # to read a file of a dialog, whose submission has been acknowledged
    reply: float = 5.0  # one attempt to post a reply
    call: int = 10  # one call of the Web API
    ping: float = 10.0  # between pings in Socket Mode, and between attempts to connect
    drain: float = 20.0  # a service told to stop spends on replies it owes
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


TIMING = Timing()


class OftenError(Exception):
    """Who asks has asked as often as one may; `seconds` until the next question."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Context:
    """Shared by all requests; safe to use from any of them."""

    bot: Bot | Live
    store: Store
    settings: Settings
    turns: Turns  # the one queue of this process
    rate: Rate | None  # None: nothing is counted
    apart: Apart  # where clusters are checked
    timing: Timing = TIMING
    keeping: Keeping = field(default_factory=Keeping)

    async def keep(self, work: Callable[[], T]) -> T:
        """What a call of the store gives. Raises StoreError."""
        return await self.keeping.run(work)

    async def ask(self, asker: str, question: str, lang: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer in turn with every other question of this process; `asker` is `person()`.

        Raises OftenError, FullError, and TimeoutError after `timing.answer` seconds.
        """
        if self.rate and (seconds := await self.rate.wait(asker)) is not None:
            raise OftenError(seconds)
        late = False

        def work() -> Answer:
            if late:  # nobody waits for it any more
                raise TimeoutError
            return self.bot.ask(question, lang, tuple(history))

        turn = asyncio.create_task(self.turns.run(work, asker))
        await asyncio.wait((turn,), timeout=self.timing.answer)
        if not turn.done():  # it keeps its place until it ends: a search cannot be stopped
            late = True
            turn.add_done_callback(lambda done: done.cancelled() or done.exception())  # asked for, or asyncio logs it
            raise TimeoutError
        return turn.result()

    @property
    def token(self) -> str | None:
        """The bot's token; without it only what a response URL can carry is done."""
        secret = self.settings.slack_bot_token
        return secret.get_secret_value() if secret else None

    @property
    def keeps_votes(self) -> bool:
        """False where KB_STORE is off: then no vote is asked for."""
        return self.settings.store_file is not None


def person(team: object, user: object) -> str:
    """Under what name a person of a Slack workspace is counted."""
    return f"slack:{team}:{user}"
