"""The forms of reports and plans in the published schema: those that bot/checks has as files, with a real example."""

import json
import re
from pathlib import Path
from typing import Any

from bot import checks
from bot.api.body_limit import MAX_BODY
from bot.checks import Problem, Report
from bot.checks.plan import GOALS
from bot.checks.posted import posted

_FOLDER = Path(checks.__file__).parent
_FILES = {"Findings": "findings.schema.json", "FirstFindings": "findings-1.schema.json", "Plans": "plan.schema.json"}
REPORT: dict[str, Any] = {
    "anyOf": [{"$ref": "#/components/schemas/Findings"}, {"$ref": "#/components/schemas/FirstFindings"}]
}
PLANS: dict[str, Any] = {"$ref": "#/components/schemas/Plans"}


def forms() -> dict[str, Any]:
    """By the name of the component; the parts of a form are components, too, and have its name in front."""
    schemas: dict[str, Any] = {}
    for name, file in _FILES.items():
        text = (_FOLDER / file).read_text("utf-8")
        for part in re.findall(r'"#/\$defs/(\w+)"', text):
            text = text.replace(f'"#/$defs/{part}"', f'"#/components/schemas/{_part(name, part)}"')
        schema = json.loads(text)
        del schema["$schema"]
        schemas |= {_part(name, part): described for part, described in schema.pop("$defs").items()}
        schemas[name] = schema
    return schemas


def _part(form: str, part: str) -> str:
    return f"{form}{part.capitalize()}"


def add_examples(paths: dict[str, Any], site_url: str) -> None:
    """What the service answers to the example of each body."""
    for path in ("/api/check", "/api/plan"):
        operation = paths[path]["post"]
        body = json.dumps(operation["requestBody"]["content"]["application/json"]["example"]).encode()
        answer = (
            posted.report(body, MAX_BODY, "json", "en", site_url)
            if path == "/api/check"
            else posted.plan(body, MAX_BODY, GOALS[0], "json", "en", site_url)
        )
        operation["responses"]["200"]["content"]["application/json"]["example"] = _json(answer)


def _json(answer: Report | Problem) -> Any:
    return json.loads(answer.text)
