"""What a question or a text takes away: terms of the glossary, states, and any other part of a question.

How a language negates is data (bot/words/<lang>/question.toml). One that stands beside a term tells which ("no lid"), a
state is denied by its own form ("unglazed"), and any other part by what stands in front of it or behind.
"""

import re
from collections.abc import Iterator

from bot.evidence.topics import Topics
from bot.language import patterns as patterns_of
from bot.question.parts import Part, patterns

BEFORE = 100  # letters in front of a part in which it may be taken away: a few words


def negated_terms(text: str, topics: Topics) -> dict[str, str]:
    """Terms of the glossary that a text takes away ("no lid"), by their first names, with how it does."""
    matches = (match for pattern in patterns("negated_terms") for match in pattern.finditer(text))
    return {name: match.group().strip() for match in matches for name in _beside(match, topics)}


def negated_states(text: str) -> Iterator[re.Match[str]]:
    """Where a text denies a state, `what`: "not glazed"."""
    return (match for pattern in patterns("negated_states") for match in pattern.finditer(text))


def is_negated(part: Part, text: str, asks_from: int) -> bool:
    """Whether a text takes a part away: "not glazed", 「入れていない」. A polite "Isn't it …?" does not.

    `asks_from`: where the sentence that asks begins.
    """
    if any(pattern.match(text, part.end) for pattern in patterns("negates_after")):
        return True
    start = asks_from if part.asked else 0
    before = text[max(start, part.start - BEFORE) : part.start]
    polite = any(pattern.match(text, start, part.start) for pattern in patterns("polite"))
    return not polite and any(pattern.search(before) for pattern in patterns("negates_before"))


def without_politeness(asking: str) -> str:
    """The sentence that asks without a polite "Isn't …?", which takes nothing away."""
    polite = (match.end() for pattern in patterns("polite") if (match := pattern.match(asking)))
    return asking[max(polite, default=0) :]


def is_polite(asked: str) -> bool:
    """Whether a plain question begins with a polite "Isn't …?", to which a bare yes may be heard both ways."""
    return any(pattern.match(asked) for pattern in patterns("polite"))


def negates(text: str) -> bool:
    """Whether a text takes away anything at all."""
    return bool(patterns_of("turns")["negation"].search(text))


def _beside(match: re.Match[str], topics: Topics) -> list[str]:
    """The term that stands beside a negation; "does not support lids" takes away what the verb says."""
    what, in_front = match["what"].strip(), match.start("what") > match.start()
    placed = what.startswith if in_front else what.endswith
    return [name for name, written in topics.glossary.mentions(what).items() if placed(written)][:1]
