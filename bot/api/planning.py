"""POST /api/plan: the ordered steps of a cluster to where its reader wants it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from bot import checks
from bot.api.body_limit import MAX_BODY
from bot.api.errors import reader_lang
from bot.api.schemas import Lang
from bot.checks import plan as planning
from bot.settings import Settings

_EXAMPLE = {
    "name": "aks-example",
    "resourceGroup": "rg-example",
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "none"},
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": ["object", "array"]}, "example": _EXAMPLE}},
    }
}
_PLANS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A plan for each cluster.",
        "content": {media: {"schema": {"type": "string"}} for media in planning.MEDIA_TYPES.values()}
        | {"application/json": {"schema": {"type": "object", "required": ["schema", "plans"]}}},
    }
}


def routes(settings: Settings) -> APIRouter:
    """The one address."""
    router = APIRouter(prefix="/api")

    @router.post(
        "/plan",
        summary="Plan the way of a cluster to CNI Overlay or to Application Gateway for Containers; nothing is stored",
        openapi_extra=_BODY,
        responses=_PLANS,
    )
    async def plan(
        request: Request,
        to: Annotated[Literal["overlay", "agc"], Query(description="Where the way is to lead.")],
        lang: Lang | None = None,
        form: Annotated[Literal["json", "markdown", "text"], Query(alias="format")] = "json",
    ) -> Response:
        spoken, document = lang or reader_lang(request), None
        try:
            document = checks.read_documents(await request.body(), MAX_BODY)
            found = planning.plans(checks.compose(document), to, spoken, settings.site_url)
            return Response(planning.render(found, form, spoken), media_type=planning.MEDIA_TYPES[form])
        except checks.InputError as error:
            status = 413 if error.code == "too-large" else 422
            return JSONResponse({"error": checks.problem(error, spoken, document)}, status)

    return router
