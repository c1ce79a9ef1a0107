"""Figures in a text: the amounts that it gives in digits or words, and what it compares with them.

"At least a hundred thousand pots", 「十万個以上」, "64k": how a language writes amounts and compares with them is data
(bot/words/<lang>/question.toml). Versions, sizes like /24 and parts of names are no figures.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.language import SPOKEN, pack
from bot.question.parts import plain

NEAR = 20  # characters before and behind a figure in which a text compares with it
_DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_COMPARES: Mapping[str, Callable[[float, float], bool]] = {
    "least": operator.ge,
    "above": operator.gt,
    "most": operator.le,
    "below": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a text, from `start` to `end`; `bound`: least, above, most, below, or "" where it is the amount."""

    value: float
    start: int
    end: int
    bound: str = ""

    def admits(self, value: float) -> bool:
        """Whether another amount is what the text asks for with this one."""
        compares: Callable[[float, float], bool] = _COMPARES.get(self.bound, operator.eq)
        return compares(value, self.value)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in their order."""
    asked = plain(text)
    matches = (match for form in _forms() for match in form.finditer(asked))
    held: list[Figure] = []
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):  # the longest: "7 million"
        if not held or match.start() >= held[-1].end:
            held.append(Figure(amount(match.group()), match.start(), match.end(), _bound(asked, match)))
    return tuple(held)


def counted(question: str) -> str | None:
    """What a question asks the number of: the tokens of "How many tokens …?"; None if it asks for no number."""
    for lang in SPOKEN:
        if match := re.search(pack(lang, "question")["figures"]["asks"], plain(question), re.IGNORECASE):
            return next((str(what) for what in match.groups() if what), None)
    return None


def amount(written: str) -> float:
    """The amount that digits and words of numbers write: "a hundred thousand", 「三千五百」, "64k"; 0 if none."""
    summands: list[float] = []
    for piece in _pieces().findall(plain(written).lower()):
        if (scale := _table("scales").get(piece)) is None:
            value = _table("words").get(piece)
            summands.append(float(piece.replace(",", "")) if value is None else value)
            continue
        smaller = []  # what stands in front and is less than the scale is what it multiplies
        while summands and summands[-1] < scale:
            smaller.append(summands.pop())
        summands.append((sum(smaller) or 1) * scale)
    return sum(summands)


def _bound(text: str, figure: re.Match[str]) -> str:
    before, behind = text[max(0, figure.start() - NEAR) : figure.start()], text[figure.end() : figure.end() + NEAR]
    return next((name for name, ahead, after in _bounds() if ahead.search(before) or after.match(behind)), "")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pack(lang, "question")["figures"]["form"], re.IGNORECASE) for lang in SPOKEN)


@cache
def _pieces() -> re.Pattern[str]:
    names = sorted([*_table("words"), *_table("scales")], key=len, reverse=True)
    return re.compile("|".join([_DIGITS, *map(re.escape, names)]))


@cache
def _table(name: str) -> dict[str, float]:
    tables = (pack(lang, "question")["figures"][name] for lang in SPOKEN)
    return {word: float(value) for table in tables for word, value in table.items()}


@cache
def _bounds() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Of each comparison what stands before a figure, and what behind it; the first that fits counts."""
    return tuple(
        (name, re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE))
        for lang in SPOKEN
        for name, (before, behind) in pack(lang, "question")["figures"]["bounds"].items()
    )
