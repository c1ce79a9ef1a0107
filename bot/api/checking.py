"""POST /api/check and GET /api/rules: the rule checks."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from bot import checks
from bot.api.absolute import Urls, whole
from bot.api.errors import reader_lang
from bot.api.forms import REPORT
from bot.api.judged import judged, posted_documents, replies
from bot.api.schemas import URLS, ReportLang, RuleEntry
from bot.api.strict import StrictRoute
from bot.checks.posted import posted
from bot.checks.posted.examples import CHECKED
from bot.language import SPOKEN
from bot.service.apart import Apart
from bot.settings import Settings

_SCHEMAS = {"application/json": REPORT, "application/sarif+json": {"type": "object"}}


def routes(settings: Settings, apart: Apart) -> APIRouter:
    """The two addresses; `apart` does what takes long."""
    router = APIRouter(prefix="/api", route_class=StrictRoute)

    # The raw body: it may hold several documents or YAML, and what a JSON library would let pass (NaN, duplicate keys)
    # is refused.
    @router.post(
        "/check",
        tags=["clusters"],
        summary="Check a cluster snapshot against the rules; nothing is stored",
        openapi_extra=posted_documents(CHECKED),
        responses=replies("The findings.", checks.MEDIA_TYPES.values(), _SCHEMAS),
    )
    async def check(
        request: Request,
        lang: ReportLang = None,
        form: Annotated[
            Literal["json", "sarif", "markdown", "junit", "text"],
            Query(alias="format", description="Form of the report.", examples=["sarif"]),
        ] = "json",
        planned: Annotated[
            checks.Change | None,
            Query(description="What is planned: replaces what the documents say.", examples=[checks.CHANGES[-1]]),
        ] = None,
        schema: Annotated[Literal["1", "2"], Query(description="Version of the JSON form.", examples=["2"])] = "2",
    ) -> Response:
        spoken = lang or reader_lang(request)
        options = form, spoken, settings.site_url, planned, int(schema)
        return await judged(request, spoken, settings, apart, posted.report, *options)

    @router.get("/rules", tags=["rules"], summary="The rules with their titles and pages in both languages")
    def rules(urls: Annotated[Urls, Query(description=URLS, examples=["absolute"])] = "relative") -> list[RuleEntry]:
        base = settings.site_url if urls == "absolute" else None
        return [
            RuleEntry(
                id=rule.id,
                name=rule.name,
                severity=str(rule.severity),
                title={lang: rule.title(lang) for lang in SPOKEN},
                url={lang: whole(rule.url(lang), base) if base else rule.url(lang) for lang in SPOKEN},
            )
            for rule in checks.rules()
        ]

    return router
