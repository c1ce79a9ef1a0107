"""A sentence as it is compared: its words in clauses, and what turns them."""

from collections import Counter
from dataclasses import dataclass

BOUNDS = ("condition", "exception", "until", "time")  # turns that belong to the whole sentence, wherever they stand
# Turns with which a clause begins, in languages where it begins with its word.
LEADING = {*BOUNDS, "reason", "although"}
LEAST = 2  # words; less says nothing
DENYING = {"discouragement", "inability", "needless", "negation", "prohibition"}


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
    """A sentence. `turns`: how often it denies, requires, limits; `strange`: words that may not be added.

    `bounds`: clauses that say of what the others speak ("…, on Windows"), and that belong to each of them.
    `apart`: clauses that begin another statement, which may be left out with all that follows; others go on a list.
    `follows`: of these, what only follows from the statement before ("so …"). `joined`: what an "and" stands between.
    `ongoing`: verbs of what goes on now.
    """

    text: str
    words: tuple[Word, ...]
    bounds: frozenset[int]
    apart: frozenset[int]
    follows: frozenset[int]
    turns: Counter[str]
    strange: frozenset[str]
    ongoing: frozenset[str]
    joined: frozenset[tuple[str, str]]

    @property
    def seams(self) -> frozenset[tuple[str, str]]:
        """The words on both sides of what parts two clauses, none of which is a condition, a time or a reason."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return frozenset(
            (left.text, right.text) for left, right in pairs if left.clause != right.clause and not right.leads
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a quote; `first`, `last`: its place there, in sentences. `since`: the sentence from which on all
    that is before it must be said, too, as it points back to more than one; its own place if it does not.

    `follows`: it is said only where it directly follows, in the text too, what it follows in its quote.
    `held`: it is said only with the sentence behind it, which takes a part of it back ("However, …").
    """

    text: str
    said: Said
    first: int
    last: int
    since: int
    follows: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of a text and what says it: the number of the quote, and the place there."""

    quote: int
    first: int
    last: int
    since: int
    whole: bool  # with all that the quote's sentence says, and in its order
    follows: bool
    held: bool
