"""An answer as server-sent events: the quotes at once, then the text of a model if every sentence of it was checked.

`answer` (the Answer), `written` (a Written; only where there is a text), `end` ({}): nothing shown is taken back.
"""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from fastapi.responses import Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from bot.api.accept import EVENTS
from bot.api.present import while_present

# Nobody on the way may hold back what is there (nginx), or pack it (which holds it back, too).
_HEADERS = {"cache-control": "no-store, no-transform", "x-accel-buffering": "no"}
DESCRIBED: dict[str, Any] = {
    EVENTS: {
        "schema": {
            "type": "string",
            "description": "`answer`: the Answer as JSON, at once. `written`: a Written as JSON, once a model has "
            "phrased the answer and each of its sentences was checked; often there is none. `end`: nothing follows.",
        },
        "example": 'event: answer\ndata: {…}\n\nevent: written\ndata: {"text": …}\n\nevent: end\ndata: {}\n\n',
    }
}


class EventStream(Response):
    """`answer` is its JSON; `worded` gives that of the text, or None. It is stopped where the client leaves."""

    media_type = EVENTS

    def __init__(self, answer: bytes, worded: Callable[[], Coroutine[Any, Any, bytes | None]]) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]  # not known yet
        self._answer, self._worded = answer, worded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def emit(name: str, data: bytes, *, more: bool = True) -> None:
            body = b"event: %s\ndata: %s\n\n" % (name.encode(), data)  # JSON has no line ends of its own
            await send({"type": "http.response.body", "body": body, "more_body": more})

        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await emit("answer", self._answer)
        with suppress(ClientDisconnect):
            if written := await while_present(receive, self._worded()):
                await emit("written", written)
        await emit("end", b"{}", more=False)
