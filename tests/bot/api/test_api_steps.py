"""Nothing that comes in takes the event loop for long: others, and `/livez`, have their turn in between.

Each step of the loop is measured in time of the processor, against a piece of work whose time is known.
"""

import asyncio
import gc
import hashlib
import hmac
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from patience import PATIENCE

from bot.answering.ask import Bot
from bot.api import create_app
from bot.mcp import http as mcp
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings
from bot.slack import attach

# In units of the same work on the same processor, a thousandth of a second where nothing else runs.
MOST = 12  # 1 or 2 are usual, and eight of 12 in a row leave /livez its 100 ms
SDK = 60  # the SDK reads a message of MCP in one step
ROUNDS = 4  # one of them has to keep to it: the first of a kind loads modules
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
MIB = 1 << 20
CLUSTER = {"networkProfile": {"networkPlugin": "kubenet"}}


def unit() -> float:
    """Seconds of a processor that a fixed piece of work takes now, the longest of several."""
    took = []
    for _ in range(20):
        began = time.thread_time()
        sum(number % 7 for number in range(20_000))
        took.append(time.thread_time() - began)
    return max(took)


class Steps:
    """The longest step of a loop so far, and what it was."""

    def __init__(self) -> None:
        self.seconds, self.what = 0.0, ""

    def measure(self, handle: asyncio.Handle, run: Callable[[asyncio.Handle], None]) -> None:
        began = time.thread_time()
        run(handle)
        if (took := time.thread_time() - began) > self.seconds:
            self.seconds, self.what = took, repr(handle)


@pytest.fixture(scope="module")
def served(listening, bot: Bot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Steps]]:
    """The service with all its doors on a loop whose steps are measured."""
    steps, run = Steps(), asyncio.Handle._run
    store = tmp_path_factory.mktemp("steps") / "store.db"
    settings = Settings(rate_limit="off", store=store, slack_signing_secret=SECRET)
    with pytest.MonkeyPatch.context() as changed:
        for closing in ("patient.HEADER_SECONDS", "body_limit.BODY_SECONDS", "unread.UNREAD_SECONDS"):
            changed.setattr(f"bot.api.{closing}", PATIENCE)
        app = create_app(desk := Desk(settings, bot, Store(store)))
        mcp.attach(app, desk)
        attach(app, desk)
        loop = asyncio.SelectorEventLoop()
        changed.setattr(asyncio.Handle, "_run", lambda handle: steps.measure(handle, run))
        with listening(app, loop=loop) as url:
            assert httpx.get(f"{url}/api/openapi.json").status_code == 200  # made once, by the first who needs it
            gc.collect()
            gc.freeze()  # as `kb serve` does; what all other tests have left behind is no work of the service
            yield url, steps
        gc.unfreeze()


def head(method: str, path: str, **headers: object) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode()


def post(path: str, body: bytes, **headers: object) -> bytes:
    return head("POST", path, Content_Type="application/json", Content_Length=len(body), **headers) + body


def chunked(path: str, body: bytes, size: int) -> bytes:
    pieces = (body[n : n + size] for n in range(0, len(body), size))
    sent = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return head("POST", path, Content_Type="application/json", Transfer_Encoding="chunked") + sent + b"0\r\n\r\n"


def padded(value: dict, size: int) -> bytes:
    return json.dumps({**value, "tags": {"note": "x" * size}}).encode()


def called(tool: str, arguments: dict) -> bytes:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    return post("/mcp", json.dumps(call).encode(), Accept="application/json, text/event-stream")


def slack(body: str) -> bytes:
    now, body = str(int(time.time())), f"n={next(NUMBERS)}&{body}"  # never the same twice
    signature = hmac.new(SECRET.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256).hexdigest()
    signed = {"X_Slack_Request_Timestamp": now, "X_Slack_Signature": f"v0={signature}"}
    kind = "application/x-www-form-urlencoded"
    return head("POST", "/slack/commands", Content_Type=kind, Content_Length=len(body), **signed) + body.encode()


def asked(path: str) -> bytes:
    return post(path, json.dumps({"question": LONG}).encode())


