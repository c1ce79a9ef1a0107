"""Several sites as one application: each below /sites/<name>/ as if it were alone, and what is asked of all."""

from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import TypeAdapter
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.absolute import absolute
from bot.api.answers import refusal
from bot.api.body_limit import BodyLimit
from bot.api.crowd import Crowd
from bot.api.errors import RefusedError, answer_errors, failure, reader_lang
from bot.api.headers import SecurityHeaders
from bot.api.hosts import Hosts
from bot.api.joining import Open, joining
from bot.api.metrics import Requests, serve_all
from bot.api.observe import Observe
from bot.api.rate_limit import RateLimit
from bot.api.schemas import Question
from bot.api.strict import StrictRoute
from bot.language import say
from bot.question.versions import NoVersionError, of_address
from bot.records import Answer
from bot.service.answer_log import log_answer
from bot.service.capacity import FullError
from bot.service.client import client
from bot.service.live import RETRY
from bot.service.refused import LongError, OftenError
from bot.service.sites import Held, NoSiteError, Sites, UnusableError
from bot.service.sites_file import ALL

PREFIX = "/sites/"
_LATER = {"retry-after": "60"}
_JSON = TypeAdapter(Answer)
_REFUSED = (NoSiteError, UnusableError, OftenError, LongError, NoVersionError, FullError, TimeoutError, MemoryError)


class QuestionToAll(Question):
    """A question, and the site that is asked; `all`: the one that answers best."""

    site: str = ALL


def create_sites_app(
    sites: Sites, apps: MutableMapping[str, FastAPI], opened: Open = lambda _: None, every: float = RETRY
) -> FastAPI:
    """The service over several sites; `apps` are the applications of those whose index can be used, by name.

    `opened` opens another one once its index can be used, and is asked `every` so many seconds.
    """
    settings = sites.settings

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for app in tuple(apps.values()):
                await stack.enter_async_context(app.router.lifespan_context(app))
            await stack.enter_async_context(joining(sites, apps, opened, every))
            yield

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    figures = Requests()
    serve_all(app, figures, apps)
    app.include_router(_routes(sites))
    # The last one added is the outermost.
    app.add_middleware(BodyLimit)
    if sites.rate:
        app.add_middleware(RateLimit, desk=sites)
    app.add_middleware(Hosts, allowed=settings.hosts)
    app.add_middleware(Crowd, hops=settings.proxy_hops, per_client=settings.client_connections)
    app.add_middleware(Observe, metrics=figures)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(_Below, sites=sites, apps=apps, metrics=figures)  # each of them has all of the above for itself
    answer_errors(app)
    return app


def _routes(sites: Sites) -> APIRouter:
    router = APIRouter(route_class=StrictRoute)

    @router.get("/api/sites")
    async def listed() -> dict[str, Any]:
        return {"sites": [_about(held) for held in sites.held]}

    @router.post("/api/ask")
    async def ask(asked: QuestionToAll, request: Request) -> Response:
        lang = asked.lang or reader_lang(request)
        if not asked.question.strip():
            raise RefusedError(422, "question_empty", say(lang, "errors", "question_empty"))
        earlier = [before.question for before in asked.history]
        try:
            asker = client(request.scope, sites.settings.proxy_hops)
            own = asked.version or _of_page(asked, sites)
            named, answer = await sites.ask(asker, asked.question, asked.lang, earlier, asked.site, own)
        except _REFUSED as error:
            raise _refusal(error, lang) from None
        log_answer(answer, whole=named.settings.log_questions)
        shown = absolute(answer, named.settings.site_url)
        fields = _JSON.dump_python(shown, mode="json", exclude=shown.unspoken)
        return JSONResponse({**fields, "site": named.name, "site_title": named.title})

    @router.api_route("/livez", methods=["GET", "HEAD"], include_in_schema=False)
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    @router.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    async def readyz() -> JSONResponse:
        """Which sites answer; the log says why another does not."""
        states = {held.named.name: "ok" if held.desk else "unavailable" for held in sites.held}
        status = "draining" if sites.draining else "ok" if sites.answering else "not_answering"
        return JSONResponse({"status": status, "sites": states}, 200 if status == "ok" else 503)

    return router


def _refusal(error: Exception, lang: str) -> RefusedError:
    """Why no site answers."""
    if isinstance(error, NoSiteError):
        words = say(lang, "errors", "no_site_named", names=", ".join((*error.names, ALL)))
        return RefusedError(422, "no_such_site", words)
    if isinstance(error, UnusableError):
        return RefusedError(503, "site_unavailable", say(lang, "errors", "site_unavailable"), _LATER)
    if isinstance(error, OftenError):
        words = say(lang, "errors", "rate_limited", seconds=error.seconds)
        return RefusedError(429, "rate_limited", words, {"retry-after": str(error.seconds)})
    return refusal(error, lang)


def _of_page(asked: QuestionToAll, sites: Sites) -> str | None:
    """The version of the reader's page, where one site is asked."""
    desk = sites.answering.get(asked.site)
    return of_address(asked.page, desk.bot.versions) if desk else None


def _about(held: Held) -> dict[str, Any]:
    name, title = held.named.name, held.named.title
    fields = {"name": name, "title": title, "url": held.named.settings.site_url, "api": f"{PREFIX}{name}/api/"}
    if held.desk is None:
        return {**fields, "status": "unavailable"}
    versions = [version.name for version in held.desk.bot.versions]
    return {**fields, "status": "ok", "langs": list(held.desk.langs), **({"versions": versions} if versions else {})}


class _Below:
    """Gives what is below /sites/<name>/ to the application of that site."""

    def __init__(self, app: ASGIApp, sites: Sites, apps: Mapping[str, FastAPI], metrics: Requests) -> None:
        self.app, self._apps, self._names = app, apps, {held.named.name for held in sites.held}
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        path = scope.get("path", "").removeprefix(root)
        name, slash, rest = path.removeprefix(PREFIX).partition("/")
        if scope["type"] != "http" or not path.startswith(PREFIX) or name not in self._names or rest == "metrics":
            return await self.app(scope, receive, send)
        own = f"{root}{PREFIX}{name}"
        reply: Response | None = None
        if not slash:
            query = scope["query_string"].decode("latin-1")
            reply = RedirectResponse(f"{own}/{'?' if query else ''}{query}")
        elif name not in self._apps:
            words = say(reader_lang(Request(scope)), "errors", "site_unavailable")
            reply = failure(503, "site_unavailable", words, _LATER)
        if reply:
            return await SecurityHeaders(Observe(reply, self._metrics))(scope, receive, send)
        await self._apps[name]({**scope, "root_path": own}, receive, send)
