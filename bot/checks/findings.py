"""The records that the rules, the reports and the doors speak."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """`unknown` means that the input lacks what is needed; it is never a pass."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


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

    @property
    def needs_a_person(self) -> bool:
        """Something to do: mend, supply, or (advice) plan."""
        advice = self.severity is Severity.INFO and self.status is Status.PASS
        return advice or self.status in (Status.FAIL, Status.UNKNOWN)
