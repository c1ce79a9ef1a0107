"""What a door to the network replies: the findings and what was understood of the input, or what is wrong with it."""

import json
from dataclasses import asdict
from typing import Any

from bot.checks.clusters.compose import compose
from bot.checks.errors import InputError
from bot.checks.gather.missing import Missing, ignored, missing, missing_cluster, unread_keys
from bot.checks.inventory.inventory import Inventory
from bot.checks.plan.remedies import remedies
from bot.checks.report import MEDIA_TYPES, render
from bot.checks.report.json import SCHEMA, as_object
from bot.checks.report.look import Look
from bot.checks.report.observed import seen_in
from bot.checks.report.sentence import sentence
from bot.checks.report.text import report
from bot.checks.rules.engine import judge


def reply(
    raw: object, form: str, lang: str, base_url: str = "", planned: str | None = None, schema: int = SCHEMA
) -> tuple[str, str]:
    """The report in a format of FORMATS, and its media type. JSON also says what was given, what is missing,
    and for each finding what people are shown as observed, and the commands that mend it or print what it lacks.
    """
    inventory = compose(raw, planned=planned)
    judged = judge(inventory, lang, base_url)
    clusters = [cluster.findings for cluster in judged]
    if form == "text":
        return report(clusters, lang, Look(whole=True), remedies(inventory, judged)), MEDIA_TYPES[form]
    if form != "json":
        return render(clusters, form, lang), MEDIA_TYPES[form]
    body = as_object(clusters, schema) | {"input": _input(inventory, missing(inventory, judged, lang), lang)}
    if schema > 1:
        body |= {"summary": sentence(clusters, lang)}
        for listed, cluster, commands in zip(body["clusters"], clusters, remedies(inventory, judged), strict=True):
            for fields, finding in zip(listed["findings"], cluster.findings, strict=True):
                fields["shown"] = None if finding.observed is None else seen_in(finding, cluster.name, lang)
                fields["commands"] = commands.get(finding.id, [])
    return json.dumps(body, ensure_ascii=False), MEDIA_TYPES[form]


def problem(error: InputError, lang: str, raw: object = None) -> dict[str, Any]:
    """The error of a reply: code, message and, where known, line, column and pointer.

    Of documents without a cluster it says what they are and how to get the cluster.
    """
    place = {"line": error.line, "column": error.column, "pointer": error.pointer or None}
    body: dict[str, Any] = {"code": error.code, "message": error.message(lang)}
    body |= {name: value for name, value in place.items() if value is not None}
    if error.code != "needs-cluster":
        return body
    inventory = compose(raw)
    return body | {"input": _input(inventory, missing_cluster(inventory, lang), lang)}


def _input(inventory: Inventory, lacking: list[Missing], lang: str) -> dict[str, Any]:
    return {
        "kinds": inventory.kinds,
        "missing": [asdict(part) for part in lacking],
        "ignored": [{"pointer": place.pointer, "name": name} for place, name in ignored(inventory)],
        "unread": [{"pointer": place.pointer, "message": text} for place, text in unread_keys(inventory, lang)],
    }
