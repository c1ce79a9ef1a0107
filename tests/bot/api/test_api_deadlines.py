"""Clients that are slow to send or to read, on a clock that the tests move; `make nightly` waits for the real ones."""

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, StreamingResponse
from fastapi.routing import APIRoute
from stillloop import StillLoop

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.body_limit import BODY_SECONDS
from bot.api.patient import HEADER_SECONDS
from bot.api.server import KEEP_ALIVE_SECONDS
from bot.api.unread import READ_RATE, UNREAD_SECONDS, end_if_unread
from bot.service.desk import Desk
from bot.settings import Settings

QUESTION = {"question": "Which plugin saves VNet addresses?"}
GET = b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n"
Connect = Callable[[bytes], socket.socket]


@pytest.fixture
def clock() -> StillLoop:
    return StillLoop()


@pytest.fixture
def connecting(listening, clock: StillLoop, monkeypatch: pytest.MonkeyPatch):
    """Serves an application on the clock; gives its address, and what opens connections to it and sends."""
    monkeypatch.setattr("bot.api.portions.DEAR", 60)  # nothing is: what waits after it would wait for the clock
    with ExitStack() as opened:

        def start(app: FastAPI, client_connections: int = 1000) -> tuple[str, Connect]:
            url = opened.enter_context(listening(app, loop=clock, client_connections=client_connections))

            def connect(sent: bytes) -> socket.socket:
                client = opened.enter_context(socket.create_connection(("127.0.0.1", int(url.rsplit(":")[-1])), 60))
                client.sendall(sent)
                return client

            return url, connect

        try:
            yield start
        finally:
            clock.go()


