"""Of the sections of one page, the one whose heading says no more than what a question asks for comes first.

"AGC004 fails, how do I fix it?" names what the whole page is about; below "How to fix" stands what is asked for.
"""

from itertools import islice

from bot.decision.decide import Ranking
from bot.evidence.topics import Topics
from bot.question.conversation import only_a_kind
from bot.question.parts import kinds, kinds_of
from bot.question.question import Question
from index.records import Section

NEAREST = 12  # topics among which the heading is looked for


def kind_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking, in which such a section on the best section's page leads, if it is among the nearest."""
    asked = {kind.key for kind in kinds() if question.asks(kind)}
    if not asked or not len(ranking.order):
        return ranking
    nearest = [(int(topic), topics.in_language(int(topic), question.lang)) for topic in islice(ranking.order, NEAREST)]
    best = nearest[0][1]
    if _names(best) & asked:
        return ranking
    rank = next((i for i, (_, near) in enumerate(nearest) if near.page == best.page and _names(near) & asked), None)
    return ranking if rank is None else ranking.led(rank, fixed=True)


def _names(section: Section) -> frozenset[str]:
    """The kinds of thing that a heading names, which says nothing else."""
    return kinds_of(section.title) if section.covered and only_a_kind(section.title) else frozenset()
