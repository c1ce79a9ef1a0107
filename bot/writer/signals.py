"""What of a sentence is no word that says something, but tells how the others are meant: data of each language."""

import re
from functools import cache

from bot.language import pack


@cache
def turns_of(lang: str) -> dict[str, re.Pattern[str]]:
    """What denies, requires, limits or bounds a sentence, by the name of the turn."""
    return {name: re.compile(turn, re.IGNORECASE) for name, turn in pack(lang, "writer")["turns"].items()}


@cache
def apart(lang: str) -> re.Pattern[str]:
    """Beside a comma (here NUL) what says that another statement begins there, and that no list goes on."""
    return re.compile(pack(lang, "writer")["apart"], re.IGNORECASE)


@cache
def bounding(lang: str) -> re.Pattern[str]:
    """How a clause behind a comma begins that bounds what is said."""
    return re.compile(pack(lang, "writer")["bounding"], re.IGNORECASE)


def conditions_lead(lang: str) -> bool:
    """Whether a condition begins with its word, or ends with it."""
    return bool(pack(lang, "writer")["conditions_lead"])


@cache
def neutral(lang: str) -> frozenset[str]:
    """Words that say nothing."""
    return frozenset(pack(lang, "writer")["neutral"].split())


@cache
def joins(lang: str) -> frozenset[str]:
    """Words that join two statements."""
    return frozenset(pack(lang, "writer")["joins"].split())


@cache
def particles(lang: str) -> re.Pattern[str]:
    """Particles that say how a word belongs to the others."""
    return re.compile(pack(lang, "writer")["particles"])


@cache
def directions(lang: str) -> re.Pattern[str]:
    """Particles that say from where and to where."""
    return re.compile(pack(lang, "writer")["directions"])


@cache
def small_words(lang: str) -> re.Pattern[str]:
    """Endings and particles that say nothing of their own."""
    return re.compile(pack(lang, "writer")["small"])


@cache
def adding(lang: str) -> re.Pattern[str]:
    """The particle that says "also": it counts wherever it stands."""
    return re.compile(pack(lang, "writer")["adding"])
