"""A topic that is not covered leads a question's ranking, and is read to be about something else: it is not heard.

What a site leaves out often shares the words of what it tells further down ("Settings of kettles" is not covered, and
the third paragraph on cleaning says which setting a kettle needs for it). Vectors and words put the former first; the
reader, which sees a question and a text together, knows which of the two it is about.
"""

from dataclasses import replace

import numpy as np

from bot.answering.searched import Search
from bot.decision.decide import Weights, decide
from bot.decision.excerpt import excerpt
from bot.decision.ranking import Ranking
from bot.decision.reading import Read
from bot.evidence.evidence import Evidence
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.records import Status

ANSWERS = 0.0  # log odds from which the best covered section is read to answer
CLEARLY = 3.0  # log odds by which the topic that leads is further from that


def without_unheard(question: Question, search: Search, topics: Topics, weights: Weights, read: Read) -> Search:
    """The search, decided without such a topic where that leads to an answer."""
    if search.decision.status is Status.ANSWERED or not _is_unheard(question, search, topics, read):
        return search
    first, accounted = int(search.ranking.order[0]), search.accounted
    if accounted.outside == first:
        accounted = replace(accounted, outside=None, outside_part=None)
    evidence, ranking = _without(first, search.evidence, search.ranking)
    decision = decide(question, evidence, ranking, topics, weights, accounted)
    if decision.status is not Status.ANSWERED:
        return search
    return replace(search, decision=decision, accounted=accounted)


def _is_unheard(question: Question, search: Search, topics: Topics, read: Read) -> bool:
    """Whether the topic that leads is not covered, and clearly less about the question than what is."""
    reading, order = search.accounted.reading, search.ranking.order
    if reading is None or reading.answers < ANSWERS or topics.covered[order[0]]:
        return False
    silence = excerpt(question, topics.in_language(int(order[0]), question.lang), topics)
    return reading.answers - read(question.text, silence).answers >= CLEARLY


def _without(topic: int, evidence: Evidence, ranking: Ranking) -> tuple[Evidence, Ranking]:
    """Evidence and ranking of all topics but one."""
    kept = evidence.topics != topic
    places = np.cumsum(kept) - 1  # of each topic among those that are left
    ranked = ranking.kept(ranking.order != topic)
    return evidence.among(evidence.topics[kept]), replace(
        ranked, fused=ranking.fused[kept], places=places[ranked.places]
    )
