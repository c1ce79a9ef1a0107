"""What of a sentence is no word that says something, but tells how the others are meant: data of each language."""

import re
from functools import cache
from string import ascii_lowercase

from bot.language import pack


@cache
def turns_of(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What denies, requires, limits or bounds a sentence: the name of the turn, of its group in a list, too."""
    named = pack(lang, "writer")["turns"].items()
    return tuple(
        (name if isinstance(turns, str) else f"{name}:{ascii_lowercase[n]}", re.compile(turn, re.IGNORECASE))
        for name, turns in named
        for n, turn in enumerate([turns] if isinstance(turns, str) else turns)
    )


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
def left_out(lang: str) -> frozenset[str]:
    """Words that a sentence may leave out, and may not add."""
    return frozenset(pack(lang, "writer")["left_out"].split())


@cache
def forms(lang: str) -> dict[str, str]:
    """Forms of one word that say the same, and that word."""
    return dict(pack(lang, "writer")["forms"])


def without_plural(word: str, lang: str) -> str:
    """A word without the ending of the plural; other endings tell when, or who does it."""
    endings: list[tuple[str, str]] = pack(lang, "writer")["plural"]
    return next((word.removesuffix(e) + other for e, other in endings if word.endswith(e) and len(word) > 3), word)


def passive(lang: str) -> tuple[str, str, str] | None:
    """The verb of the passive, its ending and the word before the one that acts; None where particles tell that."""
    known: list[str] = pack(lang, "writer")["passive"]
    return (known[0], known[1], known[2]) if known else None


def attached(lang: str) -> frozenset[str]:
    """Small words that belong to the noun before them."""
    return frozenset(pack(lang, "writer")["attached"].split())


def purpose(lang: str) -> str:
    """The word with which a purpose begins in front of a sentence."""
    return str(pack(lang, "writer")["purpose"])


def request(lang: str) -> str:
    """The word that asks the reader for what else is only said; "" if there is none."""
    return str(pack(lang, "writer")["request"])


@cache
def ongoing(lang: str) -> re.Pattern[str]:
    """A verb with the ending of what goes on now, or is done."""
    return re.compile(pack(lang, "writer")["ongoing"])


@cache
def contrasting(lang: str) -> frozenset[str]:
    """Those of them that say that what follows is otherwise."""
    return frozenset(pack(lang, "writer")["contrasting"].split())


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


@cache
def pausing(lang: str) -> re.Pattern[str]:
    """A word in front of a pause that is another one without it ("No, …")."""
    return re.compile(pack(lang, "writer")["pausing"] + r"\s*$", re.IGNORECASE)


@cache
def relatives(lang: str) -> frozenset[str]:
    """Words of clauses that tell which one is meant; behind a comma they tell more of it."""
    return frozenset(pack(lang, "writer")["relative"].split())


@cache
def concluding(lang: str) -> re.Pattern[str]:
    """How a clause behind a comma begins that only follows from the one before."""
    return re.compile(pack(lang, "writer")["concluding"], re.IGNORECASE)


@cache
def telling(lang: str) -> re.Pattern[str]:
    """Verbs of telling, asking, letting: what somebody else is to do stands behind them, and no purpose."""
    return re.compile(pack(lang, "writer")["telling"])


@cache
def pointing(lang: str) -> re.Pattern[str]:
    """Words that point back to the sentence before."""
    return re.compile(pack(lang, "writer")["pointing"], re.IGNORECASE | re.MULTILINE)


@cache
def far(lang: str) -> re.Pattern[str]:
    """Words that point back to more than the one sentence before."""
    return re.compile(pack(lang, "writer")["far"], re.IGNORECASE)


def who(lang: str) -> str:
    """Who acts, where a purpose is theirs."""
    return str(pack(lang, "writer")["who"])


@cache
def restricting(lang: str) -> re.Pattern[str]:
    """How a sentence begins that takes back a part of the one before it."""
    return re.compile(pack(lang, "writer")["restricting"], re.IGNORECASE)


@cache
def own_subject(lang: str) -> re.Pattern[str]:
    """What shows that a sentence names of what it speaks, in languages that may leave that out."""
    return re.compile(pack(lang, "writer")["own_subject"])


@cache
def small_between(lang: str) -> frozenset[str]:
    """Small words within a name, which its abbreviation leaves out."""
    return frozenset(pack(lang, "writer")["within_names"].split())
