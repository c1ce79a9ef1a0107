"""From one question to ranked topics and a decision, whatever went before it."""

from dataclasses import replace

from bot.answering.asked_heading import asked_heading_first
from bot.answering.closed_question import closed_question_first
from bot.answering.exchange import about
from bot.answering.searched import Search
from bot.answering.unheard import without_unheard
from bot.decision.account import account, as_stated
from bot.decision.asked_first import asked_first
from bot.decision.bare_headings import bare_heading_first
from bot.decision.decide import Weights, decide
from bot.decision.genres import rank_topics
from bot.decision.kind_headings import kind_first
from bot.decision.leading import read_best
from bot.decision.logistic import Logistic
from bot.decision.named_headings import named_first
from bot.decision.ranking import Ranking
from bot.decision.reading import Read, read_section
from bot.evidence.evidence import Evidence, Floats, Numbers
from bot.evidence.topics import Topics
from bot.question.parts import asking_sentence, kinds_of, without_commands
from bot.question.question import Question
from bot.records import Status
from index.encoder.protocol import Encoder
from index.records import Section


class Deciding:
    """What the topics, the encoder and the weights say of the questions of one request; each is searched once.

    `part` tells which parts are left out, `read` whether a section answers the whole; `missing`: Question.missing.
    """

    def __init__(
        self,
        topics: Topics,
        encoder: Encoder,
        weights: Weights,
        part: Logistic,
        read: Read = read_section,
        missing: str | None = None,
    ) -> None:
        self._topics, self._encoder, self._weights, self._part, self.read = topics, encoder, weights, part, read
        self._missing = missing
        self._questions: dict[str, Question] = {}
        self._evidence: dict[str, Evidence] = {}
        self._searches: dict[str, Search] = {}

    def question(self, text: str) -> Question:
        """A text, read once."""
        if text not in self._questions:
            self._questions[text] = replace(self._topics.read(text, self._encoder), missing=self._missing)
        return self._questions[text]

    def search(self, question: Question) -> Search:
        """One question by itself."""
        if question.text not in self._searches:
            self._searches[question.text] = self._alone(question)
        return self._searches[question.text]

    def _alone(self, question: Question) -> Search:
        """Of a section whose heading only names what is asked for, and its page's best, the one that answers."""
        evidence = self._scored(question)
        ranking = self._ranked(question, evidence)
        headed = kind_first(question, ranking, self._topics)
        if headed is not ranking:
            search = self._decided(question, evidence, headed)
            if search.decision.status is Status.ANSWERED:
                return search
        return self._decided(question, evidence, ranking)

    def about(self, question: Question, subject: str) -> Search:
        """One question by the sections whose headings name a subject."""
        search = self.search(question)
        return self._decided(question, search.evidence, about(subject, search.ranking, self._topics))

    def nearest(self, search: Search, lang: str, count: int) -> list[Section]:
        """The sections that rank highest, in this language where there are such."""
        return [self._topics.in_language(int(topic), lang) for topic in search.ranking.order[:count]]

    def _asking(self, question: Question, whole: Search) -> Search:
        """The same, or what there is for the sentence that asks, where what stands around it hides the question.

        What the question leaves out is that of the whole: a condition may stand in front. Command lines beside a
        question hide it, too.
        """
        if whole.is_plain:
            return whole
        if whole.decision.status is not Status.ANSWERED and (sentence := asking_sentence(question.text)):
            asking = self.question(sentence)
            evidence = self._scored(asking)
            alone = self._decided(question, evidence, self._ranked(asking, evidence))
            if alone.decision.status is Status.ANSWERED:
                return alone
        if clear := without_commands(question.text):
            alone = self.search(self.question(clear))
            if alone.is_plain:
                return alone
        return whole

    def _decided(self, question: Question, evidence: Evidence, ranking: Ranking, before: str = "") -> Search:
        """The decision; what is not covered even if the best section answered the whole question is not read."""
        # "And from the cellar?" asks for the same kind of thing as the question before.
        asking = self.question(before) if before and not kinds_of(question.text) else question
        ranking = asked_first(question, asking, ranking, self._topics)
        accounted = account(question, ranking.order, self._topics, self._part)
        decision = decide(question, evidence, ranking, self._topics, self._weights, accounted)
        if decision.status is not Status.NOT_COVERED:
            ranking, accounted = read_best(question, ranking, accounted, self._topics, self._part, self.read, before)
            decision = decide(question, evidence, ranking, self._topics, self._weights, accounted)
        search = Search(evidence, ranking, decision, accounted)
        if before:
            return search
        search = without_unheard(question, search, self._topics, self._weights, self.read)
        search = asked_heading_first(question, search, self._topics, self._weights, self._part, self.read)
        search = self._as_stated(question, search)
        return closed_question_first(question, search, self._topics, self._part, self.read)

    def _as_stated(self, question: Question, search: Search) -> Search:
        """The search decided by the plain statement that a question asks about, if it is answered either way."""
        if search.decision.status is not Status.ANSWERED:
            return search
        stated = as_stated(question, search.accounted, search.ranking.order, self._topics, self.read)
        if stated is search.accounted:
            return search
        decision = decide(question, search.evidence, search.ranking, self._topics, self._weights, stated)
        return replace(search, accounted=stated, decision=decision) if decision.status is Status.ANSWERED else search

    def _scored(self, question: Question) -> Evidence:
        if question.text not in self._evidence:
            self._evidence[question.text] = self._topics.score(question)
        return self._evidence[question.text]

    def _fused(self, question: Question, topics: Numbers) -> Floats:
        """The fused scores of these topics: on a large site each question has candidates of its own."""
        evidence = self._scored(question)
        if not evidence.holds(topics):
            evidence = self._topics.score(question, topics)
        return self._ranked(question, evidence.among(topics)).fused

    def _ranked(self, question: Question, evidence: Evidence) -> Ranking:
        ranking = rank_topics(question, evidence, self._weights, self._topics)
        return bare_heading_first(question, named_first(question, ranking, self._topics), self._topics)
