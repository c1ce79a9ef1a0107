"""Cases are data: a base snapshot, what is set or dropped in it, and the status that the rule must give."""

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    rule: str
    title: str
    snapshot: dict[str, Any]
    status: str
    observed: str | None


def cases() -> list[Case]:
    """All lines of cases/agcNNN.jsonl."""
    return [
        Case(
            path.stem.upper(),
            line["case"],
            edited(base(line["base"]), line.get("set", {}), line.get("drop", [])),
            line["status"],
            line.get("observed"),
        )
        for path in sorted(CASES.glob("agc*.jsonl"))
        for line in map(json.loads, path.read_text("utf-8").splitlines())
    ]


def base(name: str) -> dict[str, Any]:
    """A fresh copy of a base of cases/bases.json."""
    described = _bases()[name]
    return edited(base(described["like"]), described["set"]) if "like" in described else deepcopy(described)


def edited(snapshot: dict[str, Any], changes: dict[str, Any], dropped: list[str] | None = None) -> dict[str, Any]:
    """The snapshot with the values of JSON pointers set, or keys dropped."""
    for pointer, value in changes.items():
        parent, last = _parent(snapshot, pointer)
        if isinstance(parent, list) and last == "-":
            parent.append(value)
        else:
            parent[int(last) if isinstance(parent, list) else last] = value
    for pointer in dropped or []:
        parent, last = _parent(snapshot, pointer)
        del parent[int(last) if isinstance(parent, list) else last]
    return snapshot


def _parent(document: Any, pointer: str) -> tuple[Any, str]:
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        document = document[int(step) if isinstance(document, list) else step]
    return document, last


@cache
def _bases() -> dict[str, Any]:
    return json.loads((CASES / "bases.json").read_text("utf-8"))
