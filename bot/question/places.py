"""The places that a text names: a name that no glossary explains, behind what says that it is a place.

How a text says so is data of each language (`places`, `place_nouns` in bot/words/<lang>/question.toml).
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from bot.language import SPOKEN, pack
from bot.question.glossary import Glossary
from bot.question.parts import functions, neutral, patterns

PLACE = "place"  # the kind of thing (bot/question/parts.py): where there is what is asked for
_JOINTS = re.compile(r"[\s_-]+")


def places(text: str, glossary: Glossary | None = None) -> tuple[str, ...]:
    """Each place of a plain text in the order it is named, in lower case, perhaps with a word that follows."""
    matches = sorted((match for pattern in patterns("places") for match in pattern.finditer(text)), key=_start)
    ends, named = 0, []
    for match in matches:
        name = _name(_JOINTS.sub(" ", match["where"]).split())
        if name and match.start("where") >= ends and not (glossary and glossary.mentions(name)):
            ends = match.start("where") + len(name)
            named.append(name)
    return tuple(named)


def is_same_place(name: str, other: str) -> bool:
    """Whether two names are of one place, however they are spaced; words may follow, but no number ("Hall 2")."""
    shorter, longer = sorted((name.split(), other.split()), key=lambda words: len("".join(words)))
    read = list(accumulate(longer))
    if "".join(shorter) not in read:
        return False
    return not any(word.isdigit() for word in longer[read.index("".join(shorter)) + 1 :])


@cache
def place_nouns() -> frozenset[str]:
    """What places are, in all languages: regions, cities."""
    return frozenset(word for lang in SPOKEN for word in pack(lang, "question")["place_nouns"].split())


def _name(words: Sequence[str]) -> str:
    """The words up to one that names nothing; the second stays, as it may be a name: "new york" is not "new"."""
    if _is_silent(words[0].lower()):
        return ""
    ends = (at for at, word in enumerate(words) if at > 1 and _is_silent(word))
    return " ".join(words[: next(ends, len(words))]).lower()


def _is_silent(word: str) -> bool:
    return word in functions() or word in neutral()


def _start(match: re.Match[str]) -> tuple[int, int]:
    return match.start("where"), -match.end("where")
