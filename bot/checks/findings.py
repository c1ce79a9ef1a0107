"""The records that the rules, the reports and the doors speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """`unknown` means that the input lacks what is needed; it is never a pass."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


_WORST_FIRST = ("fail", "unknown", "advice", "pass", "not-applicable")


def worst_first(status: Status) -> int:
    """Where a status stands among those of several clusters, gateways or controllers."""
    return _WORST_FIRST.index(status)


class Severity(StrEnum):
    """How bad a failure is; `info` marks advice, which cannot fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a snapshot: the data it saw, and where."""

    status: Status
    observed: str | None
    pointer: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the input that a finding rests on: a JSON pointer into a file, or into what was sent."""

    file: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its rule's texts in one language. `findings.schema.json` documents the fields."""

    id: str
    name: str
    status: Status
    severity: Severity
    observed: str | None
    expected: str
    pointer: str
    why: str
    fix: str
    url: str
    parts: tuple[Part, ...] = ()

    def place(self, several: bool) -> str:
        """The pointer, after its file where there are several."""
        file = self.parts[0].file if several and self.parts else ""
        return f"{file} {self.pointer}".strip()

    @property
    def needs_a_person(self) -> bool:
        """Something to do: mend, supply, or (advice) plan."""
        advice = self.severity is Severity.INFO and self.status is Status.PASS
        return advice or self.status in (Status.FAIL, Status.UNKNOWN)


def files(findings: Iterable[Finding]) -> set[str]:
    """Of all parts that findings rest on."""
    return {part.file for finding in findings for part in finding.parts}


@dataclass(frozen=True, slots=True)
class ClusterFindings:
    """Every rule once, for one cluster."""

    name: str
    id: str | None
    findings: tuple[Finding, ...]
