"""How many of a thing there may be is said of a unit: "one lid per pot" says nothing of the lids per shelf."""

from collections.abc import Sequence

from bot.decision.relations import singular
from bot.decision.stated import own_text
from bot.evidence.topics import Topics
from bot.question.parts import kinds, patterns, plain, stem
from bot.question.question import Question
from index.lexical.words import normalise

_AMOUNTS = frozenset({"amount", "bound"})


def other_units(question: Question, cited: Sequence[int], topics: Topics) -> list[str]:
    """The units per which a question asks how many, as it writes them, where all topics count per others, if at all.

    The first topic that counts per anything tells: one in front that counts per nothing tells no number either.
    """
    if not any(question.asks(kind) for kind in kinds() if kind.key in _AMOUNTS):
        return []
    each = (units_of(plain(own_text(topic, topics)), topics).keys() for topic in cited)
    stated = next(filter(None, each), ())
    return [shown for unit, shown in units_of(question.plain, topics).items() if stated and unit not in stated]


def units_of(text: str, topics: Topics) -> dict[str, str]:
    """The units that a text counts per, by the first name of their term or their stem, with how it says so."""
    units = {}
    for match in (match for pattern in patterns("units") for match in pattern.finditer(text)):
        what = match["what"]
        named = topics.glossary.longest(singular(what))
        shown = topics.glossary.mentions(what).get(named or "", what.partition(" ")[0])
        before, _, after = match.group().partition(what)
        units[named or stem(normalise(shown))] = f"{before}{shown}{after}".strip()
    return units
