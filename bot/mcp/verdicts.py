"""What the tools about a cluster give as data."""

from typing import NotRequired

from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12


class Finding(TypedDict):
    """What a rule says of a cluster; the texts only where there is something to do."""

    id: str
    status: str
    observed: NotRequired[str]
    expected: NotRequired[str]
    why: NotRequired[str]
    fix: NotRequired[str]
    pointer: NotRequired[str]
    url: NotRequired[str]
    commands: NotRequired[str]


class Judged(TypedDict):
    """A cluster, and what every rule says of it."""

    name: str
    findings: list[Finding]


class Checked(TypedDict):
    """Of `check_cluster`."""

    summary: str
    clusters: list[Judged]
    truncated: NotRequired[bool]


class Step(TypedDict):
    """A step of a plan; `quote` is the documentation's sentence for it."""

    title: str
    need: str
    marks: NotRequired[str]
    rule: NotRequired[str]
    quote: NotRequired[str]
    url: NotRequired[str]
    notes: NotRequired[str]
    commands: NotRequired[str]
    check: NotRequired[str]
    expected: NotRequired[str]


class Blocker(TypedDict):
    """Why there is no way from here, and what to do instead."""

    title: str
    instead: str
    url: str


class Plan(TypedDict):
    """The way of one cluster; with a blocker there is none."""

    name: str
    summary: str
    blockers: list[Blocker]
    steps: list[Step]


class Plans(TypedDict):
    """Of `plan_upgrade`."""

    plans: list[Plan]
    truncated: NotRequired[bool]
