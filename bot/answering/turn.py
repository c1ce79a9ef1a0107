"""One turn of a dialogue: a question, those before it, and what answers any question in its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.refusal import topic
from bot.answering.search import Searches
from bot.answering.single import Single
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.records import Answer, Status
from index.records import Section


@dataclass(frozen=True, slots=True)
class Turn:
    """A question to be answered in `lang`; `history`: the ones before it, oldest first."""

    question: Question
    lang: str
    history: Sequence[str]
    single: Single
    searches: Searches

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def topics(self) -> Topics:
        return self.single.topics

    def alone(self, question: Question, missing: str | None = None) -> Answer:
        """Answer a question that nothing goes before; `missing`: what of it is known to be left out."""
        search = self.searches.after(question, [])
        return self.single.answer(_with(question, missing), self.lang, search)

    def about(self, question: Question, subject: str, missing: str | None = None) -> Answer:
        """Answer a question by the sections whose headings name a subject."""
        return self.single.answer(_with(question, missing), self.lang, self.searches.about(question, subject))

    def from_section(self, section: Section, before: Question) -> Answer:
        """Answer by a section what goes on from the question before."""
        both, search = self.searches.question(f"{before.text}\n{self.text}"), self.searches.search(before)
        return self.single.from_section(section, self.question, both, before, self.lang, search)

    def is_plain(self, answer: Answer) -> bool:
        """Whether an answer leaves nothing out; what another source says leaves out that the site's own does."""
        if answer.status is not Status.ANSWERED or not answer.not_stated:
            return answer.status is Status.ANSWERED
        return self.quotes_other_source(answer) and answer.not_stated == (topic(self._first(answer)),)

    def quotes_other_source(self, answer: Answer) -> bool:
        """Whether an answer begins with what another source says."""
        return self._first(answer).other_source

    def _first(self, answer: Answer) -> Section:
        return self.topics.group(answer.citations[0].section)[answer.citations[0].lang]


def _with(question: Question, missing: str | None) -> Question:
    return question if missing is None else replace(question, missing=missing)
