"""Requests are answered only under names of our own.

Else a page of a stranger, whose name leads to this address for a moment (DNS rebinding), could read what only a
reader's machine or network reaches. Addresses in numbers, and names that no public name server gives (`localhost`, and
those without a dot), cannot be a stranger's.
"""

import ipaddress
import re
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.crowd import PROBES
from bot.api.errors import failure, reader_lang
from bot.language import say
from bot.service.client import inside

ANY = "*"
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]@/\s]+)(?::\d{1,5})?")


class Hosts:
    """Answers 421 to a host that is none of `allowed` (names, `*.name` for those below one, `*` for all).

    Probes are asked under any name, and Slack's requests are signed.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self.app, self._allowed = app, [name.lower() for name in allowed]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or inside(scope) in PROBES or inside(scope).startswith("/slack/"):
            return await self.app(scope, receive, send)
        if all(self._knows(host) for host in Headers(scope=scope).getlist("host")):  # HTTP/1.0 may name none
            return await self.app(scope, receive, send)
        words = say(reader_lang(HTTPConnection(scope)), "errors", "unknown_host")
        await failure(421, "unknown_host", words)(scope, receive, send)

    def _knows(self, host: str) -> bool:
        match = _HOST.fullmatch(host.strip(" \t"))
        name = match[1].lower().rstrip(".") if match else ""
        if ANY in self._allowed or (name and "." not in name) or name.endswith(".localhost"):
            return True
        if _is_address(name):
            return True
        return any(name == known or (known[:2] == "*." and name.endswith(known[1:])) for known in self._allowed)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
