"""The published schema (/api/openapi.json): each field and parameter with a meaning and an example, and real limits."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI

from bot.api.fields import MEANINGS, WHOLE, examples
from bot.api.forms import add_examples, forms
from bot.service.desk import Desk
from bot.settings import Settings
from index.records import Version

TAGS = [
    {
        "name": "questions",
        "description": "Ask the documentation, say whether an answer helped, and what a search did not find.",
    },
    {"name": "clusters", "description": "Check clusters, and plan their way. Nothing that is sent is stored."},
    {"name": "rules", "description": "The rule checks and their pages."},
]
DESCRIPTION = (
    "Answers are made of sentences that stand on the published page; a cluster's own JSON is checked against the "
    "documented rules. Addresses of pages (`url`) are paths of the site, unless `urls=absolute` asks for whole ones. "
    "Errors have the one form `Failure`, in the language of the question or of `Accept-Language`."
)


def describe(app: FastAPI, desk: Desk) -> None:
    """Have the application publish its schema described; pydantic writes what the types say."""
    written, settings = app.openapi, desk.settings
    described: tuple[Version, ...] = ()  # the versions that the schema names

    def openapi() -> dict[str, Any]:
        nonlocal described
        if app.openapi_schema is None or described != desk.bot.versions:
            app.openapi_schema, described = None, desk.bot.versions
            schema = written()
            schema["servers"] = [
                {"url": "/", "description": "Where this description comes from."},
                {"url": settings.site_url.rstrip("/"), "description": "The public address (KB_SITE_URL)."},
            ]
            schema["components"]["schemas"] |= forms()
            add_examples(schema["paths"], settings.site_url)
            _fields(schema["components"]["schemas"])
            _limits(schema["components"]["schemas"], settings)
            _versions(schema["components"]["schemas"]["Question"]["properties"]["version"], described)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's documentation has it


def _fields(schemas: Mapping[str, Any]) -> None:
    known = examples()
    for name, schema in schemas.items():
        for field, described in schema.get("properties", {}).items():
            if (name, field) in MEANINGS:
                described |= {"description": MEANINGS[name, field], "examples": [known[name][field]]}
        if name in WHOLE:
            schema["examples"] = [{field: each for field, each in known[name].items() if field not in WHOLE[name]}]


def _versions(field: dict[str, Any], versions: Sequence[Version]) -> None:
    """Those that the site has; where it has none, none can be asked for."""
    names: list[str | None] = [name for version in versions for name in version.names]
    field.pop("anyOf")
    field |= {"enum": [*names, None], "examples": names[:1] or [None]}


def _limits(schemas: Mapping[str, Any], settings: Settings) -> None:
    """Those of the settings; what is readable at all is longer, and is refused with an error of its own."""
    schemas["Question"]["properties"]["question"]["maxLength"] = settings.max_question
    schemas["Vote"]["properties"]["question"]["maxLength"] = settings.max_question
    schemas["Asked"]["properties"]["question"]["maxLength"] = settings.max_history
