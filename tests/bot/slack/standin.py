"""A local stand-in for Slack: its Web API, its response URLs, its files and its sockets, on one port.

It records what the service sends. Payload shapes are those of Slack's documentation.
"""

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from patience import PATIENCE

BOT = "U0BOT"
HUMAN = "U2CERLKJA"
TOKEN = "xoxb-test"
SITE = "https://kb.example.com/"
HOOK = "hook"  # every response URL, where a method of the Web API can be named
_urls = itertools.count(1)


@dataclass(frozen=True)
class Fault:
    """What a response URL answers once instead of 200; without a status it hangs up."""

    status: int | None
    headers: dict[str, str] = field(default_factory=dict)


class Slack:
    """Records `calls` [(method, arguments)], `replies` [(path, body)] and `acks`; answers what `answers` says."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.bearers: list[tuple[str, str]] = []  # method and token of each call
        self.replies: list[tuple[str, dict[str, Any]]] = []
        self.acks: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.lines: list[web.WebSocketResponse] = []  # open sockets, newest last
        self.opened = 0
        self.faults: list[Fault] = []  # the next answers of response URLs
        self.silent: set[str] = set()  # methods (and HOOK) that never answer
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(60)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_get("/api/files/{id}", self._file)
        app.router.add_post("/hooks/{path:.*}", self._hook)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, handler_cancellation=True)  # of a silent one, when the service hangs up
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"
        ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    def forget(self) -> None:
        """Forget what was recorded."""
        for recorded in (self.calls, self.bearers, self.replies, self.acks):
            recorded.clear()

    @property
    def addresses(self) -> dict[str, str]:
        """The settings that send a service here instead of to Slack."""
        return {"slack_api_url": f"{self.url}/api/", "slack_hooks_url": f"{self.url}/hooks/", "site_url": SITE}

    @property
    def response_url(self) -> str:
        """A new one, as Slack gives with each command."""
        return f"{self.url}/hooks/commands/T1/{next(_urls)}/abc"

    def called(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        """The arguments of the calls of a method, once there are `count` of them."""
        return until(lambda: [given for name, given in self.calls if name == method], count)

    def replied(self, count: int = 1) -> list[dict[str, Any]]:
        """The messages posted to response URLs, once there are `count` of them."""
        return until(lambda: [body for _, body in self.replies], count)

    def send(self, envelope: dict[str, Any]) -> None:
        """Send an envelope over the newest socket."""
        asyncio.run_coroutine_threadsafe(self.lines[-1].send_str(json.dumps(envelope)), self._loop).result(60)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            given = await request.json()
        else:
            sent = {**request.query, **(await request.post())}
            given = {key: _value(str(value)) for key, value in sent.items()}
        self.bearers.append((method, request.headers.get("Authorization", "").removeprefix("Bearer ")))
        self.calls.append((method, given))
        await self._keep_silent(method)
        usual = {"url": f"ws://127.0.0.1:{self.port}/link"} if method == "apps.connections.open" else {}
        usual |= DEFAULTS.get(method, {})
        changed = self.answers.get(method, {})
        if changed.get("error") == "html":
            return web.Response(status=500, text="<html>not now</html>", content_type="text/html")
        return web.json_response({"ok": True, **usual, **changed})

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(status=302, headers={"Location": "/signin"})
        return web.Response(body=self.files[request.match_info["id"]])

    async def _hook(self, request: web.Request) -> web.Response:
        self.replies.append((request.path, await request.json()))
        await self._keep_silent(HOOK)
        fault = self.faults.pop(0) if self.faults else Fault(200)
        if fault.status is None:
            assert request.transport
            request.transport.close()
        return web.Response(status=fault.status or 200, headers=fault.headers, text="<html>whatever</html>")

    async def _keep_silent(self, method: str) -> None:
        if method in self.silent:
            await asyncio.Event().wait()

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_str(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        self.lines.append(line)  # first: who waits for `opened` then sends over it
        self.opened += 1
        try:
            async for message in line:
                if message.type == WSMsgType.TEXT:
                    self.acks.append(json.loads(message.data))
        finally:
            self.lines.remove(line)
        return line


DEFAULTS: dict[str, dict[str, Any]] = {
    "auth.test": {"user_id": BOT, "bot_id": "B0BOT", "team_id": "T1", "url": "https://x.slack.com/", "team": "T"},
    "users.info": {"user": {"id": HUMAN, "locale": "en-US"}},
    "conversations.replies": {"messages": []},
    "chat.postMessage": {"ts": "1.2", "channel": "C1"},
}


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in ("[", "{") else text


@contextmanager
def standing_in() -> Iterator[Slack]:
    """A stand-in that is there for as long as the context lasts."""
    slack = Slack()
    try:
        yield slack
    finally:
        slack.stop()


def until(entries: Callable[[], Sequence[Any]], count: int = 1, seconds: float = PATIENCE) -> Sequence[Any]:
    """What `entries` returns, once it has `count` entries: a wait for an event, so it may be long and rarely is."""
    end = time.monotonic() + seconds
    while len(now := entries()) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(now) >= count, f"{len(now)} of {count} after {seconds} s"
    return now
