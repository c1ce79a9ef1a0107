"""Requests that are one too many are told to come back, in the form of every other error. Probes are answered."""

from collections import Counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.errors import failure, reader_lang
from bot.language import say
from bot.service.client import client, inside

AGAIN = 5  # seconds
PROBES = ("/livez", "/readyz")
STATE = "crowded"  # key of the scope's state: the status that the connection's requests are refused with


class Crowd:
    """Refuses what arrives on a connection that is one too many.

    Behind `hops` proxies of ours all connections are theirs, so the requests of one client that are under way at once
    are bounded instead, by `per_client`.
    """

    def __init__(self, app: ASGIApp, hops: int, per_client: int) -> None:
        self.app, self._hops, self._per_client = app, hops, per_client
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or inside(scope) in PROBES:
            return await self.app(scope, receive, send)
        if status := scope.get("state", {}).get(STATE):
            return await _refused(status, scope, receive, send)
        if not self._hops:
            return await self.app(scope, receive, send)
        who = client(scope, self._hops)
        if self._under_way[who] >= self._per_client:
            return await _refused(429, scope, receive, send)
        self._under_way[who] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way[who] -= 1
            if not self._under_way[who]:
                del self._under_way[who]


async def _refused(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    code = "too_many_connections" if status == 429 else "over_capacity"
    words = say(reader_lang(HTTPConnection(scope)), "errors", "too_many_connections" if status == 429 else "crowded")
    headers = {"retry-after": str(AGAIN), "connection": "close"}
    await failure(status, code, words, headers)(scope, receive, send)
