"""Who asks for more than a bound is not answered by the section headed by less than it: vectors take both for one."""

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
from bot.decision.stated import own_text
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.parts import plain
from bot.question.question import Question

NEAREST = 8  # topics among which the section is looked for
_SIDES = ("larger", "smaller")  # of the turns


def compared_side_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the near section that speaks of the side that is asked for, where the first has the other."""
    asked = _sides(question.asking)
    best = leader(ranking, topics)
    if len(asked) != 1 or best is None or not _is_turned(asked, best, topics):
        return ranking
    return ranking.led_by_first(
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics)
        and not _is_turned(asked, topic, topics)
        and asked <= _sides(plain(own_text(topic, topics)))
    )


def _is_turned(asked: frozenset[str], topic: int, topics: Topics) -> bool:
    """Whether the headings of a topic have the other side alone."""
    headed = _sides("\n".join(plain(section.title) for section in topics.sections(topic).values()))
    return bool(headed) and headed.isdisjoint(asked)


def _sides(text: str) -> frozenset[str]:
    turns = patterns("turns")
    return frozenset(side for side in _SIDES if side in turns and turns[side].search(text))
