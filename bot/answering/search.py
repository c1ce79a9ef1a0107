"""From a question, and those before it, to the ranked topics and the decision: the first half of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.compose import PHRASING
from bot.decision.account import Account, account, with_reading
from bot.decision.decide import Decision, Ranking, Weights, decide
from bot.decision.genres import rank_topics
from bot.decision.logistic import Logistic
from bot.decision.reading import Read, read_section
from bot.evidence.topics import Evidence, Topics
from bot.question.conversation import last_asked, only_a_kind, points_back, says_it
from bot.question.parts import asking_sentence, parts
from bot.records import Status
from index.encoder.protocol import Encoder

AUTHORS = 0.97  # cosine from which a question is an author's own
CONTEXT = 1.0  # weight of the question before in the ranking of a follow-up
OWN = 2.0  # … and of a follow-up's own words


@dataclass(frozen=True, slots=True)
class Search:
    """One question (as asked, or joined with the one before it) and what was found for it."""

    evidence: Evidence
    ranking: Ranking
    decision: Decision
    accounted: Account


class Searcher:
    """What the topics, the encoder and the weights say of a question.

    `part` tells which parts are left out, `read` whether a section answers the whole.
    """

    def __init__(
        self, topics: Topics, encoder: Encoder, weights: Weights, part: Logistic, read: Read = read_section
    ) -> None:
        self.topics, self.encoder, self.weights, self.part, self.read = topics, encoder, weights, part, read

    def search(self, question: str) -> Search:
        """One question by itself."""
        evidence = self.topics.score(question, self.encoder)
        return self._decided(question, evidence, rank_topics(question, evidence, self.weights, self.topics))

    def names_nothing(self, question: str) -> Search | None:
        """The search for a question that says "it", and nothing that it could be ("Is it supported?"); else None."""
        if not says_it(question) or self.topics.glossary.longest(question) is not None:
            return None
        search = self.search(question)
        nearest = float(search.evidence.raw[:, PHRASING].max(initial=0.0))
        return search if nearest < AUTHORS else None  # an author's own "Is it healthy?" has its answer

    def after(self, question: str, history: Sequence[str]) -> Search:
        """What there is for a question; after others, perhaps for what it asks about theirs."""
        alone = self.search(question)
        before = last_asked(history)
        if before is None:
            return self._asking(question, alone)
        if only_a_kind(question):
            return self.search(before)
        if next(parts(question), None) is None:
            return self._follow_up(question, alone, before, own=0.0)
        back = points_back(question)
        answered = alone.decision.status is Status.ANSWERED and not alone.decision.hedged
        if back or (not answered and self._asks_more(question, alone)):
            together = self._follow_up(question, alone, before)
            if back and together.decision.status is not Status.NOT_COVERED:
                return together
            return max(alone, together, key=lambda search: search.decision.confidence)
        return self._asking(question, alone)

    def _asking(self, question: str, whole: Search) -> Search:
        """The same, or what there is for the sentence that asks, where what stands around it hides the question.

        What the question leaves out is that of the whole: a condition may stand in front.
        """
        if whole.decision.status is Status.ANSWERED or (sentence := asking_sentence(question)) is None:
            return whole
        evidence = self.topics.score(sentence, self.encoder)
        ranking = rank_topics(sentence, evidence, self.weights, self.topics)
        alone = self._decided(question, evidence, ranking)
        return alone if alone.decision.status is Status.ANSWERED else whole

    def _decided(self, question: str, evidence: Evidence, ranking: Ranking, before: str = "") -> Search:
        """The decision; what is not covered even if the best section answered the whole question is not read."""
        accounted = account(question, ranking.order, self.topics, self.part)
        decision = decide(question, evidence, ranking, self.topics, self.weights, accounted)
        if decision.status is not Status.NOT_COVERED:
            accounted = with_reading(accounted, question, ranking.order, self.topics, self.read, before)
            decision = decide(question, evidence, ranking, self.topics, self.weights, accounted)
        return Search(evidence, ranking, decision, accounted)

    def _asks_more(self, question: str, alone: Search) -> bool:
        """True if a question names something of this site by itself; other topics do not."""
        named = " ".join(part.text for part in parts(question))
        return self.topics.knows(named) and bool(self.topics.covered[alone.ranking.order[0]])

    def _follow_up(self, question: str, alone: Search, before: str, own: float = OWN) -> Search:
        """Search for "And the subnet?": ranked by its own words first, then by what was asked before.

        The text of both together decides whether it is answered, the ranking of both what is. `own`: how much its own
        words count.
        """
        evidence = self.topics.score(f"{before}\n{question}", self.encoder, alone.evidence.topics)
        by_itself = alone.ranking
        if (among := evidence.topics) is not None:  # on a large site each question has its candidates: those of all
            by_itself = self._among(question, among)
        context = self._among(before, among)
        joined = rank_topics(question, evidence, self.weights, self.topics)
        ranking = Ranking.of(own * by_itself.fused + CONTEXT * context.fused + joined.fused, among)
        return self._decided(question, evidence, ranking, before)

    def _among(self, question: str, topics: NDArray[np.int64] | None) -> Ranking:
        """The ranking of these topics alone; None: of all."""
        evidence = self.topics.score(question, self.encoder, topics).among(topics)
        return rank_topics(question, evidence, self.weights, self.topics)
