"""What every listener needs: the desk to ask at, the store, how long things may take."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.language import SPOKEN
from bot.records import Answer
from bot.service.desk import Desk
from bot.service.store import Store, StoreError
from bot.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that each part may take, and the clock and the pauses by which they pass."""

    store: float = 0.3  # to learn whether a request came before; Slack waits three seconds for its acknowledgement
    reader: float = 1.0  # to learn a reader's language; Slack opens a dialog within three seconds of the command only
    file: float = 20.0  # to read a file of a dialog, whose submission has been acknowledged
    reply: float = 5.0  # one attempt to post a reply
    call: int = 10  # one call of the Web API
    ping: float = 10.0  # between pings in Socket Mode, and between attempts to connect
    drain: float = 20.0  # a service told to stop spends on replies it owes
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


TIMING = Timing()


@dataclass(frozen=True, slots=True)
class Context:
    """Shared by all requests; safe to use from any of them."""

    desk: Desk
    store: Store  # the desk's, or where that has none a file of this process
    timing: Timing = TIMING

    @property
    def settings(self) -> Settings:
        return self.desk.settings

    async def kept(self, work: Callable[[], T]) -> T:
        """What a call of the store gives, which must not hold up an acknowledgement. Raises StoreError."""
        try:
            async with asyncio.timeout(self.timing.store):
                return await self.desk.keep(work)
        except TimeoutError:
            raise StoreError("it takes too long") from None

    async def ask(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        *,
        again: bool = False,
    ) -> Answer:
        """Answer, and count the question; `asker` is `person()`, `again`: an answer is shown once more.

        Raises LongError, OftenError, FullError, and TimeoutError after the desk's deadline.
        """
        self.desk.measure(question)
        await self.desk.count(asker)
        return await self.desk.ask(asker, question, lang, history, again=again)

    async def asked(self, lang: str | None) -> dict[str, tuple[str, ...]] | None:
        """By language what the site's own headings ask, in that of the site where it does not have this one.

        None on the site of the rules, whose questions to begin with are written. `lang` None: every language.
        """
        if self.desk.has_rules:
            return None
        langs = self.desk.langs
        spoken = (lang,) if lang else SPOKEN
        return {code: await self.desk.starters(code if code in langs else langs[0]) for code in spoken}

    @property
    def token(self) -> str | None:
        """The bot's token; without it only what a response URL can carry is done."""
        secret = self.settings.slack_bot_token
        return secret.get_secret_value() if secret else None

    @property
    def keeps_votes(self) -> bool:
        """False where KB_STORE is off: then no vote is asked for."""
        return self.settings.store_place is not None


def person(team: object, user: object) -> str:
    """Under what name a person of a Slack workspace is counted."""
    return f"slack:{team}:{user}"
