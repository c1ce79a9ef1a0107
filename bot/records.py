"""What an answer is. These records are the HTTP contract; every door speaks them."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Never a guess dressed as an answer."""

    ANSWERED = "answered"
    CLARIFY = "clarify"  # close candidates: suggestions holds the choices
    NOT_COVERED = "not_covered"  # nothing is cited


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
    not_stated: tuple[
        str, ...
    ] = ()  # parts of the question, as it writes them, of which the cited sections say nothing
    checks: tuple[CheckedValue, ...] = ()  # of values in the question
