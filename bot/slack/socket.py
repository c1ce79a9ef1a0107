"""Socket Mode: the service calls Slack and keeps the line, so it needs no public address and no signing secret."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.context import Context

_log = logging.getLogger("kb")


@asynccontextmanager
async def connected(bolt: AsyncApp, context: Context) -> AsyncIterator[None]:
    """Keep the line to Slack while the service runs; nothing happens where KB_SLACK_APP_TOKEN is not set.

    The service starts even when Slack cannot be reached: connecting goes on in the background, and a line that Slack
    closes (every few hours) or that breaks is opened anew.
    """
    token = context.settings.slack_app_token
    if token is None:
        yield
        return
    handler = AsyncSocketModeHandler(bolt, token.get_secret_value(), ping_interval=context.timing.ping)
    connecting = asyncio.create_task(handler.connect_async())
    try:
        yield
    finally:
        connecting.cancel()
        with suppress(asyncio.CancelledError):
            await connecting
        await handler.close_async()
