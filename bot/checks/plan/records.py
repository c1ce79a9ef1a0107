"""What a plan is made of, in one language; the doors and the reports speak these records."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

OVERLAY, AGC = "overlay", "agc"
Goal = Literal["overlay", "agc"]
GOALS: tuple[Goal, ...] = get_args(Goal)


class Need(StrEnum):
    """Whether a step is done, is to be taken, or is to be taken only if something unknown turns out so."""

    DONE = "done"
    TODO = "todo"
    UNCLEAR = "unclear"


class Mark(StrEnum):
    """What to know before a step is taken."""

    IRREVERSIBLE = "irreversible"
    DISRUPTIVE = "disruptive"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of this site, word for word, and where it stands."""

    text: str
    section: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """What another document than the site's source says, with its edition; or how a step is taken, without one."""

    text: str
    title: str = ""
    url: str = ""
    edition: str = ""


def by_source(notes: tuple[Note, ...]) -> list[tuple[Note, list[str]]]:
    """The sentences of each document together; those of this site first."""
    grouped: dict[tuple[str, str], tuple[Note, list[str]]] = {}
    for note in sorted(notes, key=lambda note: bool(note.title)):
        grouped.setdefault((note.title, note.url), (note, []))[1].append(note.text)
    return list(grouped.values())


@dataclass(frozen=True, slots=True)
class Fill:
    """A name that the input does not tell: a placeholder of the commands, and what belongs there."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Check:
    """How to see that a step has worked. Some steps have no command that shows it."""

    command: str | None
    expected: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `first`: commands that only read: to take it or not, whose a gateway is, what a check says."""

    id: str
    need: Need
    title: str
    marks: tuple[Mark, ...]
    rule: str
    reason: Quote
    notes: tuple[Note, ...]
    first: tuple[str, ...]
    commands: tuple[str, ...]
    fill: tuple[Fill, ...]
    check: Check


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why there is no way from here: what was seen, and what to do instead."""

    id: str
    title: str
    rule: str
    observed: str | None
    reason: Quote
    notes: tuple[Note, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of one cluster; with a blocker there are no steps."""

    name: str
    id: str | None
    goal: str
    summary: str
    blockers: tuple[Blocker, ...]
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    confirm: Check | None
