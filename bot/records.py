"""What an answer is. These records are the HTTP contract; every door speaks them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    """Never a guess dressed as an answer."""

    ANSWERED = "answered"
    CLARIFY = "clarify"  # close candidates: suggestions holds the choices
    NOT_COVERED = "not_covered"  # nothing is cited


Verdict = Literal["yes", "no", "conditional"]
Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the sentences of it that are quoted."""

    kind: Literal["paragraph"] = field(default="paragraph", kw_only=True)
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code as it stands on the page."""

    kind: Literal["code"] = field(default="code", kw_only=True)
    text: str
    language: str = ""  # as the page names it
    more: int = 0  # lines that are left out


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    kind: Literal["table"] = field(default="table", kw_only=True)
    header: tuple[str, ...]  # empty if no row names the columns
    rows: tuple[tuple[str, ...], ...]
    more: int = 0  # rows that are left out


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its first paragraph, and what else it holds."""

    text: str
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; steps have numbers."""

    kind: Literal["list"] = field(default="list", kw_only=True)
    items: tuple[Item, ...]
    start: int | None = None  # number of the first item here; None: bullets
    more: int = 0  # items that are left out


@dataclass(frozen=True, slots=True)
class Note:
    """What the page sets apart: a warning, a tip, a part that folds."""

    kind: Literal["note"] = field(default="note", kw_only=True)
    note: str  # its kind, as the page names it
    title: str
    blocks: "tuple[Block, ...]" = ()


Block = Paragraph | Listing | Table | Code | Note


@dataclass(frozen=True, slots=True)
class Place:
    """A section that states the same as a cited one."""

    section: str
    lang: str
    title: str
    path: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A section may be out of date. `since`: when its source was seen changed, or, if that is old, last compared."""

    since: str
    source: str  # its title, or its address
    url: str
    why: Literal["changed", "old"]


@dataclass(frozen=True, slots=True)
class QuotedLink:
    """A link of a quote: words that stand in its blocks, and where they lead."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A section that supports the answer; `quote` is an exact substring of the published section."""

    n: int
    section: str
    lang: str
    title: str
    url: str
    quote: str
    translation_url: str | None
    path: tuple[str, ...] = ()  # headings above it, the page's first
    blocks: tuple[Block, ...] = ()  # the quote in the forms of its page, without a verdict that `Answer` has
    also: tuple[Place, ...] = ()
    stale: Stale | None = None
    links: tuple[QuotedLink, ...] = ()  # of the blocks, in their order


@dataclass(frozen=True, slots=True)
class RuleLink:
    """A rule check that a cited section links to."""

    id: str
    name: str
    title: str
    severity: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckedValue:
    """What a rule says of a value that the question gives; `status` is pass, fail or unknown."""

    id: str
    name: str
    status: str
    observed: str
    expected: str
    fix: str
    url: str


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A covered section that came next and is not cited."""

    section: str
    lang: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A document of another site that covers what this one does not."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a model phrased, and the numbers of the citations whose quotes say it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The answer as a model phrased it from the quotes; each sentence was checked against them."""

    text: str
    sentences: tuple[WrittenSentence, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, ready to be shown by any door."""

    question: str
    lang: str
    status: Status
    answer: str
    confidence: float  # calibrated probability that the site covers the question
    citations: tuple[Citation, ...]
    rules: tuple[RuleLink, ...]
    suggestions: tuple[str, ...]
    took_ms: float
    runners_up: tuple[RunnerUp, ...] = ()  # best first; empty for not_covered
    # Parts of the question, as it writes them, of which the cited sections say nothing.
    not_stated: tuple[str, ...] = ()
    checks: tuple[CheckedValue, ...] = ()  # of values in the question
    verdict: Verdict | None = None  # with which the first citation begins, if it answers the question
    certainty: Certainty | None = None  # of an answer, in a word
    written: Written | None = None
    outside: tuple[Outside, ...] = ()  # where what is not covered is covered
    version: str | None = None  # of the documentation, where there are several

    @property
    def unspoken(self) -> set[str]:
        """The fields that no door writes: a site without versions does not speak of them."""
        return set() if self.version else {"version"}
