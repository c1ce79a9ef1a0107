"""POST /api/check and GET /api/rules: the rule checks."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from bot import checks
from bot.apart import SECONDS, Apart, TooSlowError
from bot.api.body_limit import MAX_BODY
from bot.api.errors import RefusedError, reader_lang
from bot.api.rate_limit import client
from bot.api.schemas import BUSY, Failure, Lang, RuleEntry
from bot.capacity import FullError
from bot.checks import posted
from bot.language import SPOKEN, say
from bot.settings import Settings

_EXAMPLE = {
    "aks": {"name": "aks-example", "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}},
    "subnet": {"addressPrefix": "10.60.4.0/24"},
    "albController": {"version": "1.6.7"},
}
_SNAPSHOT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": ["object", "array"]}, "example": _EXAMPLE}},
    }
}
_REPORTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The findings.",
        "content": {media: {"schema": {"type": "string"}} for media in checks.MEDIA_TYPES.values()}
        | {"application/json": {"schema": {"type": "object", "required": ["schema", "input"]}}}
        | {"application/sarif+json": {"schema": {"type": "object"}}},
    },
    415: {"model": Failure, "description": "The body is not sent as application/json."},
    **BUSY,
}
# What a page of any other site may send without asking first (the Fetch standard's simple requests).
_SIMPLE = ("", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded")


def routes(settings: Settings, apart: Apart) -> APIRouter:
    """The two addresses; `apart` does what takes long."""
    router = APIRouter(prefix="/api")

    # The raw body: it may hold several documents or YAML, and what a JSON library would let pass (NaN, duplicate keys)
    # is refused.
    @router.post(
        "/check",
        summary="Check a cluster snapshot against the rules; nothing is stored",
        openapi_extra=_SNAPSHOT,
        responses=_REPORTS,
    )
    async def check(
        request: Request,
        lang: Lang | None = None,
        form: Annotated[Literal["json", "sarif", "markdown", "junit", "text"], Query(alias="format")] = "json",
        planned: Literal["upgrade-to-overlay", "install-agc"] | None = None,
        schema: Annotated[Literal["1", "2"], Query(description="Version of the JSON form.")] = "2",
    ) -> Response:
        spoken = lang or reader_lang(request)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() in _SIMPLE:
            raise RefusedError(415, "not_json", say(spoken, "errors", "not_json"))
        asker, data, address = client(request.scope, settings.proxy_hops), await request.body(), settings.site_url
        try:
            found = await apart.run(asker, posted.report, data, MAX_BODY, form, spoken, address, planned, int(schema))
        except FullError:
            words = say(spoken, "errors", "over_capacity")
            raise RefusedError(503, "over_capacity", words, {"retry-after": "2"}) from None
        except TooSlowError:
            words = say(spoken, "errors", "check_stopped", seconds=round(SECONDS))
            raise RefusedError(503, "check_stopped", words, {"retry-after": "60"}) from None
        if isinstance(found, checks.Problem):
            return Response(found.text, 413 if found.code == "too-large" else 422, media_type="application/json")
        return Response(found.text, media_type=found.media_type)

    @router.get("/rules", summary="The rules with their titles and pages in both languages")
    def rules() -> list[RuleEntry]:
        return [
            RuleEntry(
                id=rule.id,
                name=rule.name,
                severity=str(rule.severity),
                title={lang: rule.title(lang) for lang in SPOKEN},
                url={lang: rule.url(lang) for lang in SPOKEN},
            )
            for rule in checks.rules()
        ]

    return router
