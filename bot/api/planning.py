"""POST /api/plan: the ordered steps of a cluster to where its reader wants it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from bot.api.errors import reader_lang
from bot.api.forms import PLANS
from bot.api.judged import REFUSALS, judged
from bot.api.schemas import ReportLang
from bot.api.strict import StrictRoute
from bot.checks import plan as planning
from bot.checks.posted import posted
from bot.checks.posted.examples import PLANNED_FOR
from bot.service.apart import Apart
from bot.settings import Settings

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": ["object", "array"]}, "example": PLANNED_FOR}},
    }
}
_PLANS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A plan for each cluster.",
        "content": {media: {"schema": {"type": "string"}} for media in planning.MEDIA_TYPES.values()}
        | {"application/json": {"schema": PLANS}},
    },
    **REFUSALS,
}


def routes(settings: Settings, apart: Apart) -> APIRouter:
    """The one address; `apart` does what takes long."""
    router = APIRouter(prefix="/api", route_class=StrictRoute)

    @router.post(
        "/plan",
        tags=["clusters"],
        summary="Plan the way of a cluster to where it is to lead; nothing is stored",
        openapi_extra=_BODY,
        responses=_PLANS,
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
        spoken, hops = lang or reader_lang(request), settings.proxy_hops
        return await judged(request, spoken, hops, apart, posted.plan, to, form, spoken, settings.site_url)

    return router
