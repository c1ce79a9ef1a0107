"""What a door to the network replies: the findings and what was understood of the input, or what is wrong with it."""

import json
from dataclasses import asdict
from typing import Any

from bot.checks.compose import compose
from bot.checks.engine import check
from bot.checks.errors import InputError
from bot.checks.kinds import kinds
from bot.checks.missing import Missing, missing, missing_cluster
from bot.checks.report import MEDIA_TYPES, render
from bot.checks.report.json import as_object


def reply(raw: object, form: str, lang: str, base_url: str = "", planned: str | None = None) -> tuple[str, str]:
    """The report in a format of FORMATS, and its media type. JSON also says what was given and what is missing."""
    snapshot = compose(raw, planned=planned)
    findings = check(snapshot, lang, base_url)
    if form != "json":
        return render(findings, form, lang), MEDIA_TYPES[form]
    found = as_object(findings) | {"input": _input(raw, missing(raw, snapshot, findings, lang))}
    return json.dumps(found, ensure_ascii=False), MEDIA_TYPES[form]


def problem(error: InputError, lang: str, raw: object = None) -> dict[str, Any]:
    """The error of a reply: code, message and, where known, line, column and pointer.

    Of documents without a cluster it says what they are and how to get the cluster.
    """
    place = {"line": error.line, "column": error.column, "pointer": error.pointer}
    found: dict[str, Any] = {"code": error.code, "message": error.message(lang)}
    found |= {name: value for name, value in place.items() if value is not None}
    return found | {"input": _input(raw, missing_cluster(raw, lang))} if error.code == "needs-cluster" else found


def _input(raw: object, lacking: list[Missing]) -> dict[str, Any]:
    return {"kinds": kinds(raw), "missing": [asdict(one) for one in lacking]}
