"""What is found out about posted clusters, in a process of its own, and the responses where that takes too long."""

from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec

from fastapi import Request
from fastapi.responses import Response

from bot import checks
from bot.api.body_limit import MAX_BODY
from bot.api.errors import RefusedError
from bot.api.present import while_present
from bot.api.schemas import BUSY, Failure
from bot.language import say
from bot.service.apart import SECONDS, Apart, TooSlowError
from bot.service.capacity import FullError
from bot.service.client import client
from bot.settings import Settings

P = ParamSpec("P")
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
        reply = await while_present(request.receive, apart.run(asker, work, body, MAX_BODY, *args, **kwargs))
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
