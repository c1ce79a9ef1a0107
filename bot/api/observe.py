"""What surrounds every request: its id, its line in the log, its figures, and the answer to a fault of ours."""

import logging
import re
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.errors import failure, reader_lang
from bot.api.log import request_id
from bot.api.metrics import Requests
from bot.language import say
from bot.service.client import inside

_log = logging.getLogger("kb")
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PROBES = ("/livez", "/readyz", "/metrics")
LEFT = 499  # the client went away before it had sent all; as nginx calls it in its log


class Observe:
    """Outside of everything that may answer or fail."""

    def __init__(self, app: ASGIApp, metrics: Requests) -> None:
        self.app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        given = HTTPConnection(scope).headers.get("x-request-id", "")
        identity = given if _ID.fullmatch(given) else uuid.uuid4().hex
        request_id.set(identity)
        started, status = time.perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = identity
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:
            status = status or LEFT
        except Exception:
            _log.exception("failed", extra={"kb": {"method": scope["method"], "route": _route(scope)}})
            if not status:
                lang = reader_lang(HTTPConnection(scope))
                await failure(500, "internal", say(lang, "errors", "internal"))(scope, receive, watched)
        finally:
            seconds, route = time.perf_counter() - started, _route(scope)
            self._metrics.requests.labels(route, status).inc()
            self._metrics.seconds.labels(route).observe(seconds)
            level = logging.DEBUG if route in _PROBES else logging.INFO
            fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            _log.log(level, "request", extra={"kb": fields})


def _route(scope: Scope) -> str:
    """The template of the address; what only the site can serve is one route, and so is what nothing serves."""
    path = getattr(scope.get("route"), "path", "")
    if not path and inside(scope) in scope["app"].openapi()["paths"]:  # refused before it was routed: a rate limit
        path = inside(scope)
    return path if path.startswith(("/api/", "/livez", "/readyz", "/metrics", "/slack/", "/mcp")) else "site"
