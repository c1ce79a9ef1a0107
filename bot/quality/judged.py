"""A labelled question beside the answer that it got."""

from dataclasses import dataclass

from bot.quality.calibrate import LabelledQuestion
from bot.records import Answer, Status


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its answer, as the figures see it."""

    question: LabelledQuestion
    answer: Answer
    ranked: list[str]  # covered sections, best first, at most ten

    @property
    def first_right(self) -> bool:
        """Whether the first citation states the asked fact."""
        cited = self.answer.citations
        return bool(cited) and cited[0].section in self.question.sections

    @property
    def top_three_right(self) -> bool:
        """Whether a citation, or a section that says the same as one, states it."""
        cited = [
            name
            for citation in self.answer.citations
            for name in (citation.section, *(also.section for also in citation.also))
        ]
        return any(name in self.question.sections for name in cited)

    @property
    def yes_or_no(self) -> bool:
        """Whether the right answer is a yes or a no; a condition is neither."""
        return self.question.answerable and self.question.verdict in ("yes", "no")

    @property
    def wrong_verdict(self) -> bool:
        """Whether it answers with a yes or no that is the wrong way round."""
        return self.yes_or_no and said(self.answer) not in (None, self.question.verdict)


def said(answer: Answer) -> str | None:
    """The yes or no of an answer: with which it begins, or which stands beside a judged value or a spelled sentence."""
    if answer.status is not Status.ANSWERED:
        return None
    return verdict(answer.answer) or (None if answer.verdict == "conditional" else answer.verdict)


def verdict(answer: str) -> str | None:
    """The verdict that an answer begins with, if it begins with one."""
    start = answer.lstrip().lower()
    if start.startswith(("yes", "はい")):
        return "yes"
    return "no" if start.startswith(("no.", "no,", "no ", "いいえ")) else None
