"""How many POSTs one client may send to the API."""

import ipaddress

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.errors import failure, reader_lang
from bot.language import say
from bot.rate import Rate


class RateLimit:
    """Answers 429 with Retry-After above the `rate` of POSTs below /api/ per client.

    `hops`: how many proxies of ours stand in front; each has added one address to X-Forwarded-For.
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


def client(scope: Scope, hops: int) -> str:
    """The client's address: what the farthest trusted proxy saw. An IPv6 network of /64 is one client."""
    peer = scope["client"][0] if scope.get("client") else ""
    seen = [part.strip() for part in ",".join(HTTPConnection(scope).headers.getlist("x-forwarded-for")).split(",")]
    named = seen[-hops] if 0 < hops <= len(seen) else peer
    try:
        address = ipaddress.ip_address(named)
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
