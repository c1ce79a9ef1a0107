"""The documented form: findings.schema.json. The doors to the network send the same object."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.checks.findings import Finding

SCHEMA = 2


def as_object(findings: Sequence[Finding]) -> dict[str, Any]:
    """Ready for any JSON encoder."""
    return {"schema": SCHEMA, "findings": [asdict(finding) for finding in findings]}


def render(findings: Sequence[Finding], lang: str, source: str) -> str:
    return json.dumps(as_object(findings), ensure_ascii=False, indent=2)
