"""How many POSTs one client may send to the API."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.errors import failure, reader_lang
from bot.language import say
from bot.service.client import client
from bot.service.rate import Rate


class RateLimit:
    """Answers 429 with Retry-After above the `rate` of POSTs below /api/ per client.

    `hops`: how many proxies of ours stand in front.
    """

    def __init__(self, app: ASGIApp, rate: Rate, hops: int) -> None:
        self.app, self._rate, self._hops = app, rate, hops

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith("/api/"):
            wait = await self._rate.wait(client(scope, self._hops))
            if wait is not None:
                message = say(reader_lang(HTTPConnection(scope)), "errors", "rate_limited", seconds=wait)
                refused = failure(429, "rate_limited", message, {"retry-after": str(wait)})
                return await refused(scope, receive, send)
        await self.app(scope, receive, send)
