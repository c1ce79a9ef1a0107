"""The same of a kind of thing, or another one: what a section states of one region is not stated of two.

How a text says that is data of each language (`sides` in bot/words/<lang>/question.toml).
"""

from collections.abc import Mapping

from bot.decision.account import quotable
from bot.decision.decide import Ranking
from bot.decision.relations import singular
from bot.evidence.topics import Topics
from bot.question.parts import patterns
from bot.question.question import Question

NEAREST = 10  # ranks in which the section about the other side may stand


def sides(text: str) -> Mapping[str, frozenset[bool]]:
    """The kinds of thing of which a text says that they are the same (False) or others (True), as it names them."""
    said: dict[str, frozenset[bool]] = {}
    for match in (match for pattern in patterns("sides") for match in pattern.finditer(text)):
        what, other = singular(match["what"].lower()), match["other"] is not None
        said[what] = said.get(what, frozenset()) | {other}
    return said


def asked_side_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section on the question's side, where the one that leads is on the other side.

    A section or a question that speaks of both sides is on none.
    """
    asked = {what: said for what, said in sides(question.plain).items() if len(said) == 1}
    best = quotable(ranking.order, topics)
    if not asked or ranking.fixed or not best or best[0] != ranking.order[0]:
        return ranking
    stated = _stated(best[0], topics)
    turned = {
        what: said
        for what, said in asked.items()
        if len(stated.get(what, said)) == 1 and stated.get(what, said) != said
    }
    if not turned:
        return ranking
    for rank, topic in enumerate(ranking.order[:NEAREST].tolist()):
        said = _stated(topic, topics) if topics.covered[topic] and topics.quotable[topic] else {}
        if turned.items() <= said.items():
            return ranking.led(rank, fixed=True)
    return ranking


def _stated(topic: int, topics: Topics) -> Mapping[str, frozenset[bool]]:
    return sides("\n".join(f"{section.title}\n{section.text}" for section in topics.sections(topic).values()))
