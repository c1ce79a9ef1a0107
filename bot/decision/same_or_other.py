"""The same of a kind of thing, or another one: what a section states of one region is not stated of two.

How a text says that is data of each language (`sides` in bot/words/<lang>/question.toml).
"""

import re
from collections.abc import Mapping

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
from bot.decision.relations import singular
from bot.decision.stated import own_text
from bot.evidence.topics import Topics
from bot.question.glossary import Glossary
from bot.question.parts import functions, neutral, patterns
from bot.question.places import is_same_place, places
from bot.question.question import Question

NEAREST = 10  # ranks in which the section about the other side may stand
LONG = 40  # letters in which the name of a thing ends
NONE: frozenset[bool] = frozenset()
SAME, OTHER = frozenset({False}), frozenset({True})


def sides(text: str, glossary: Glossary | None = None) -> Mapping[str, tuple[frozenset[bool], str]]:
    """The kinds of thing of which a text says that they are the same (False) or others (True), with how it says so.

    Under the first name of a `glossary`, where they are terms of it.
    """
    said: dict[str, tuple[frozenset[bool], str]] = {}
    for match in (match for pattern in patterns("sides") for match in pattern.finditer(text)):
        what, other = _named(match, glossary), match["other"] is not None
        before, shown = said.get(what, (frozenset[bool](), match.group().strip()))
        said[what] = before | {other}, shown
    return said


def in_one_place(text: str, glossary: Glossary | None = None) -> bool:
    """Whether a text says that two things are in one place that it names: "both in Oslo", "in Oslo, also Oslo"."""
    both = (match["where"].lower() for pattern in patterns("both_in") for match in pattern.finditer(text))
    named = places(text, glossary)
    twice = len(named) > 1 and all(is_same_place(named[0], name) for name in named[1:])
    return twice or any(place not in functions() and place not in neutral() for place in both)


def asked_side_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section on the question's side, where the one that leads is on the other side.

    A section or a question that speaks of both sides is on none; such a section comes behind one on the question's.
    """
    asked = {what: said for what, (said, _) in sides(question.plain, topics.glossary).items() if len(said) == 1}
    best, together = leader(ranking, topics), in_one_place(question.plain, topics.glossary)
    if best is None or not (asked or together):
        return ranking
    stated = sides_of(best, topics)
    turned = {what: said for what, said in asked.items() if is_turned(what, said, stated, topics)}
    apart = _kinds_of_place(question.plain, stated, topics) if together and SAME not in stated.values() else []
    if not turned and not apart:
        return ranking
    quotable = (pair for pair in ranking.nearest(NEAREST) if can_be_quoted(pair[1], topics))
    near = [(rank, sides_of(topic, topics)) for rank, topic in quotable]
    if not turned:  # two things that are both in one place are in the same, whatever kind of place that is
        return ranking.led_by_first(rank for rank, said in near if any(said.get(what) == SAME for what in apart))
    one_sided = [(rank, said) for rank, said in near if all(len(each) == 1 for each in said.values())]
    on_its_side = [rank for rank, said in one_sided if turned.items() <= said.items()]
    on_both = [rank for rank, said in near if all(turned[what] <= said.get(what, NONE) for what in turned)]
    return ranking.led_by_first(on_its_side or on_both)


def _kinds_of_place(asked: str, stated: Mapping[str, frozenset[bool]], topics: Topics) -> list[str]:
    """Of what a section says that it is another: what a place that a question names may be, and it does not name."""
    named, written = topics.glossary.mentions(asked), asked.lower()
    return [what for what, said in stated.items() if said == OTHER and what not in named and what not in written]


def is_turned(what: str, asked: frozenset[bool], stated: Mapping[str, frozenset[bool]], topics: Topics) -> bool:
    """Whether a section is on the other side alone; of the same of a term it may also say nothing."""
    if what not in stated:
        return asked == SAME and topics.glossary.is_term(what)
    return len(stated[what]) == 1 and stated[what] != asked


def sides_of(topic: int, topics: Topics) -> Mapping[str, frozenset[bool]]:
    """What a topic says so of, in all languages."""
    return {what: said for what, (said, _) in sides(own_text(topic, topics), topics.glossary).items()}


def _named(match: re.Match[str], glossary: Glossary | None) -> str:
    """What is said to be the same, by the first name of the term that begins there."""
    rest = match.string[match.start("what") : match.start("what") + LONG]
    terms = glossary.mentions(rest) if glossary is not None else {}
    return next((name for name, shown in terms.items() if rest.startswith(shown)), singular(match["what"].lower()))
