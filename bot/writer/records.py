"""A sentence as it is compared: its words in clauses, and what turns them."""

from collections import Counter
from dataclasses import dataclass

BOUNDS = ("condition", "exception", "until", "time")  # turns that belong to the whole sentence, wherever they stand
LEADING = {*BOUNDS, "reason"}  # turns with which a clause begins, in languages where it begins with its word


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something, or a turn."""

    text: str
    clause: int

    @property
    def turns(self) -> bool:
        return self.text.startswith("\x02")

    @property
    def name(self) -> str:
        """Of the turn; "" of a word that says something."""
        return self.text[1:].partition(":")[0] if self.turns else ""

    @property
    def leads(self) -> bool:
        """Whether it is a condition, a time or a reason."""
        return self.name in LEADING


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence. `turns`: how often it denies, requires, limits; `strange`: signs.

    `bounds`: clauses that say of what the others speak ("…, on Windows"), and that belong to each of them.
    `apart`: clauses that begin another statement, which may be left out with all that follows; others go on a list.
    `joined`: the words on both sides of an "and".
    """

    words: tuple[Word, ...]
    bounds: frozenset[int]
    apart: frozenset[int]
    turns: Counter[str]
    strange: frozenset[str]
    joined: frozenset[tuple[str, str]]

    @property
    def seams(self) -> frozenset[tuple[str, str]]:
        """The words on both sides of what parts two clauses, none of which is a condition, a time or a reason."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return frozenset(
            (left.text, right.text) for left, right in pairs if left.clause != right.clause and not right.leads
        )
