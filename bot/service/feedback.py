"""Readers' votes, and these counted: which sections helped, which answers did not and why, what people miss."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.records import Status


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's vote on one shown answer."""

    answer: str  # made by the client per shown answer
    vote: str | None  # up, down; None withdraws it
    reason: str | None  # wrong, incomplete, unclear, not_what_i_meant
    question: str
    lang: str
    status: str
    section: str | None  # of the first citation
    door: str  # web, slack
    at: str = field(default_factory=_now)  # UTC, ISO 8601, seconds


@dataclass(frozen=True, slots=True)
class SectionVotes:
    """Votes on the answers whose first citation was this section; None: on answers that cited nothing."""

    section: str | None
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that the site did not answer, in its last wording, and how many votes it got."""

    question: str
    count: int


@dataclass(frozen=True, slots=True)
class FeedbackReport:
    """What `kb feedback` shows of all votes together."""

    up: int
    down: int
    sections: tuple[SectionVotes, ...]  # the most disliked first
    missed: tuple[Missed, ...]  # the most asked first


def feedback_report(votes: Iterable[Feedback]) -> FeedbackReport:
    """Count votes, each looked at once; they come oldest first, as Store.votes() gives them."""
    up, down, asked = Counter[str | None](), Counter[str | None](), Counter[str]()
    wording = dict[str, str]()
    for vote in votes:
        (up if vote.vote == "up" else down)[vote.section] += 1
        if vote.status == Status.NOT_COVERED:
            question = folded(vote.question)
            asked[question] += 1
            wording[question] = vote.question
    sections = [SectionVotes(section, up[section], down[section]) for section in up | down]
    return FeedbackReport(
        up=up.total(),
        down=down.total(),
        sections=tuple(sorted(sections, key=lambda votes: (-votes.down, -votes.up, votes.section or ""))),
        missed=tuple(Missed(wording[question], count) for question, count in asked.most_common()),
    )


def folded(question: str) -> str:
    """The same question whatever its spaces, capitals and closing marks."""
    return " ".join(question.casefold().split()).rstrip(" ?？.。!！")
