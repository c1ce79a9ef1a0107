"""A plan for people (text, Markdown) and for programs (JSON)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from bot.checks.plan import markdown, text
from bot.checks.plan.records import Plan
from bot.checks.report.look import Look

SCHEMA = 1
MEDIA_TYPES = {"text": "text/plain", "json": "application/json", "markdown": "text/markdown"}


def as_object(plans: Sequence[Plan]) -> dict[str, Any]:
    """The documented form (plan.schema.json), ready for any JSON encoder."""
    return {"schema": SCHEMA, "plans": [asdict(plan) for plan in plans]}


def _json(plans: Sequence[Plan], lang: str, look: Look) -> str:
    return json.dumps(as_object(plans), ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Sequence[Plan], str, Look], str]] = {
    "text": text.render,
    "json": _json,
    "markdown": markdown.render,
}


def render(plans: Sequence[Plan], form: str, lang: str, look: Look | None = None) -> str:
    """The plans in a format of FORMATS, without a newline at the end."""
    return FORMATS[form](plans, lang, look or Look())