NUMBERS = itertools.count()
LONG = "pods " * 180
VOTE = {"answer": "a" * 8, "vote": "up", "question": LONG, "lang": "en", "status": "answered"}
SENT = {
    "a check of 1.9 MiB": (200, lambda: post("/api/check", padded(CLUSTER, 1_900_000))),
    "a check of 1 MiB in pieces of 16 bytes": (200, lambda: chunked("/api/check", padded(CLUSTER, MIB - 1000), 16)),
    "a check in pieces of one byte": (200, lambda: chunked("/api/check", padded(CLUSTER, 60_000), 1)),
    "a check that is no JSON": (422, lambda: post("/api/check", b"[" * MIB)),
    "a check of many small values": (422, lambda: post("/api/check", json.dumps([[]] * 100_000).encode())),
    "a plan": (200, lambda: post("/api/plan?to=overlay", padded(CLUSTER, 1_900_000))),
    "a plan of many clusters": (422, lambda: post("/api/plan?to=agc", json.dumps([CLUSTER] * 8_000).encode())),
    "MCP: a check of 500 kB": (200, lambda: called("check_cluster", {"cluster": json.loads(padded(CLUSTER, 500_000))})),
    "MCP: as many values as there may be": (200, lambda: called("check_cluster", {"cluster": [[]] * 29_000})),
    "MCP: too many values": (400, lambda: called("check_cluster", {"cluster": [[]] * 120_000})),
    "MCP: the longest question": (200, lambda: called("ask", {"question": LONG})),
    "MCP: a search": (200, lambda: called("search", {"query": LONG})),
    "Slack: a long form": (400, lambda: slack(urlencode({"command": "/cni", "text": "x" * 400_000}))),
    "Slack: many fields": (400, lambda: slack("&".join(f"a{n}=1" for n in range(50_000)))),
    "Slack: a payload of many small values": (400, lambda: slack(urlencode({"payload": json.dumps([[]] * 40_000)}))),
    "the longest question": (200, lambda: post("/api/ask", json.dumps({"question": LONG}).encode())),
    "a question of many small values": (422, lambda: post("/api/ask", json.dumps({"history": [[]] * 8_000}).encode())),
    "a vote": (204, lambda: post("/api/feedback", json.dumps(VOTE).encode())),
    "searches": (204, lambda: post("/api/searches", json.dumps({"words": LONG[:200], "lang": "en"}).encode())),
    "as many headers as there may be": (200, lambda: head("GET", "/livez", **{f"a{n}": "" for n in range(190)})),
    "too many headers": (400, lambda: head("GET", "/livez", **{f"a{n}": "" for n in range(8_000)})),
    "a long Accept": (200, lambda: head("GET", "/en/faq/", Accept="," * 60_000)),
    "many languages": (404, lambda: head("GET", "/api/nowhere", Accept_Language=",".join(["ja;q=0.5"] * 6_000))),
    "many entity tags": (200, lambda: head("GET", "/en/", If_None_Match=",".join(['W/"x"'] * 8_000))),
    "many proxies": (200, lambda: head("GET", "/livez", X_Forwarded_For=",".join(["10.0.0.1"] * 6_000))),
    "the longest address": (200, lambda: head("GET", "/api/rules?" + "%61=%62&" * 1_000)),
    "a question with the longest address": (200, lambda: asked("/api/ask?" + "%61=%62&" * 1_000)),
    "an address that is too long": (400, lambda: head("GET", "/en/?" + "a=%20&" * 10_000)),
    "31 pages at once": (200, lambda: head("GET", "/en/faq/") * 31),
    "31 questions at once": (200, lambda: post("/api/ask", json.dumps({"question": LONG}).encode()) * 31),
}


@pytest.mark.parametrize(("status", "sent"), SENT.values(), ids=SENT)
def test_no_step_takes_the_loop_for_long(
    served: tuple[str, Steps], request: pytest.FixtureRequest, status: int, sent: Callable[[], bytes]
):
    url, steps = served
    most = SDK if "MCP" in request.node.callspec.id else MOST
    for _ in range(ROUNDS):
        steps.seconds, steps.what = 0.0, ""
        with socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=PATIENCE) as opened:
            writing = threading.Thread(target=write, args=(opened, sent()))
            writing.start()
            assert opened.recv(12, socket.MSG_WAITALL) == b"HTTP/1.1 %d" % status
            writing.join(PATIENCE)
            opened.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                while opened.recv(1 << 16):
                    pass
        if 0 < steps.seconds < most * unit():
            return
    pytest.fail(f"{1000 * steps.seconds:.0f} ms, {steps.seconds / unit():.1f} units: {steps.what}")


def test_a_client_that_closes_at_once_leaves_nothing_that_takes_the_loop_for_long(served: tuple[str, Steps]):
    """Neither what it had sent by then, nor the requests that were under way."""
    url, steps = served
    sent = chunked("/api/check", padded(CLUSTER, MIB // 2), 16)
    for _ in range(ROUNDS):
        steps.seconds, steps.what = 0.0, ""
        clients = [socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=PATIENCE) for _ in range(10)]
        for client in clients:
            client.setblocking(False)
            client.send(sent)
        for client in clients:
            client.close()
        for _ in range(3):
            assert httpx.get(f"{url}/livez", timeout=PATIENCE).status_code == 200
        if 0 < steps.seconds < MOST * unit():
            return
    pytest.fail(f"{1000 * steps.seconds:.0f} ms, {steps.seconds / unit():.1f} units: {steps.what}")


def write(opened: socket.socket, sent: bytes) -> None:
    with suppress(ConnectionError):  # it may be refused before all has been sent
        opened.sendall(sent)
