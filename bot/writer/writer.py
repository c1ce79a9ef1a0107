"""The writer: asks a model to phrase an answer from its quotes, and gives the text only if the quotes say all of it.

Whatever the model does, an answer is never lost: without a text the quotes are shown as ever.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.language import say
from bot.records import Answer, Status
from bot.settings import Settings
from bot.writer.checking import checked
from bot.writer.outcome import Outcome, UnavailableError

AT_ONCE = 4  # requests to the model; an answer that would have to wait goes without
TRIES = 2
FAILURES, PAUSE = 3, 30.0  # after so many in a row the model is not asked for so many seconds
Message = dict[str, str]  # role, content
_log = logging.getLogger("kb")


class Model(Protocol):
    """What gives texts: bot/writer/endpoint.py."""

    async def text(self, messages: Sequence[Message], /) -> str:
        """Raises UnavailableError."""

    async def close(self) -> None: ...


class Writer:
    """One of a process. Only the event loop's thread may use it."""

    def __init__(self, model: Model, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._model, self._seconds, self._clock = model, seconds, clock
        self._running = self._failed = 0
        self._until = 0.0

    def takes(self, answer: Answer) -> bool:
        """Whether the model would be asked now."""
        return may_be_phrased(answer) and self._running < AT_ONCE and self._clock() >= self._until

    async def phrase(self, answer: Answer) -> Answer:
        """The answer, with a text if there is one that may be shown. Never raises; takes `seconds` at most."""
        if not self.takes(answer):
            if may_be_phrased(answer):
                self.outcomes[Outcome.SKIPPED] += 1
            return answer
        self._running += 1
        try:
            async with asyncio.timeout(self._seconds):
                phrased, why = await self._tried(answer)
        except (TimeoutError, UnavailableError) as error:
            self._down(str(error) or "it takes too long")
            return answer
        except Exception as error:  # whatever a library does with what a stranger sends
            self._down(type(error).__name__)
            return answer
        finally:
            self._running -= 1
        self._failed = 0
        self.outcomes[Outcome.REFUSED if why else Outcome.WRITTEN] += 1
        if why:
            _log.info("written text refused", extra={"kb": {"why": why}})
        return phrased

    async def close(self) -> None:
        await self._model.close()

    async def _tried(self, answer: Answer) -> tuple[Answer, str]:
        messages, why = conversation(answer), ""
        for _ in range(TRIES):
            text = await self._model.text(messages)
            written, why = await asyncio.to_thread(checked, text, answer)
            if written:
                return replace(answer, written=written), ""
            again = {"role": "user", "content": say(answer.lang, "writer", "again", why=why)}
            messages = [*messages[:2], {"role": "assistant", "content": text[:2000]}, again]
        return answer, why

    def _down(self, why: str) -> None:
        self.outcomes[Outcome.UNAVAILABLE] += 1
        self._failed += 1
        if self._failed >= FAILURES:
            self._failed, self._until = 0, self._clock() + PAUSE
        _log.warning("the writer gave no text", extra={"kb": {"why": why}})


def may_be_phrased(answer: Answer) -> bool:
    """An answer that the quotes give whole: nothing is left out of it, and no rule has judged a value."""
    return answer.status is Status.ANSWERED and bool(answer.citations) and not (answer.not_stated or answer.checks)


def conversation(answer: Answer) -> list[Message]:
    """What the model is told: how to write, the question, the quotes. Nothing else leaves the process."""
    quotes = "\n\n".join(f"[{citation.n}] {citation.title}\n{citation.quote}" for citation in answer.citations)
    return [
        {"role": "system", "content": say(answer.lang, "writer", "instruction").strip()},
        {"role": "user", "content": f"{answer.question}\n\n{quotes}"},
    ]


def writer_of(settings: Settings) -> Writer | None:
    """The writer that the settings name; None without one."""
    if settings.writer_url is None:
        return None
    from bot.writer.endpoint import Endpoint  # needs the extra `writer`

    key = settings.writer_key.get_secret_value() if settings.writer_key else None
    seconds = settings.writer_seconds
    return Writer(Endpoint(settings.writer_url, settings.writer_model, key, seconds), seconds)
