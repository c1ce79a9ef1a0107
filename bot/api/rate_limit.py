"""How many POSTs one client may send to the API."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.errors import failure, reader_lang
from bot.language import say
from bot.service.client import client, inside
from bot.service.desk import Desk
from bot.service.refused import OftenError
from bot.service.sites import Sites


class RateLimit:
    """Answers 429 with Retry-After above the desk's rate of POSTs below /api/ per client, before a body is read."""

    def __init__(self, app: ASGIApp, desk: Desk | Sites) -> None:
        self.app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and inside(scope).startswith("/api/"):
            try:
                await self._desk.count(client(scope, self._desk.settings.proxy_hops))
            except OftenError as error:
                message = say(reader_lang(HTTPConnection(scope)), "errors", "rate_limited", seconds=error.seconds)
                refused = failure(429, "rate_limited", message, {"retry-after": str(error.seconds)})
                return await refused(scope, receive, send)
        await self.app(scope, receive, send)
