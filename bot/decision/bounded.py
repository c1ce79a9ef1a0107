"""Whether a value is the least or the most that is allowed: a yes or no of a sentence that bounds things by just it.

"The lid must weigh 1.7 kg or more" says yes to who asks whether 1.7 kg is the minimum, and no to who asks whether it is
the maximum. A sentence that gives a value without a side of it says neither, nor one about more than the value.
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.decision.condition import fact_of
from bot.decision.negation import is_polite, negates
from bot.decision.same_question import adds_nothing
from bot.decision.unsaid import unsaid
from bot.evidence.topics import Topics
from bot.language import SPOKEN, expressions, pack
from bot.question.parts import is_wish, parts, plain
from bot.question.question import Question, identifiers
from bot.question.saying import says
from bot.question.statement import asks_yes_or_no, is_tagged, offers_choice, other_turns, statement
from bot.records import Verdict
from index.lexical.words import words
from index.records import Section

SIDES = ("least", "most")
VALUE = "VALUE"  # in the patterns of a language


def bound_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section to who says that a value is the least, or the most, of all; None: it says neither."""
    if not section.covered or section.other_source or len(question.numbers) != 1:
        return None
    (value,) = question.numbers
    asking = question.asking
    if not any(says("bounded", f"asks_{side}", asking) for side in SIDES) or question.is_keyword:
        return None
    if (
        is_wish(question.plain)
        or is_polite(asking)
        or offers_choice(asking)
        or not (asks_yes_or_no(asking) or is_tagged(asking))
    ):
        return None
    said = statement(asking)
    if said.denied or said.spelled or said.permitted or said.stays or value not in identifiers(words(said.text)):
        return None
    asked = [side for side in SIDES if _finds(expressions("bounded", f"asks_{side}"), said.text)]
    fact = plain(fact_of(section))
    stated = [side for side in SIDES if _finds(_around(f"states_{side}", value), fact)]
    if len(asked) != 1 or len(stated) != 1 or not _says_no_more(question, said.text, section, fact, topics):
        return None
    return "yes" if asked == stated else "no"


def _says_no_more(question: Question, said: str, section: Section, fact: str, topics: Topics) -> bool:
    """Whether a question names what a sentence bounds, and all that this is said under, and nothing else."""
    mentions = topics.glossary.mentions
    named, stated = mentions(question.plain).keys(), mentions(fact).keys()
    if not stated <= named <= stated | mentions(plain(section.title)).keys():
        return False
    besides = {part.text for match in _bounds(question.plain) for part in parts(match.group())}
    rest = topics.glossary.without(said)
    for match in _bounds(rest):
        rest = rest.replace(match.group(), " ")
    known = "\n".join(map(plain, (section.title, *section.phrasings, fact)))
    if any(unsaid(rest, known, topics)):
        return False
    return not negates(rest) and not other_turns(rest) and adds_nothing(question, section, topics, besides=besides)


def _bounds(text: str) -> list[re.Match[str]]:
    """What a text says of bounds, and the words that say only that they are kept to."""
    names = (*(f"asks_{side}" for side in SIDES), "idle")
    return [match for name in names for pattern in expressions("bounded", name) for match in pattern.finditer(text)]


def _finds(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _around(kind: str, value: str) -> list[re.Pattern[str]]:
    """The patterns of a kind for one value, which no other number goes on or comes before."""
    written = rf"(?<![\w./]){re.escape(value)}(?![\w/]|\.\d)"
    return [re.compile(text.replace(VALUE, written), re.IGNORECASE) for text in _texts(kind)]


@cache
def _texts(kind: str) -> tuple[str, ...]:
    return tuple(text for lang in SPOKEN for text in pack(lang, "question")["bounded"][kind])
