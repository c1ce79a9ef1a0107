"""`kb report`: what was asked in a time and how it was answered, from the counts, the votes and the kept questions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.records import Status
from bot.service.asked import MISSED, NO_HITS, Asked, Count
from bot.service.feedback import Feedback, folded
from bot.service.store import Store

STATUSES = (str(Status.ANSWERED), *MISSED)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Slow:
    """The slowest question of a day, section and status."""

    ms: float
    day: str
    section: str | None


@dataclass(frozen=True, slots=True)
class Disliked:
    """A question whose answer was voted down."""

    question: str
    reason: str  # "none" if there is none
    section: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """Of the days from `since` to `until`. Texts are there where they are kept."""

    since: str
    until: str
    statuses: dict[str, int]  # in the order of STATUSES
    langs: dict[str, dict[str, int]]  # the same by language
    days: dict[str, dict[str, int]]  # … and by day
    up: int
    down: int
    reasons: dict[str, int]
    sections: dict[str, int]  # the most asked first
    slowest: tuple[Slow, ...]
    missed: dict[str, int]  # wordings, the most asked first
    searched: dict[str, int]  # words that the search box did not find, the most searched first
    disliked: tuple[Disliked, ...]  # the newest first
    keeps_texts: bool

    @property
    def asked(self) -> int:
        return sum(self.statuses.values())


def report(store: Store, since: str, until: str, *, keeps_texts: bool) -> Report:
    """The report of the days from `since` to `until` (ISO 8601, both included)."""
    counts = [count for count in store.counts(since) if count.day <= until]
    votes = [vote for vote in store.votes(newest_first=True) if since <= vote.at[:10] <= until]
    kept = [each for each in store.questions() if since <= each.at[:10] <= until]
    down = [vote for vote in votes if vote.vote == "down"]
    sections = Counter[str]()
    for count in counts:
        if count.section and count.status in STATUSES[:2]:  # it was quoted
            sections[count.section] += count.count
    slow = sorted(counts, key=lambda count: (-count.slowest, count.day))[:SHOWN]
    return Report(
        since=since,
        until=until,
        statuses=_statuses(counts),
        langs={lang: _statuses(c for c in counts if c.lang == lang) for lang in sorted({c.lang for c in counts})},
        days={day: _statuses(c for c in counts if c.day == day) for day in sorted({c.day for c in counts})},
        up=len(votes) - len(down),
        down=len(down),
        reasons=dict(Counter(vote.reason or "none" for vote in down).most_common()),
        sections=dict(sections.most_common(SHOWN)),
        slowest=tuple(Slow(count.slowest, count.day, count.section) for count in slow),
        missed=_missed(kept, votes),
        searched=_most(each.question for each in kept if each.question and each.status == NO_HITS),
        disliked=tuple(Disliked(vote.question, vote.reason or "none", vote.section) for vote in down[:SHOWN]),
        keeps_texts=keeps_texts or any(each.question for each in kept),  # the service may keep what this shell does not
    )


def _statuses(counts: Iterable[Count]) -> dict[str, int]:
    sums = dict.fromkeys(STATUSES, 0)
    for count in counts:
        sums[count.status] = sums.get(count.status, 0) + count.count
    return sums


def _missed(kept: Iterable[Asked], votes: Iterable[Feedback]) -> dict[str, int]:
    """The questions that were not answered in full, as often as they were kept, or voted on where none are kept."""
    texts = [each.question for each in kept if each.question and each.status != NO_HITS]
    return _most(texts or [vote.question for vote in votes if vote.status in MISSED])


def _most(texts: Iterable[str]) -> dict[str, int]:
    """The texts that occur most, each in its last wording."""
    given = list(texts)
    wording = {folded(text): text for text in given}
    return {wording[key]: count for key, count in Counter(map(folded, given)).most_common(SHOWN)}
