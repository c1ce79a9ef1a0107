"""The service as one application: what is asked where, and what surrounds every request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException

from bot.answering.ask import Bot
from bot.api import answers, checking, docs_page, health, planning
from bot.api.body_limit import BodyLimit
from bot.api.crowd import Crowd
from bot.api.described import DESCRIPTION, TAGS, describe
from bot.api.errors import answer_errors
from bot.api.headers import SecurityHeaders
from bot.api.hosts import Hosts
from bot.api.metrics import Metrics
from bot.api.observe import Observe
from bot.api.rate_limit import RateLimit
from bot.api.schemas import FAILURES
from bot.api.site import Site
from bot.service.apart import Apart
from bot.service.capacity import Turns
from bot.service.keeping import Keeping
from bot.service.live import Live
from bot.service.rate import Rate
from bot.service.store import Store
from bot.settings import OFF, Settings

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def create_app(
    settings: Settings,
    bot: Bot | Live,
    store: Store | None = None,
    look: float = health.LOOK,
    patience: float = health.PATIENCE,
    apart: Apart | None = None,
) -> FastAPI:
    """The service over a loaded bot; the site's folder is served at / if it is there.

    Without a `store` nothing that readers say is kept: POST /api/feedback is 404. `look`: seconds for which /readyz
    repeats what it found, `patience`: for which it waits for what it looks at. `apart`: the process of its own in which
    posted clusters are checked and their ways planned.
    """
    apart = apart or Apart()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await apart.close()

    app = FastAPIOffline(
        lifespan=lifespan,
        title="AKS CNI knowledge base",
        version="1",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=FAILURES,
    )
    metrics = Metrics(lambda: bot.topics.index.manifest)
    metrics.attach(app)
    # One queue and one count for every door that this app opens.
    turns = app.state.turns = Turns(settings.max_waiting)
    keeping = app.state.keeping = Keeping()
    rate = app.state.rate = None if settings.rate_limit == OFF else Rate(settings.rate_limit, settings.rate_store)
    app.include_router(answers.routes(settings, bot, store, metrics, turns, keeping))
    app.state.apart = apart
    app.include_router(checking.routes(settings, apart))
    app.include_router(planning.routes(settings, apart))
    describe(app, settings)
    docs_page.attach(app)
    parts = health.Parts(store, rate.check if rate else None, look, patience)
    health.attach(app, bot, parts, health.Trial(bot, turns))
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limits=dict.fromkeys(("/api/ask", "/api/feedback"), _longest(settings)))
    if rate:
        app.add_middleware(RateLimit, rate=rate, hops=settings.proxy_hops)
    app.add_middleware(Hosts, allowed=settings.hosts)
    app.add_middleware(Crowd, hops=settings.proxy_hops, per_client=settings.client_connections)
    app.add_middleware(Observe, metrics=metrics)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.cors, allow_methods=["GET", "POST"], allow_headers=["content-type"]
        )
    app.add_middleware(SecurityHeaders)
    answer_errors(app)

    @app.api_route("/api/{path:path}", methods=METHODS, include_in_schema=False)
    @app.api_route("/api", methods=METHODS, include_in_schema=False)
    def no_such_address(request: Request) -> None:
        """The site below takes every other GET; an address of the API is answered in the API's form."""
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        pages = dict.fromkeys(("/api/docs", app.openapi_url), ("get", "head"))
        if taken := (pages | app.openapi()["paths"]).get(path):
            raise HTTPException(405, headers={"allow": ", ".join(method.upper() for method in taken)})
        raise HTTPException(404)

    if settings.site.is_dir():
        app.mount("/", Site(settings.site, settings.csp_sources), name="site")
    return app


def _longest(settings: Settings) -> int:
    """Bytes of a question with its history, each character in the longest way JSON has for it, and the rest."""
    return 12 * (settings.max_question + settings.max_history) + 8192
