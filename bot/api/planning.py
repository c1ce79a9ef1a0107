"""POST /api/plan: the ordered steps of a cluster to where its reader wants it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from bot.api.errors import reader_lang
from bot.api.forms import PLANS
from bot.api.judged import judged, posted_documents, replies
from bot.api.schemas import ReportLang
from bot.api.strict import StrictRoute
from bot.checks import plan as planning
from bot.checks.posted import posted
from bot.checks.posted.examples import PLANNED_FOR
from bot.service.apart import Apart
from bot.settings import Settings


def routes(settings: Settings, apart: Apart) -> APIRouter:
    """The one address; `apart` does what takes long."""
    router = APIRouter(prefix="/api", route_class=StrictRoute)

    @router.post(
        "/plan",
        tags=["clusters"],
        summary="Plan the way of a cluster to where it is to lead; nothing is stored",
        openapi_extra=posted_documents(PLANNED_FOR),
        responses=replies("A plan for each cluster.", planning.MEDIA_TYPES.values(), {"application/json": PLANS}),
    )
    async def plan(
        request: Request,
        to: Annotated[planning.Goal, Query(description="Where the way is to lead.", examples=[planning.GOALS[0]])],
        lang: ReportLang = None,
        form: Annotated[
            Literal["json", "markdown", "text"],
            Query(alias="format", description="Form of the plans.", examples=["markdown"]),
        ] = "json",
    ) -> Response:
        spoken = lang or reader_lang(request)
        return await judged(request, spoken, settings, apart, posted.plan, to, form, spoken, settings.site_url)

    return router
