"""Whose heading is the closed question that was asked, and begins with its yes or no, leads those as near to it.

A page may state a fact under a heading that names it ("Pots in the oven"), and another answer the question ("Can a pot
stand in the oven?"). Both answer; only the second says yes or no.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.answering.compose import NEARLY, PHRASING
from bot.answering.polarity import SAME_QUESTION, same_way_round, verdict_spans
from bot.answering.searched import Search
from bot.decision.account import Account, account, as_stated, can_be_quoted
from bot.decision.logistic import Logistic
from bot.decision.plain_sentence import LEADS
from bot.decision.reading import Read
from bot.decision.same_meaning import same_meaning
from bot.decision.same_question import same_question
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.records import Status
from index.records import Section

NEAREST = 8  # topics among which the section is looked for


def closed_question_first(question: Question, search: Search, topics: Topics, part: Logistic, read: Read) -> Search:
    """The search led by a near section that says yes or no to just this question, where the first says neither.

    The one that names what the question names is read, or else the nearest, which must answer as well as the first.
    """
    decision, ranking = search.decision, search.ranking
    if decision.status is not Status.ANSWERED or decision.hedged or ranking.fixed:
        return search
    near = list(_near(question, search, topics))
    if not near:
        return search
    named = next((each for each in near if same_question(question, each[1], topics)), None)
    rank, section = named or near[0]
    led = ranking.led(rank)
    accounted = account(question, led.order, topics, part, read)
    better = named or _answers(accounted) >= _answers(search.accounted)
    means_it = better and same_meaning(
        question, section, as_stated(question, accounted, led.order, topics, read), topics
    )
    return replace(search, ranking=led, accounted=accounted) if means_it else search


def _answers(accounted: Account) -> float:
    return 0.0 if accounted.reading is None else accounted.reading.answers


def _near(question: Question, search: Search, topics: Topics) -> Iterator[tuple[int, Section]]:
    """The sections that say yes or no to a question that turns the same way, by rank; none if the first says it."""
    ranking = search.ranking
    least = NEARLY * ranking.fused[ranking.places[0]]
    for rank, topic in ranking.nearest(NEAREST):
        place, section = ranking.places[rank], topics.in_language(topic, question.lang)
        if ranking.fused[place] < least or (rank == 0 and _says(question, section, topics)):
            return
        if not can_be_quoted(topic, topics) or section.other_source or not verdict_spans(section):
            continue
        if search.evidence.raw[place, PHRASING] >= SAME_QUESTION and same_way_round(question, section.title):
            yield rank, section


def _says(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a section says yes or no, by itself or by the plain sentence that it begins with."""
    return bool(verdict_spans(section)) or any(give(question, section, topics) for give in LEADS)
