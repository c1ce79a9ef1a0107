"""What is found out about posted clusters, in a process of its own, and the responses where that takes too long."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Concatenate, ParamSpec, TypeVar

from fastapi import Request
from fastapi.responses import Response
from starlette.requests import ClientDisconnect

from bot import checks
from bot.api.body_limit import MAX_BODY
from bot.api.errors import RefusedError
from bot.api.schemas import BUSY, Failure
from bot.language import say
from bot.service.apart import SECONDS, Apart, TooSlowError
from bot.service.capacity import FullError
from bot.service.client import client
from bot.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
Described = dict[int | str, dict[str, Any]]


def posted_documents(example: Any) -> dict[str, Any]:
    """The body of a request in the description of the API: the documents about a cluster, as JSON."""
    content = {"application/json": {"schema": {"type": ["object", "array"]}, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


def replies(what: str, media_types: Iterable[str], forms: dict[str, dict[str, Any]]) -> Described:
    """The responses in the description of the API: `what` as text, or in `forms` by media type; and the refusals."""
    content = {media: {"schema": {"type": "string"}} for media in media_types}
    content |= {media: {"schema": schema} for media, schema in forms.items()}
    return {
        200: {"description": what, "content": content},
        415: {"model": Failure, "description": "The body is not sent as application/json."},
        **BUSY,
    }


async def judged(
    request: Request,
    spoken: str,
    settings: Settings,
    apart: Apart,
    work: Callable[Concatenate[bytes, int, P], checks.Report | checks.Problem],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Response:
    """What `work` makes of the body; RefusedError where no more may wait, or where it was stopped."""
    asker, body = client(request.scope, settings.proxy_hops), await request.body()
    try:
        reply = await _while_present(request, apart.run(asker, work, body, MAX_BODY, *args, **kwargs))
    except FullError:
        words = say(spoken, "errors", "over_capacity")
        raise RefusedError(503, "over_capacity", words, {"retry-after": "2"}) from None
    except TooSlowError:
        command = request.url.path.rpartition("/")[2]
        words = say(spoken, "errors", "check_stopped", seconds=round(SECONDS), command=f"kb {command}")
        raise RefusedError(503, "check_stopped", words, {"retry-after": "60"}) from None
    text = reply.text.encode("utf-8", "backslashreplace")  # half a character of a key, as JSON escapes it
    if isinstance(reply, checks.Problem):
        return Response(text, 413 if reply.code == "too-large" else 422, media_type="application/json")
    return Response(text, media_type=reply.media_type)


async def _while_present(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. It ends where the client leaves before: it would hold a process, or a place, for nobody."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    """After the body only the client's end is told; one that sends no more, but still reads, looks the same."""
    await request.receive()
