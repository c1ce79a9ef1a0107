"""Slack's three addresses, the app behind them, and their life with the service."""

import asyncio
import json
import logging
import tempfile
import traceback
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from slack_bolt import BoltResponse
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.service.desk import Desk
from bot.service.store import Store
from bot.slack import actions, check_modal, commands, events, home, socket
from bot.slack.context import TIMING, Context, Timing
from bot.slack.guard import admitted, first_time, misshapen
from bot.slack.replays import Replays

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
PATHS = ("/slack/commands", "/slack/interactions", "/slack/events")
RETRIED = 24 * 3600  # seconds within which a delivery is recognised
MISSHAPEN = "its body has a shape that Slack does not send"
_log = logging.getLogger("kb")


def attach(app: FastAPI, desk: Desk, timing: Timing = TIMING) -> None:
    """Serve Slack from this app: over HTTP with a signing secret, by Socket Mode with an app-level token.

    Without a store (KB_STORE is off) what must be known for a few minutes is kept in a file of this process.
    """
    scratch = None if desk.store else tempfile.TemporaryDirectory(prefix="kb-slack-")
    kept = desk.store or Store(Path(scratch.name if scratch else "") / "store.db", clock=timing.clock)
    context, work = Context(desk, kept, timing), set[asyncio.Task[Any]]()
    bolt = _bolt(context, work)
    app.router.routes[:0] = _routes(bolt, context)  # in front of the site, which takes every other address
    served = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with served(running) as state:
            try:
                async with socket.connected(bolt, context):
                    yield state
            finally:
                if work:
                    await asyncio.wait(work, timeout=timing.drain)
                if scratch:
                    scratch.cleanup()

    app.router.lifespan_context = lifespan


def _routes(bolt: AsyncApp, context: Context) -> list[APIRoute]:
    """The addresses that Slack sends to, where there is a signing secret, and an answer to whoever else comes."""
    settings, replays = context.settings, Replays(int(context.timing.clock()))
    given = (settings.slack_signing_secret, settings.slack_signing_secret_old)
    secrets = [secret.get_secret_value() for secret in given if secret]

    async def receive(request: Request) -> Response:
        fields = await admitted(request, context, secrets, replays)
        return fields if isinstance(fields, Response) else await _dispatched(bolt, fields)

    async def elsewhere(request: Request) -> None:
        """What a browser or a mistyped Request URL gets, as JSON, not as a page of the site."""
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        if path in PATHS and settings.slack_signing_secret:
            raise HTTPException(405, headers={"allow": "POST"})
        raise HTTPException(404)

    taken = PATHS if settings.slack_signing_secret else ()
    return [
        *(APIRoute(path, receive, methods=["POST"], include_in_schema=False, response_model=None) for path in taken),
        APIRoute("/slack/{path:path}", elsewhere, methods=METHODS, include_in_schema=False, response_model=None),
    ]


async def _dispatched(bolt: AsyncApp, fields: Mapping[str, Any]) -> Response:
    """What the listeners answer to an admitted request."""
    try:
        asked = AsyncBoltRequest(body=json.dumps(fields), headers={"content-type": "application/json"})
        answer = await bolt.async_dispatch(asked)
    except Exception as error:  # Bolt looks into what was sent without looking at its shape
        return misshapen(f"{MISSHAPEN}: {type(error).__name__}")
    # Bolt, or a listener before it acknowledged, met something that Slack's own requests do not have.
    return misshapen(MISSHAPEN) if answer.status >= 500 else to_starlette_response(answer)


def _bolt(context: Context, work: set[asyncio.Task[Any]]) -> AsyncApp:
    """The app with all its listeners; `work` holds the tasks that are running for Slack."""
    client = AsyncWebClient(base_url=context.settings.slack_api_url, timeout=context.timing.call)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """Without asking Slack who we are: a command must be answered even if its Web API does not respond."""
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=context.token)

    logger = logging.getLogger("kb.slack")
    logger.setLevel(logging.ERROR)  # below that, Bolt writes what people sent
    bolt = AsyncApp(
        name=logger.name,  # Bolt sets the level of the logger of this name
        logger=logger,
        client=client,
        authorize=authorize,
        signing_secret="",  # admitted() has verified the request, by both secrets
        request_verification_enabled=False,
        ssl_check_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    bolt.listener_runner.listener_start_handler = _Started(work)
    bolt.listener_runner.listener_completion_handler = _Done(work)

    @bolt.middleware
    async def once(body: dict[str, Any], next: Any) -> BoltResponse | None:  # noqa: A002  # Bolt passes it by this name
        """A command or button press that Slack delivers again is not handled again."""
        pressed = "response_url" in body and "trigger_id" in body
        if pressed and not await first_time(context, f"slack-trigger:{body['trigger_id']}", RETRIED):
            return BoltResponse(status=200)
        return await next()  # type: ignore[no-any-return]

    @bolt.error
    async def failed(error: Exception, body: dict[str, Any]) -> BoltResponse | None:
        """The place in the log, without the message: it may hold what was sent."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200 if body.get("type") == "event_callback" else 404)
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error("slack: a listener failed: %s\n%s", type(error).__name__, place)
        # Bolt now forgets what the listener acknowledged, unless who waits for that (every 10 ms) has seen it.
        await asyncio.sleep(0.1)
        return None

    for part in (commands, actions, events, home, check_modal):
        part.register(bolt, context)
    return bolt


class _Started(AsyncListenerStartHandler):
    """Keeps hold of a listener's task: asyncio itself does not, and who stops the service waits for it."""

    def __init__(self, work: set[asyncio.Task[Any]]) -> None:
        self.work = work

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if task := asyncio.current_task():
            self.work.add(task)


class _Done(AsyncListenerCompletionHandler):
    """Lets go of it."""

    def __init__(self, work: set[asyncio.Task[Any]]) -> None:
        self.work = work

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if task := asyncio.current_task():
            self.work.discard(task)
