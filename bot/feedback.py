"""Readers' votes, counted: which sections helped, which answers did not and why, what people miss."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.records import Status
from bot.store import Feedback


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
    """What `kb feedback` shows."""

    up: int
    down: int
    sections: tuple[SectionVotes, ...]  # the most disliked first
    disliked: tuple[Feedback, ...]  # the newest first
    missed: tuple[Missed, ...]  # the most asked first


def feedback_report(votes: Sequence[Feedback]) -> FeedbackReport:
    """Count votes given oldest first, as Store.votes() does."""
    up = Counter(vote.section for vote in votes if vote.vote == "up")
    down = Counter(vote.section for vote in votes if vote.vote == "down")
    sections = [SectionVotes(section, up[section], down[section]) for section in up | down]
    asked = [vote for vote in votes if vote.status == Status.NOT_COVERED]
    wording = {_folded(vote.question): vote.question for vote in asked}
    counts = Counter(_folded(vote.question) for vote in asked)
    return FeedbackReport(
        up=up.total(),
        down=down.total(),
        sections=tuple(sorted(sections, key=lambda one: (-one.down, -one.up, one.section or ""))),
        disliked=tuple(vote for vote in reversed(votes) if vote.vote == "down"),
        missed=tuple(Missed(wording[question], count) for question, count in counts.most_common()),
    )


def _folded(question: str) -> str:
    """The same question whatever its spaces, capitals and closing marks."""
    return " ".join(question.casefold().split()).rstrip(" ?？.。!！")
