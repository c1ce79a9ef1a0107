"""Who asks without a thing is answered by the section for those without it: "no lid" is alike to "lid" to vectors."""

from collections.abc import Set

from bot.decision.account import quotable
from bot.decision.ranking import Ranking
from bot.decision.relations import negated
from bot.decision.stated import headings_of, holds, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import patterns
from bot.question.question import Question
from index.lexical.words import normalise

NEAREST = 8  # topics among which the section is looked for


def without_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section that is headed by being without what a question takes away.

    It speaks of something else that the question names, too: what else holds without a lid is not asked.
    """
    taken = negated(question.asking, topics).keys()
    best = quotable(ranking.order, topics)
    if not taken or _asks_others(question) or ranking.fixed or not best or best[0] != ranking.order[0]:
        return ranking
    if taken & headings_of(best[0], topics).negated:
        return ranking
    for rank, topic in enumerate(ranking.order[:NEAREST].tolist()):
        if topics.covered[topic] and topics.quotable[topic] and rank and _is_without(topic, taken, question, topics):
            return ranking.led(rank, fixed=True)
    return ranking


def _asks_others(question: Question) -> bool:
    """Whether a question asks for the others of a kind ("which lids besides glass?")."""
    return any(pattern.search(question.asking) for pattern in patterns("others"))


def _is_without(topic: int, taken: Set[str], question: Question, topics: Topics) -> bool:
    titles = [section.title for section in topics.sections(topic).values()]
    if not any(taken & negated(title, topics).keys() for title in titles):
        return False
    (stated,) = stated_by([topic], topics)
    others = topics.glossary.mentions(question.plain).keys() - taken
    return any(holds(stated.text, normalise(name)) for other in others for name in topics.glossary.group(other))
