"""Who asks for the way from one thing to another is answered by the section that states this way.

Arrows and the order of two names are alike to vectors: "cellar → attic" is as near to "attic → cellar". Where no
section states the way, and the nearest goes the other way round, the section about the way back is what there is.
"""

from bot.decision.account import quotable
from bot.decision.kind_headings import is_way_back
from bot.decision.ranking import Ranking
from bot.decision.relations import directions
from bot.decision.stated import headings_of, stated_by
from bot.evidence.topics import Topics
from bot.question.question import Question

NEAREST = 12  # topics among which the section is looked for
BACK = 60  # … and the one about the way back, if it names what the way begins with


def asked_direction_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section below whose heading the way stands that a question asks for."""
    asked = directions(question.asking, topics).keys()
    best = quotable(ranking.order, topics)
    if not asked or ranking.fixed or not best:
        return ranking
    (stated,) = stated_by(best[:1], topics)
    if any(_speaks_of(best[0], pair, topics) for pair in asked & stated.pairs):
        return ranking
    headed = [
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if topics.covered[topic]
        and any(_speaks_of(topic, pair, topics) for pair in asked & headings_of(topic, topics).pairs)
    ]
    if not headed and any((end, start) in stated.pairs for start, end in asked):
        starts = {start for start, _ in asked}
        headed = [
            rank
            for rank, topic in ranking.nearest(BACK)
            if topics.covered[topic]
            and is_way_back(topic, topics)
            and (rank < NEAREST or starts & _named(topic, topics))
        ]
    return ranking.led_by_first(headed)


def _speaks_of(topic: int, ends: tuple[str, str], topics: Topics) -> bool:
    """Whether a topic's own text names both ends of a way: a wording below its heading may say more."""
    return set(ends) <= _named(topic, topics)


def _named(topic: int, topics: Topics) -> set[str]:
    """The terms of the glossary that a topic's own text names."""
    return {*topics.glossary.mentions("\n".join(section.text for section in topics.sections(topic).values()))}
