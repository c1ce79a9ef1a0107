"""The door over HTTP: /mcp of the service (streamable HTTP without sessions: each POST stands alone)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from bot.language import ELSE, say
from bot.mcp.caller import Caller
from bot.mcp.clusters import LARGEST
from bot.mcp.message import NoMessageError, received
from bot.mcp.server import server
from bot.service.capacity import FullError
from bot.service.client import client
from bot.service.desk import Desk
from bot.service.refused import OftenError

PATH = "/mcp"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
SMALL = 2 * 1024  # bytes; a larger body is counted before it is read, whatever it asks for: reading takes time
LARGE = 16 * 1024  # bytes; a larger one is read beside the event loop
_COUNTED = "kb.counted"  # key of the scope
_MOST = LARGEST + 64 * 1024  # bytes of a body: a cluster, and what is around it
_JSON = "application/json"


def attach(app: FastAPI, desk: Desk) -> None:
    """Serve agents from this app."""
    door = _Door(desk)
    served = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with served(running) as state:
            manager = StreamableHTTPSessionManager(door.server, json_response=True, stateless=True)
            async with manager.run():
                door.manager = manager
                yield state

    app.router.lifespan_context = lifespan
    # In front of the site, which takes every other address. The second one is what people add by mistake.
    app.router.routes[:0] = [Route(path, door, methods=METHODS) for path in (PATH, f"{PATH}/")]


class _Door:
    """Decodes the request as strictly as the other addresses do, and hands it to the SDK."""

    manager: StreamableHTTPSessionManager

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.path = PATH  # of the log and the figures

        async def caller(request: Request) -> Caller:
            return Caller(desk, _asker(request.scope, desk), request.scope.get(_COUNTED, False))

        self.server = server(caller)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        if scope["method"] != "POST":  # also GET, whose stream a service without sessions would hold open for nothing
            raise HTTPException(405, headers={"allow": "POST"})
        headers = Headers(scope=scope)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            return await _failed(415, "not_json", say(ELSE, "errors", "not_json"))(scope, receive, send)
        if not self._own(headers.get("origin"), headers.get("host", "")):
            return await _failed(403, "origin", say(ELSE, "mcp", "errors.origin"))(scope, receive, send)
        declared = headers.get("content-length", "")
        if not declared.isdigit() or int(declared) > SMALL:  # before it is read, which has its price
            try:
                await self._desk.count(_asker(scope, self._desk))
            except OftenError as error:
                words = say(ELSE, "errors", "rate_limited", seconds=error.seconds)
                refused = _failed(429, "rate_limited", words, {"retry-after": str(error.seconds)})
                return await refused(scope, receive, send)
            scope[_COUNTED] = True
        body = await Request(scope, receive).body()
        try:
            message = await self._received(body, scope)
        except NoMessageError as error:
            return await JSONResponse(error.reply, 400)(scope, receive, send)
        except (FullError, TimeoutError):
            words = say(ELSE, "errors", "over_capacity")
            return await _failed(503, "over_capacity", words, {"retry-after": "2"})(scope, receive, send)
        await self.manager.handle_request(scope, _again(message, receive), send)

    async def _received(self, body: bytes, scope: Scope) -> bytes:
        """The message. A large one is read beside the event loop, in turn with long questions."""
        if len(body) <= LARGE:
            return received(body, _MOST)
        return await self._desk.look(_asker(scope, self._desk), lambda bot: received(body, _MOST), len(body))

    def _own(self, origin: str | None, host: str) -> bool:
        """Whether a page that sends this is ours, or one of those that may call the API."""
        return origin is None or origin in self._desk.settings.cors or origin.partition("://")[2] == host


def _again(body: bytes, receive: Receive) -> Receive:
    """The body for who reads it next."""
    first = True

    async def again() -> Message:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again


def _asker(scope: Scope, desk: Desk) -> str:
    return client(scope, desk.settings.proxy_hops)


def _failed(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as the other addresses have them."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)
