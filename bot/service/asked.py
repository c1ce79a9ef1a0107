"""What was asked, as the store keeps it: numbers without texts, questions without a (whole) answer, vain searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from bot.records import Answer, Status
from bot.service.scrub import scrub

NOT_STATED = "not_stated"  # answered, but for a part of the question
NO_HITS = "no_hits"  # words that the search box of the site did not find; no question, and counted nowhere
MISSED = (NOT_STATED, str(Status.CLARIFY), str(Status.NOT_COVERED))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: its status, the section that was cited or came nearest, and how long it took.

    Also words that were searched in vain: NO_HITS, without a section and a time.
    """

    id: str
    question: str | None  # without personal data; None where only its number is kept
    lang: str
    status: str  # answered, not_stated, clarify, not_covered; no_hits
    section: str | None
    took_ms: float
    at: str  # UTC, ISO 8601, seconds


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions of a day had a status and a section."""

    day: str
    lang: str
    status: str
    section: str | None
    count: int
    slowest: float  # ms


def status_of(answer: Answer) -> str:
    """The answer's status; NOT_STATED if it leaves out a part of the question."""
    return NOT_STATED if answer.status is Status.ANSWERED and answer.not_stated else str(answer.status)


def section_of(answer: Answer) -> str | None:
    """The section that was cited first, or that came next; None where the answer names none."""
    if answer.citations:
        return answer.citations[0].section
    return answer.runners_up[0].section if answer.runners_up else None


def asked(question: str, answer: Answer, at: str, *, keep: bool, nearest: str | None = None) -> Asked:
    """What is kept of a question. Its text only if texts are kept, and if it was not answered wholly."""
    status = status_of(answer)
    text = scrub(question) if keep and status in MISSED else None
    return Asked(uuid4().hex, text, answer.lang, status, section_of(answer) or nearest, answer.took_ms, at)


def searched(words: str, lang: str, at: str) -> Asked:
    """What is kept of words that were searched in vain."""
    return Asked(uuid4().hex, scrub(words), lang, NO_HITS, None, 0.0, at)


def counted(questions: Sequence[Asked]) -> list[Count]:
    """Questions counted by day, language, status and section; searches are none."""
    counts: dict[tuple[str, str, str, str | None], Count] = {}
    for each in questions:
        if each.status == NO_HITS:
            continue
        key = (each.at[:10], each.lang, each.status, each.section)
        before = counts.get(key, Count(*key, 0, 0.0))
        counts[key] = Count(*key, before.count + 1, max(before.slowest, each.took_ms))
    return list(counts.values())
