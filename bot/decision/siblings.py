"""A heading that names another of a kind is not the question's: "red tea" asks nothing about "green tea".

Of the terms of a glossary those are of a kind that end with the same word; to vectors they are nearly the same.
"""

import re
from collections.abc import Iterable

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
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
    asked, best = topics.glossary.mentions(_EMPTY.sub(" ", question.plain)), leader(ranking, topics)
    if best is None or not asked:
        return ranking
    headed = {name for title in _titles(best, topics) for name in topics.glossary.mentions(title)}
    turned = [
        name for name in asked if name not in headed and any(_alike(name, other) for other in headed - asked.keys())
    ]
    if not turned:
        return ranking
    others = [pair for pair in ranking.nearest(NEAREST)[1:] if can_be_quoted(pair[1], topics)]
    return ranking.led_by_first(rank for rank, topic in others if _is_headed(topic, turned, topics))


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
