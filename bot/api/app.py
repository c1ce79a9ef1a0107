"""The service as one application: what is asked where, and what surrounds every request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from bot.api import answers, chat, checking, docs_page, health, planning
from bot.api.body_limit import MAX_AGENT_BODY, BodyLimit
from bot.api.crowd import Crowd
from bot.api.described import DESCRIPTION, TAGS, describe
from bot.api.errors import answer_errors
from bot.api.headers import SecurityHeaders
from bot.api.hosts import Hosts
from bot.api.metrics import Metrics, serve
from bot.api.observe import Observe
from bot.api.rate_limit import RateLimit
from bot.api.schemas import FAILURES
from bot.api.site import Site
from bot.language import ELSE, say
from bot.service.desk import Desk
from bot.settings import Settings

HEADERS = ["content-type", "mcp-protocol-version", "mcp-method", "mcp-name"]  # that pages of other sites may send
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def create_app(desk: Desk, look: float = health.LOOK, patience: float = health.PATIENCE) -> FastAPI:
    """The service over a desk; the site's folder is served at / if it is there.

    `look`: seconds for which /readyz repeats what it found, `patience`: for which it waits for what it looks at.
    """
    settings = desk.settings

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await desk.close()

    app = FastAPIOffline(
        lifespan=lifespan,
        title=say(ELSE, "answers", "service"),
        version="1",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=FAILURES,
    )
    outcomes = desk.writer.outcomes if desk.writer else None
    metrics = Metrics(lambda: desk.bot.topics.index.manifest, desk.answered, desk.mirror, outcomes)
    serve(app, metrics)
    app.include_router(answers.routes(desk))
    app.include_router(checking.routes(settings, desk.apart))
    app.include_router(planning.routes(settings, desk.apart))
    chat.attach(app, desk)
    describe(app, desk)
    docs_page.attach(app)
    health.attach(app, desk, health.Parts(desk.store, desk.rate.check if desk.rate else None, look, patience))
    _surround(app, desk, metrics)
    answer_errors(app)
    _answer_for_no_address(app)
    if settings.site.is_dir():
        app.mount("/", Site(settings.site, settings.csp_sources), name="site")
    return app


def _surround(app: FastAPI, desk: Desk, metrics: Metrics) -> None:
    """Put what all requests pass around the service; what is added last is outermost."""
    settings = desk.settings
    short = dict.fromkeys(("/api/ask", "/api/feedback", "/api/searches"), _longest(settings))
    app.add_middleware(BodyLimit, limits=short | dict.fromkeys(("/mcp", "/mcp/"), MAX_AGENT_BODY))
    if desk.rate:
        app.add_middleware(RateLimit, desk=desk)
    app.add_middleware(Hosts, allowed=settings.hosts)
    app.add_middleware(Crowd, hops=settings.proxy_hops, per_client=settings.client_connections)
    app.add_middleware(Observe, metrics=metrics)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors,
            allow_methods=["GET", "POST"],
            allow_headers=HEADERS,
            expose_headers=["retry-after"],
        )
    app.add_middleware(SecurityHeaders)


def _answer_for_no_address(app: FastAPI) -> None:
    """The site takes every other GET; an address of the API that there is not is answered in the API's form."""

    @app.api_route("/api/{path:path}", methods=METHODS, include_in_schema=False)
    @app.api_route("/api", methods=METHODS, include_in_schema=False)
    def no_such_address(request: Request) -> None:
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        pages = dict.fromkeys(("/api/docs", app.openapi_url), ("get", "head"))
        if taken := (pages | app.openapi()["paths"]).get(path):
            raise HTTPException(405, headers={"allow": ", ".join(method.upper() for method in taken)})
        raise HTTPException(404)


def _longest(settings: Settings) -> int:
    """Bytes of a question with its history, each character in the longest way JSON has for it, and the rest."""
    return 12 * (settings.max_question + settings.max_history) + 8192
