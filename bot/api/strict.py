"""Only bodies that say that they are JSON are read, by the one strict reader, which refuses what a library lets pass.

A page of another site may send any other type without asking first (a "simple request" of a browser). NaN, duplicate
keys, endless nesting and numbers beyond any double never reach the code behind the door.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from fastapi import Request, Response
from fastapi.routing import APIRoute

from bot import checks
from bot.api.body_limit import MAX_BODY
from bot.api.errors import RefusedError, reader_lang
from bot.language import say

JSON = "application/json"
LARGE = 8 * 1024  # bytes; more is read beside the event loop, one body at a time: to place a mistake takes long
_LIMITER: RunVar[CapacityLimiter] = RunVar("kb.large")


class StrictRoute(APIRoute):
    """A route whose JSON body is read strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            given = strict(request)
            await given.body()  # a client that leaves meanwhile has sent nothing that could be wrong
            return await handle(given)

        return handle_strictly


def strict(request: Request) -> Request:
    """The same request, read strictly; its body is read once. A body of another type than JSON is refused unread."""
    if request.method == "POST" and request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise RefusedError(415, "not_json", say(reader_lang(request), "errors", "not_json"))
    return _StrictRequest(request.scope, request.receive)


class _StrictRequest(Request):
    async def json(self) -> Any:  # JSON is any value
        body = await self.body()
        try:
            if len(body) <= LARGE:
                return checks.read_json(body, MAX_BODY)
            return await anyio.to_thread.run_sync(lambda: checks.read_json(body, MAX_BODY), limiter=_limiter())
        except checks.InputError as error:
            # Not the reader's own sentence: it names keys and values, which are the asker's.
            place = f"{error.line}:{error.column}" if error.line else "body"
            message = say(reader_lang(self), "errors", "not_strict_json", place=place)
            raise RefusedError(422, "invalid_request", message) from None


def _limiter() -> CapacityLimiter:
    """One of each event loop."""
    try:
        return _LIMITER.get()
    except LookupError:
        _LIMITER.set(CapacityLimiter(1))
        return _LIMITER.get()