def rest(client: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    return b"".join(iter(lambda: client.recv(1 << 20), b""))


def until(client: socket.socket, end: bytes) -> bytes:
    received = b""
    while not received.endswith(end):
        piece = client.recv(4096)
        assert piece, received
        received += piece
    return received


def is_open(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) != b""
    except BlockingIOError:
        return True
    finally:
        client.settimeout(60)


def test_slow_clients_are_closed_and_hurt_nobody(connecting, clock: StillLoop, bot: Bot):
    """Silent, half a head, half a head after a request, half a body, nothing more after a request."""
    url, connect = connecting(create_app(Desk(Settings(rate_limit="off"), bot)))

    def others_are_answered() -> None:
        """The service has then also done what was to be done before."""
        for _ in range(3):
            assert httpx.post(f"{url}/api/ask", json=QUESTION, timeout=60).status_code == 200

    silent = [connect(b"") for _ in range(200)]
    half = connect(b"GET /livez HTTP/1.1\r\nHo")
    body = connect(
        b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
        b'{"question": '
    )
    second, idle = connect(GET % b"/livez"), connect(GET % b"/livez")
    for client in (second, idle):
        until(client, b'{"status":"ok"}')
    second.sendall(b"GET /livez HT")
    others_are_answered()
    clock.passes(KEEP_ALIVE_SECONDS + 0.1)
    assert rest(idle) == b""
    clock.passes(HEADER_SECONDS - KEEP_ALIVE_SECONDS - 0.2)
    others_are_answered()
    assert [client for client in (half, second, body, *silent) if not is_open(client)] == []
    clock.passes(0.2)
    assert [rest(client) for client in (half, second, *silent)] == [b""] * 202
    others_are_answered()
    assert is_open(body)
    clock.passes(BODY_SECONDS - HEADER_SECONDS)
    refused = rest(body)
    assert refused.startswith(b"HTTP/1.1 408") and b'"too_slow"' in refused
    others_are_answered()


def test_a_head_that_came_in_part_with_the_request_before_it_has_as_long_as_any(connecting, clock: StillLoop, bot: Bot):
    url, connect = connecting(create_app(Desk(Settings(rate_limit="off"), bot)))
    begun = connect(GET % b"/livez" + b"GET /livez HT")
    until(begun, b'{"status":"ok"}')
    assert httpx.get(f"{url}/livez", timeout=60).status_code == 200  # what follows an answer is done, too
    clock.passes(HEADER_SECONDS - 0.1)
    assert httpx.get(f"{url}/livez", timeout=60).status_code == 200
    assert is_open(begun)
    clock.passes(0.2)
    assert rest(begun) == b""


def test_a_body_that_nobody_reads_has_as_long_as_one_that_is_read(connecting, clock: StillLoop, bot: Bot):
    """Its client reads the refusal only when it has sent all; no shorter deadline cuts it off."""
    url, connect = connecting(create_app(Desk(Settings(rate_limit="off"), bot)))
    head = b"POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n"
    slow, without_end = connect(head), connect(head)
    for client in (slow, without_end):
        until(client, b"}")
    assert httpx.get(f"{url}/livez", timeout=60).status_code == 200  # what follows an answer is done, too
    for sent in (b" " * 50, b" " * 49 + GET % b"/livez"):
        clock.passes((BODY_SECONDS - 0.2) / 2)
        assert httpx.get(f"{url}/livez", timeout=60).status_code == 200
        slow.sendall(sent)
    assert until(slow, b'{"status":"ok"}').startswith(b"HTTP/1.1 200")
    assert is_open(without_end)
    clock.passes(0.3)
    assert rest(without_end) == b""


LARGE = 32 * 1024 * 1024  # more than any system keeps of a connection that nobody reads


class Large:
    """An application that answers with LARGE bytes and, once it may, with a last word."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Semaphore(0), threading.Event()
        self.app = FastAPI()
        self.app.get("/")(self.parts)
        self.app.get("/other")(lambda: "answered")

    def parts(self) -> StreamingResponse:
        async def parts():
            self.begun.release()
            yield b"x" * LARGE
            await asyncio.to_thread(self.may_end.wait)
            yield b"end"

        return StreamingResponse(parts(), headers={"content-length": str(LARGE + 3)})


def test_who_reads_nothing_is_let_go_and_hurts_nobody(connecting, clock: StillLoop):
    large = Large()
    url, connect = connecting(large.app)
    unread = [connect(GET % b"/") for _ in range(4)]
    assert [large.begun.acquire(timeout=60) for _ in unread] == [True] * 4
    assert httpx.get(f"{url}/other", timeout=60).json() == "answered"
    for _ in range(3):  # the first time what the systems between both have taken meanwhile counts as read
        clock.passes(UNREAD_SECONDS + 0.1)
        assert httpx.get(f"{url}/other", timeout=60).json() == "answered"
    large.may_end.set()
    assert [client for client in unread if len(rest(client)) >= LARGE] == []


class Taken:
    """A transport whose other side has left these numbers of bytes unread, one after the other."""

    def __init__(self, *unread: int) -> None:
        self.unread, self.aborted = list(unread), False

    def get_write_buffer_size(self) -> int:
        return self.unread.pop(0)

    def get_extra_info(self, name: str) -> None:
        return None

    def abort(self) -> None:
        self.aborted = True


@pytest.mark.parametrize(
    ("unread", "periods", "aborted"),
    [
        ([9, 9], 1, True),
        ([9, 8, 8], 1, False),
        ([9, 8, 8], 2, True),
        ([9, 8, 7, 6], 3, False),
        ([9, 10], 1, True),
        ([9, 8.001], 1, True),  # a byte less than it must be
        ([0.1, 0], 3, False),  # all is read: it is not looked at any more
    ],
)
def test_whoever_takes_enough_in_each_period_is_not_cut(unread: list[float], periods: int, aborted: bool):
    """In units of what must be read in one period."""
    transport = Taken(*(round(units * READ_RATE * UNREAD_SECONDS) for units in unread))

    def look() -> None:
        with closing(StillLoop()) as loop:
            stop = end_if_unread(loop, transport)
            for _ in range(periods):
                loop.passes(UNREAD_SECONDS)
                loop.run_until_complete(asyncio.sleep(0))
            stop()

    with ThreadPoolExecutor(1) as thread:  # in this one another loop may be running
        thread.submit(look).result()
    assert transport.aborted == aborted


SMALL = 256 * 1024  # what the systems between both keep, so that the service need not wait to write it


def test_the_end_of_a_response_that_nobody_reads_holds_its_place_only_for_a_while(
    connecting, clock: StillLoop, bot: Bot
):
    """The application has long done its part; the connection may not make room, for its reader may only be slow."""
    app = create_app(Desk(Settings(rate_limit="off"), bot))
    app.router.routes.insert(0, APIRoute("/small", lambda: PlainTextResponse("x" * SMALL)))
    url, _ = connecting(app, client_connections=1)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # takes next to nothing by itself
        client.connect(("127.0.0.1", int(url.rsplit(":")[-1])))
        client.sendall(GET % b"/small")
        client.settimeout(60)
        client.recv(1)
        assert httpx.get(f"{url}/api/rules", timeout=60).status_code == 429
        for _ in range(2):  # the first time what the systems have taken meanwhile counts as read
            clock.passes(UNREAD_SECONDS + 0.1)
            assert httpx.get(f"{url}/livez", timeout=60).status_code == 200
        assert httpx.get(f"{url}/api/rules", timeout=60).status_code == 200


def test_who_reads_in_the_end_gets_everything(connecting, clock: StillLoop):
    large = Large()
    _, connect = connecting(large.app)
    client = connect(GET % b"/")
    assert large.begun.acquire(timeout=60)
    clock.passes(UNREAD_SECONDS - 0.1)
    received = b""
    while len(received) < LARGE:
        received += client.recv(1 << 20)
    clock.passes(UNREAD_SECONDS + 0.1)  # nothing is left to be read
    large.may_end.set()
    received += until(client, b"end")
    assert len(received.partition(b"\r\n\r\n")[2]) == LARGE + 3
