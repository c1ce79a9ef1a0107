"""Who asks without a thing is answered by the section for those without it: "no lid" is alike to "lid" to vectors."""

from collections.abc import Set

from bot.decision.account import can_be_quoted, leader
from bot.decision.coverage import covering_most
from bot.decision.negation import negated_terms
from bot.decision.ranking import Ranking
from bot.decision.stated import headings_of, holds, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import patterns
from bot.question.question import Question
from index.lexical.words import normalise

NEAREST = 8  # topics among which the section is looked for


def without_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the near section that is headed by being without most of what a question takes away.

    It speaks of something else that the question names, too: what else holds without a lid is not asked.
    """
    negated = negated_terms(question.asking, topics).keys()
    best = leader(ranking, topics)
    if not negated or best is None or negated & headings_of(best, topics).negated or _asks_others(question):
        return ranking
    others = topics.glossary.mentions(question.plain).keys() - negated
    near = [
        (rank, titled)
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics)
        and (titled := _negated_by_titles(topic, topics) & negated)
        and _names_any(topic, others, topics)
    ]
    place = covering_most(negated, [titled for _, titled in near])
    return ranking if place is None else ranking.led_by_first([near[place][0]])


def _asks_others(question: Question) -> bool:
    """Whether a question asks for the others of a kind ("which lids besides glass?")."""
    return any(pattern.search(question.asking) for pattern in patterns("others"))


def _negated_by_titles(topic: int, topics: Topics) -> set[str]:
    """The terms of the glossary that a topic is for those without."""
    return {name for section in topics.sections(topic).values() for name in negated_terms(section.title, topics)}


def _names_any(topic: int, terms: Set[str], topics: Topics) -> bool:
    """Whether a topic has any of these terms, under any name."""
    (stated,) = stated_by([topic], topics)
    return any(holds(stated.text, normalise(name)) for term in terms for name in topics.glossary.group(term))
