"""Readers' votes, counted: which sections helped, which answers did not and why, what people miss."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.records import Status
from bot.service.store import Feedback


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
