"""The records that the rules, the reports and the doors speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """In the order of the reports. `unknown` and `advice` are no pass: not decided, and nothing that data decide."""

    FAIL = "fail"
    UNKNOWN = "unknown"
    ADVICE = "advice"
    PASS = "pass"
    NOT_APPLICABLE = "not-applicable"


class Gap(StrEnum):
    """Why a finding is unknown: the input lacks data, or the rule's source does not speak of such a cluster."""

    DATA = "data"
    SOURCE = "source"


def worst_first(status: Status, gap: Gap | None = None) -> tuple[int, bool]:
    """Where a finding stands among those of several clusters, gateways or controllers: what data may change first."""
    return tuple(Status).index(status), status is Status.UNKNOWN and gap is Gap.SOURCE


class Severity(StrEnum):
    """How bad a failure is; `info` marks advice, which cannot fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why data that are there do not decide: the code of a sentence (`doubts` of the words), what it is about, where.

    `pointer` is the part of the snapshot that is in doubt. What it does to a verdict (nothing, where a rule gives it
    with its own): `settled`: what was judged stands; the sentence only says why more is not known. `fails_stand`: what
    is wrong stays wrong, but nothing passes. `passes_stand`: the reverse.
    """

    code: str
    seen: str
    pointer: str
    settled: bool = False
    fails_stand: bool = False
    passes_stand: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a snapshot: the data it saw, and where. `gap` counts where the status is unknown.

    `rests_on`: pointers of further data without which it would not have been said. `earlier`: it is about the cluster
    as it is before the change that the input makes to it.
    """

    status: Status
    observed: str | None
    pointer: str
    gap: Gap = Gap.DATA
    doubt: Doubt | None = None
    rests_on: tuple[str, ...] = ()
    earlier: bool = False


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
    gap: Gap | None
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
        return self.status in (Status.FAIL, Status.UNKNOWN, Status.ADVICE)

    @property
    def remedy(self) -> str:
        """The label of `fix`: what to mend, what to mind, what to supply, or that no data decide."""
        if self.gap is None:
            return "to-do" if self.status is Status.ADVICE else "fix"
        return "to-supply" if self.gap is Gap.DATA else "unsaid"


def together(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that lack the same data together, where the first of them stands; all others alone."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.fix if finding.gap is Gap.DATA else finding.id, []).append(finding)
    return list(groups.values())


def files(findings: Iterable[Finding]) -> set[str]:
    """Of all parts that findings rest on."""
    return {part.file for finding in findings for part in finding.parts}


@dataclass(frozen=True, slots=True)
class ClusterFindings:
    """Every rule once, for one cluster."""

    name: str
    id: str | None
    findings: tuple[Finding, ...]
    fate: str = ""  # `destroyed` or `replaced` by a Terraform plan
