"""A heading that names another of a kind is not the question's: "red tea" asks nothing about "green tea".

Of the terms of a glossary those are of a kind that end with the same word; to vectors they are nearly the same.
"""

import re
from collections.abc import Iterable

from bot.decision.account import quotable
from bot.decision.decide import Ranking
from bot.decision.stated import headings_of, speaks_of
from bot.evidence.topics import Topics
from bot.question.parts import Part
from bot.question.question import Question

NEAREST = 12  # topics among which the section is looked for
_EMPTY = re.compile(
    r"""\w{1,64}["']?\s{0,9}[:=]\s{0,9}["']?(?:null|none|false|\[\]|""|'')""", re.IGNORECASE
)  # a key without a value


def asked_sibling_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section headed by a term of the question, where the best names its sibling."""
    best = quotable(ranking.order, topics)
    asked = topics.glossary.mentions(_EMPTY.sub(" ", question.plain))
    if ranking.fixed or not best or best[0] != ranking.order[0] or not asked:
        return ranking
    headed = {name for title in _titles(best[0], topics) for name in topics.glossary.mentions(title)}
    turned = [
        name for name in asked if name not in headed and any(_alike(name, other) for other in headed - asked.keys())
    ]
    if not turned:
        return ranking
    for rank, topic in enumerate(ranking.order[:NEAREST].tolist()):
        if topics.covered[topic] and topics.quotable[topic] and rank and _is_headed(topic, turned, topics):
            return ranking.led(rank, fixed=True)
    return ranking


def _titles(topic: int, topics: Topics) -> list[str]:
    return [section.title for section in topics.sections(topic).values()]


def _is_headed(topic: int, names: Iterable[str], topics: Topics) -> bool:
    headings = headings_of(topic, topics)
    return all(speaks_of(headings, Part(name, 0, len(name), "term", True, False), topics) for name in names)


def _alike(name: str, other: str) -> bool:
    """Whether two terms of several words end with the same one, and neither is the other with a word in front."""
    first, second = name.split(), other.split()
    of_a_kind = len(first) > 1 and len(second) > 1 and first[-1] == second[-1]
    return of_a_kind and not name.endswith(other) and not other.endswith(name)
