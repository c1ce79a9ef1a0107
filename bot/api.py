"""The HTTP door: /api/ask, the built site at /, probes. Decodes, asks, encodes; holds no logic."""

import logging
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import checks
from bot.ask import Bot
from bot.language import SPOKEN, detect, say
from bot.records import Answer
from bot.settings import Settings

MAX_BODY = 2 * 1024 * 1024
_SNAPSHOT = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}}
_log = logging.getLogger("kb")


class Asked(BaseModel):
    """An earlier question of the same conversation."""

    question: Annotated[str, Field(max_length=10_000)]


class Question(BaseModel):
    """One question; `lang` null = the language it is written in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "Can I upgrade from kubenet?"}]})

    question: Annotated[str, Field(max_length=10_000)]
    lang: Literal["ja", "en"] | None = None
    history: Annotated[list[Asked], Field(max_length=20)] = []


class RuleEntry(BaseModel):
    """One rule check; titles and links by language."""

    id: str
    name: str
    severity: str
    title: dict[str, str]
    url: dict[str, str]


class Problem(BaseModel):
    """What went wrong, in the asker's language where it is known."""

    code: str
    message: str


class Failure(BaseModel):
    """The body of every error."""

    error: Problem


def create_app(settings: Settings, bot: Bot) -> FastAPI:
    """The service over a loaded bot; the site's folder is served at / if it is there."""
    app = FastAPIOffline(
        title="AKS CNI knowledge base",
        version="1",
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses={400: {"model": Failure}, 413: {"model": Failure}, 422: {"model": Failure}},
    )

    # A thread per request: the encoder is C code that lets other threads run, and a coroutine would block the loop.
    @app.post("/api/ask", summary="Answer a question with quotes from the documentation")
    def ask(asked: Question) -> Answer:
        if len(asked.question) > settings.max_question:
            lang = asked.lang or detect(asked.question, bot.langs)
            raise RefusedError(413, "question_too_long", say(lang, "errors", "too_long", limit=settings.max_question))
        return bot.ask(asked.question, asked.lang, [earlier.question for earlier in asked.history])

    # The raw body: the strict reader refuses what a JSON library would let pass (NaN, duplicate keys).
    @app.post(
        "/api/check", summary="Check a cluster snapshot against the rules; nothing is stored", openapi_extra=_SNAPSHOT
    )
    async def check(request: Request, lang: Literal["ja", "en"] | None = None) -> JSONResponse:
        spoken = lang or _lang(request)
        try:
            document = checks.read_json(await request.body(), MAX_BODY)
            return JSONResponse(checks.as_object(checks.check(document, spoken, settings.site_url)))
        except checks.InputError as error:
            status = 413 if error.code == "too-large" else 422
            raise RefusedError(status, error.code, error.message(spoken)) from None

    @app.get("/api/rules", summary="The rules with their titles and pages in both languages")
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

    @app.get("/livez", include_in_schema=False)
    def livez() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> dict[str, object]:
        manifest = bot.topics.index.manifest
        return {"status": "ok", "generation": manifest.generation, "sections": manifest.sections}

    app.add_middleware(BodyLimit)
    _answer_errors(app)

    @app.api_route("/api/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    @app.get("/api", include_in_schema=False)
    def no_such_address(request: Request) -> None:
        """The site below takes every other GET; an address of the API is answered in the API's form."""
        raise HTTPException(405 if request.url.path in app.openapi()["paths"] else 404)

    if settings.site.is_dir():
        app.mount("/", Site(directory=settings.site, html=True), name="site")
    return app


class BodyLimit:
    """Refuses bodies above MAX_BODY, declared or not. (FastAPI's own limit answers in plain text, not in our form.)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        size = 0

        async def limited() -> Message:
            nonlocal size
            declared = Headers(scope=scope).get("content-length", "")
            message = await receive()
            size += len(message.get("body", b""))
            if size > MAX_BODY or (declared.isdigit() and int(declared) > MAX_BODY):
                raise HTTPException(413)
            return message

        return await self.app(scope, limited, send)


class Site(StaticFiles):
    """The built site; below /en/ a missing page is answered with the English 404 page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 404:
            page, stat = self.lookup_path(str(Path(path.partition("/")[0]) / "404.html"))
            if stat is not None:
                return FileResponse(page, status_code=404, stat_result=stat)
        return response


class RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message


def _failure(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def _answer_errors(app: FastAPI) -> None:
    """Every error has the one shape, in the reader's language, and never repeats what was sent."""

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        return _failure(error.status, error.code, error.message)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"][1:]) or "body"
        message = say(_lang(request), "errors", "invalid", place=place, why=problem["msg"])
        return _failure(422, "invalid_request", message)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        codes = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
        code = codes.get(error.status_code, "bad_request")
        return _failure(error.status_code, code, say(_lang(request), "errors", code))

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        _log.exception("request failed: %s %s", request.method, request.url.path)
        return _failure(500, "internal", say(_lang(request), "errors", "internal"))


def _lang(request: Request) -> str:
    """The reader's language from Accept-Language: Japanese if it is named, else English."""
    return "ja" if "ja" in request.headers.get("accept-language", "").lower() else "en"
