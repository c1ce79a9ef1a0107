"""The statement that a closed question asks about: what it says without its tag, its politeness and its denial.

"Two lids fit, right?" and "Don't two lids fit?" ask what "Do two lids fit?" asks: whether two lids fit. "Two lids don't
fit, right?" asks whether they do not: its yes is the no of the plain question. A yes or no is that of the statement,
and where it alone may be heard both ways ("right, they do not", "no, they do"), a sentence says which (`spelled`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.language import SPOKEN, pack, patterns
from bot.question.parts import ASKS, DONE, is_closed, kinds_of

OBLIGATION = "obligation"  # the turn (bot/answering/polarity.py) of what must be
TRAILS_OFF = "..."  # in front of it a question tells why it is asked
CONFIRMATION = "confirmation"  # … and of who only asks whether a statement holds


@dataclass(frozen=True, slots=True)
class Statement:
    """A plain question with its tag, its denial and other words that turn no answer left blank."""

    text: str
    denied: bool = False  # it says that something is not so
    spelled: bool = False  # a bare yes or no to it may be heard both ways
    permitted: bool = False  # it asks whether something is fine: whether one may
    stays: bool = False  # it asks whether something may stay as it is
    turns: frozenset[str] = frozenset()  # that the words left blank had: what need not be speaks of a must


def statement(asking: str) -> Statement:
    """What the sentence of a plain question that asks, asks about."""
    asking = _in_order(asking)
    asking = _without(asking, map(_span, _all("idle", asking)))
    frees, tag, harmless = (_first(name, asking) for name in ("frees", "tags", "harmless"))
    denial = frees or (_denied(asking, tag) if tag and not harmless else None)
    opposed = _first("opposes", asking)
    if opposed and (denial or harmless):  # "not unsupported" turns twice
        denial = None
    elif opposed:
        denial = opposed
    # That something need not be done is no permission, whatever says that it is fine.
    fine = harmless or (None if frees else _first("permits", asking))
    stays = list(_all("stays", asking))
    return Statement(
        _without(asking, (_span(match) for match in (tag, denial, fine, *stays) if match)),
        denied=denial is not None,
        spelled=denial is not None or harmless is not None,
        permitted=fine is not None,
        stays=bool(stays),
        turns=frozenset({OBLIGATION}) if frees else frozenset(),
    )


def untagged(asking: str) -> str | None:
    """The sentence of a plain question that asks, without its tag, as it says what it says; None: it has no tag."""
    tag = _first("tags", asking)
    return " ".join(_without(asking, [_span(tag)]).split()).strip(" ,.?!。、") if tag else None


def asks_yes_or_no(asking: str) -> bool:
    """Whether a plain text asks yes or no in any form: it asks, and for nothing that has a name."""
    asks = bool(ASKS.search(asking.strip())) and not patterns("turns")["open"].search(asking)
    return is_closed(asking) or (asks and not kinds_of(asking) & DONE)


def is_tagged(asking: str) -> bool:
    """Whether the sentence of a plain question that asks states something and only asks whether that holds."""
    return _first("tags", _in_order(asking)) is not None


def offers_choice(asking: str) -> bool:
    """Whether the sentence of a plain question that asks, offers one thing or another: a yes or no is of neither."""
    return _first("choices", asking) is not None


def other_turns(text: str) -> bool:
    """Whether a text has any word that turns a question, but what only asks to confirm a statement."""
    return any(turn.search(text) for name, turn in patterns("turns").items() if name != CONFIRMATION)


def may_be_asked(said: Statement, heading: str) -> bool:
    """Whether what a heading asks may be what a statement is about.

    Whether it is fine is asked of what one may do and does no harm; whether something may stay as it is, of no change.
    """
    if said.permitted and (_first("may", heading) is None or _first("harm", heading)):
        return False
    return not (said.stays and _first("changes", heading))


def same_verbs(verb: str) -> str:
    """The signs of the verbs that do the same as one that is written with a single sign."""
    groups = (group for lang in SPOKEN for group in pack(lang, "question")["statement"]["one_verb"])
    return next((group for group in groups if verb in group), verb)


def _in_order(asking: str) -> str:
    """A sentence with the condition behind its question mark in front of it: "Does it fit? With a tray"."""
    behind = _first("behind", asking)
    return f"{behind['told']}, {asking[: behind.start('told')].rstrip()}" if behind else asking


def _denied(asking: str, tag: re.Match[str]) -> re.Match[str] | None:
    """What denies the statement in front of a tag."""
    return _first("denies", asking) or _first("denies", _without(asking, [_span(tag)]))


def _first(name: str, text: str) -> re.Match[str] | None:
    return next(_all(name, text), None)


def _all(name: str, text: str) -> Iterator[re.Match[str]]:
    return (match for pattern in _patterns(name) for match in pattern.finditer(text))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Those of all languages, as engineers mix them."""
    packs = [pack(lang, "question")["statement"] for lang in SPOKEN]
    return tuple(re.compile(expression, re.IGNORECASE) for each in packs for expression in each[name])


def _span(match: re.Match[str]) -> tuple[int, int]:
    """What is left blank: the group `out`, or all."""
    return match.span("out" if "out" in match.re.groupindex else 0)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
