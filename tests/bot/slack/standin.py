"""A local stand-in for Slack: its Web API, its response URLs, its files and its sockets, on one port.

It records what the service sends. Payload shapes are those of Slack's documentation.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from aiohttp import WSMsgType, web

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = "U0BOT"
HUMAN = "U2CERLKJA"


class Slack:
    """Records `calls` [(method, arguments)], `replies` [(path, body)] and `acks`; answers what `answers` says."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.replies: list[tuple[str, dict[str, Any]]] = []
        self.acks: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.lines: list[web.WebSocketResponse] = []  # open sockets, newest last
        self.opened = 0
        self.faults: list[
            tuple[int, dict[str, str], float]
        ] = []  # next answers of response URLs: status, headers, delay
        self._urls = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_get("/api/files/{id}", self._file)
        app.router.add_post("/hooks/{path:.*}", self._hook)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app)
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
        self._thread.join(10)
        self._loop.close()

    def forget(self) -> None:
        for known in (self.calls, self.replies, self.acks, self.answers, self.files, self.faults):
            known.clear()

    @property
    def response_url(self) -> str:
        """A new one, as Slack gives with each command."""
        return f"{self.url}/hooks/commands/T1/{next(self._urls)}/abc"

    def called(self, method: str, count: int = 1, seconds: float = 10) -> list[dict[str, Any]]:
        """The arguments of the calls of a method, once there are `count` of them."""
        return wait_for(lambda: [given for name, given in self.calls if name == method], count, seconds)

    def replied(self, count: int = 1, seconds: float = 10) -> list[dict[str, Any]]:
        return wait_for(lambda: [body for _, body in self.replies], count, seconds)

    def send(self, envelope: dict[str, Any]) -> None:
        """Send an envelope over the newest socket."""
        asyncio.run_coroutine_threadsafe(self.lines[-1].send_str(json.dumps(envelope)), self._loop).result(5)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            given = await request.json()
        else:
            sent = {**request.query, **(await request.post())}
            given = {key: _value(str(value)) for key, value in sent.items()}
        self.calls.append((method, given))
        usual = {"url": f"ws://127.0.0.1:{self.port}/link"} if method == "apps.connections.open" else {}
        usual |= DEFAULTS.get(method, {})
        told = self.answers.get(method, {})
        if told.get("error") == "html":
            return web.Response(status=500, text="<html>not now</html>", content_type="text/html")
        return web.json_response({"ok": True, **usual, **told})

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer xoxb-test":
            return web.Response(status=302, headers={"Location": "/signin"})
        return web.Response(body=self.files[request.match_info["id"]])

    async def _hook(self, request: web.Request) -> web.Response:
        self.replies.append((request.path, await request.json()))
        if self.faults:
            status, headers, seconds = self.faults.pop(0)
            await asyncio.sleep(seconds)
            return web.Response(status=status, headers=headers, text="<html>not now</html>")
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_str(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        self.lines.append(line)
        self.opened += 1
        async for message in line:
            if message.type == WSMsgType.TEXT:
                self.acks.append(json.loads(message.data))
        return line


DEFAULTS: dict[str, dict[str, Any]] = {
    "auth.test": {"user_id": BOT, "bot_id": "B0BOT", "team_id": "T1", "url": "https://x.slack.com/", "team": "T"},
    "users.info": {"user": {"id": HUMAN, "locale": "en-US"}},
    "conversations.replies": {"messages": []},
    "chat.postMessage": {"ts": "1.2", "channel": "C1"},
}


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in ("[", "{") else text


def wait_for(found: Any, count: int = 1, seconds: float = 10) -> list[Any]:
    """What `found` returns, once it has `count` entries."""
    until = time.monotonic() + seconds
    while len(now := found()) < count and time.monotonic() < until:
        time.sleep(0.02)
    assert len(now) >= count, f"{len(now)} of {count} after {seconds} s"
    return now


def post(address: str, body: bytes, kind: str, **headers: str) -> tuple[int, Any]:
    """POST a body signed as Slack signs it: status and JSON (or text) of the answer."""
    stamp = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}", "Content-Type": kind}
    request = urllib.request.Request(address, body, {**signed, **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            status, text = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode()
    return status, json.loads(text) if text[:1] in ("{", "[") else text


def post_event(service: str, event: dict[str, Any], event_id: str, **headers: str) -> tuple[int, Any]:
    return post(
        f"{service}/slack/events", json.dumps(envelope(event, event_id)).encode(), "application/json", **headers
    )


def envelope(event: dict[str, Any], event_id: str) -> dict[str, Any]:
    """An event as the Events API wraps it."""
    return {
        "token": "old",
        "team_id": "T1",
        "api_app_id": "A1",
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": BOT, "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def post_interaction(service: str, payload: dict[str, Any]) -> tuple[int, Any]:
    once = {"trigger_id": str(time.time_ns())}  # the service refuses the very same request
    whole = {
        **once,
        "team": {"id": "T1", "domain": "x"},
        "user": {"id": HUMAN, "team_id": "T1"},
        "api_app_id": "A1",
        **payload,
    }
    body = urllib.parse.urlencode({"payload": json.dumps(whole)}).encode()
    return post(f"{service}/slack/interactions", body, "application/x-www-form-urlencoded")


def command(text: str, response_url: str, trigger_id: str) -> dict[str, str]:
    """The fields of a slash command."""
    return {
        "token": "old",
        "team_id": "T1",
        "team_domain": "x",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": HUMAN,
        "user_name": "someone",
        "command": "/cni",
        "text": text,
        "api_app_id": "A1",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def post_command(service: str, fields: dict[str, str]) -> tuple[int, Any]:
    body = urllib.parse.urlencode(fields).encode()
    return post(f"{service}/slack/commands", body, "application/x-www-form-urlencoded")
