"""No body above MAX_BODY (of Slack above MAX_SLACK_BODY) is read, and none that takes longer than BODY_SECONDS."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.service.client import inside

MAX_BODY = 2 * 1024 * 1024
MAX_SLACK_BODY = 512 * 1024  # the longest message of 50 blocks, twice, escaped twice, is shorter
MAX_AGENT_BODY = 576 * 1024  # a cluster of 512 KiB, and what is around it
BODY_SECONDS = 15


class BodyLimit:
    """Refuses bodies that are too large, declared or not. (FastAPI's own limit answers in plain text.).

    `limits`: of addresses that need less, because the event loop itself reads what they get.
    """

    def __init__(self, app: ASGIApp, limits: Mapping[str, int] = MappingProxyType({})) -> None:
        self.app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        size, more, begun = 0, True, False
        path = inside(scope)
        declared = Headers(scope=scope).get("content-length", "")
        most = self._limits.get(path, MAX_SLACK_BODY if path.startswith("/slack/") else MAX_BODY)
        end = asyncio.get_running_loop().time() + BODY_SECONDS

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        async def limited() -> Message:
            nonlocal size, more
            if begun:  # too late to refuse a body that the answer does not need
                return await receive()
            if declared.isdigit() and int(declared) > most:  # before a byte of it has come
                raise HTTPException(413)
            try:
                async with asyncio.timeout_at(end if more else None):  # after the body only the end of it all comes
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, headers={"connection": "close"}) from None
            size, more = size + len(message.get("body", b"")), message.get("more_body", False)
            if size > most:
                raise HTTPException(413)
            return message

        return await self.app(scope, limited, watched)
