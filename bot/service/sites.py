"""Several sites in one service, as a file names them (sites_file.py): each with its desk, and what is asked of all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.versions import NoVersionError
from bot.records import Answer, Status
from bot.service.capacity import FullError
from bot.service.desk import Desk
from bot.service.rate import Rate
from bot.service.refused import LongError, OftenError
from bot.service.sites_file import ALL, Named
from bot.settings import OFF, Settings

_RANK = (Status.NOT_COVERED, Status.CLARIFY, Status.ANSWERED)
_REFUSALS = (LongError, NoVersionError, FullError, OftenError, TimeoutError)  # of one site; another may answer


@dataclass(frozen=True, slots=True)
class Held:
    """A site of the service; `desk` is None where its index could not be used, for the reason in `refused`."""

    named: Named
    desk: Desk | None
    refused: str = ""


class NoSiteError(Exception):
    """There is no site of this name; `names` are those that there are."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


class UnusableError(Exception):
    """The index of the site that is asked cannot be used."""


class Sites:
    """All sites of a process. Only the event loop's thread may use it."""

    def __init__(self, settings: Settings, held: Sequence[Held]) -> None:
        self.settings, self.held, self.draining = settings, tuple(held), False
        self.rate = None if settings.rate_limit == OFF else Rate(settings.rate_limit, settings.rate_store, site=ALL)

    @property
    def answering(self) -> dict[str, Desk]:
        """The desks by the names of their sites."""
        return {held.named.name: held.desk for held in self.held if held.desk}

    def join(self, usable: Held) -> None:
        """A site whose index could not be used before."""
        self.held = tuple(usable if usable.named.name == held.named.name else held for held in self.held)

    async def count(self, asker: str) -> None:
        """Count a request to all of them. Raises OftenError."""
        if self.rate and (seconds := await self.rate.wait(asker)) is not None:
            raise OftenError(seconds)

    async def ask(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        site: str = ALL,
        version: str | None = None,
    ) -> tuple[Named, Answer]:
        """The answer of a site, or the best of all: what is answered before choices, then by confidence.

        Of all, those answer that have the `version`, take so long a question, and have a place for it; the question
        counts as asked of the one whose answer is given. A site that is named has its own limit. Raises NoSiteError,
        UnusableError, and what a desk raises, where none does.
        """
        asked = [held for held in self.held if site in (ALL, held.named.name)]
        if not asked:
            raise NoSiteError([held.named.name for held in self.held])
        desks = [(held.named, held.desk) for held in asked if held.desk]

        async def counted(desk: Desk) -> Answer:
            if site != ALL:  # what is asked of all has the limit of the service
                await desk.count(asker)
            return await desk.ask(asker, question, lang, history, version=version, again=True)

        replies = await asyncio.gather(*(counted(desk) for _, desk in desks), return_exceptions=True)
        at, best = _best(replies)
        named, desk = desks[at]
        desk.note(question, best)
        return named, await desk.phrase(best)

    def drain(self) -> None:
        """The process is about to end."""
        self.draining = True
        for desk in self.answering.values():
            desk.drain()


def _best(replies: Sequence[Answer | BaseException]) -> tuple[int, Answer]:
    """The place of the best answer, and it. Raises a fault of ours, or where nothing answers, why."""
    faults = [reply for reply in replies if isinstance(reply, BaseException)]
    answers = [(at, reply) for at, reply in enumerate(replies) if isinstance(reply, Answer)]
    ours = [fault for fault in faults if not isinstance(fault, _REFUSALS)]
    if ours or (faults and not answers):
        raise (ours or faults)[0]
    if not answers:
        raise UnusableError
    return max(answers, key=lambda each: (_RANK.index(each[1].status), each[1].confidence))
