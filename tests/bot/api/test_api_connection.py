"""One connection: several requests on it, an offer of another protocol, and a client that sends no more or has left."""

import asyncio
import json
import re
import socket
from contextlib import ExitStack
from itertools import pairwise
from queue import SimpleQueue

import pytest
from patience import PATIENCE

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.half_closed import INTERIM
from bot.service.desk import Desk
from bot.settings import Settings

QUESTION = json.dumps({"question": "Which plugin saves VNet addresses?"}).encode()
OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
NEXT, LAST = b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
offers = pytest.mark.parametrize("offer", [b"", OFFER, b"Connection: upgrade\r\nUpgrade: websocket\r\n"],
                                 ids=["plain", "h2c", "websocket"])  # fmt: skip


@pytest.fixture(scope="module")
def url(listening, bot: Bot):
    with listening(create_app(Desk(Settings(rate_limit="off"), bot))) as address:
        yield address


@pytest.fixture
def connected(url: str):
    """Opens connections to the service that the test need not close."""
    with ExitStack() as opened:

        def connected() -> socket.socket:
            port = int(url.rpartition(":")[2])
            return opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))

        yield connected


def rest(opened: socket.socket) -> bytes:
    return b"".join(iter(lambda: opened.recv(65536), b""))


def asking(body: bytes, offer: bytes, *, chunked: bool, path: bytes = b"/api/ask") -> bytes:
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % len(body)
    framed = b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (body[:5], len(body) - 5, body[5:]) if chunked else body
    head = b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n%s\r\n%s\r\n" % (path, length, offer)
    return head + framed


@offers
def test_several_requests_on_one_connection_are_answered_in_order(connected, offer: bytes):
    """Sent at once, and after an offer of another protocol, which is not taken up."""
    opened = connected()
    opened.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n" + offer + b"\r\n")
    first = b""
    while not first.endswith(b'{"status":"ok"}'):
        first += opened.recv(4096)
    opened.sendall(NEXT + LAST)
    replies = rest(opened)
    assert (first.count(b"HTTP/1.1 200 OK"), replies.count(b"HTTP/1.1 200 OK")) == (1, 2)
    assert b"\r\nserver:" not in (first + replies).lower()
    assert replies.index(b'"generation"') < replies.index(b'{"status":"ok"}')


@offers
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_a_body_is_read_whatever_its_head_offers(connected, offer: bytes, chunked: bool, pieces: int):
    """In one segment with its head and with the requests after it, or in several, wherever they are cut."""
    sent = asking(QUESTION, offer, chunked=chunked) + NEXT + asking(QUESTION, offer, chunked=not chunked) + LAST
    opened = connected()
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for start, end in pairwise(round(n * len(sent) / pieces) for n in range(pieces + 1)):
        opened.sendall(sent[start:end])
    replies = rest(opened)
    assert replies.count(b"HTTP/1.1 200 OK") == 4
    order = [replies.index(mark) for mark in (b'"answered"', b'"generation"', b'{"status":"ok"}')]
    assert order == sorted(order) and replies.count(b'"answered"') == 2


def test_a_body_behind_an_offer_has_the_limits_of_every_body(connected):
    opened = connected()
    opened.sendall(asking(b"{" * 20, OFFER, chunked=False) + asking(b" " * 40, OFFER, chunked=True) + LAST)
    assert re.findall(rb"HTTP/1\.1 (\d+)", rest(opened)) == [b"422", b"422", b"200"]
    opened = connected()
    opened.sendall(asking(b"", OFFER, chunked=False)[:-2] + b"Content-Length: 3000000\r\n\r\n")  # two lengths
    assert rest(opened).startswith(b"HTTP/1.1 400 ")
    opened = connected()
    opened.sendall(asking(b"x" * 20, OFFER, chunked=True).replace(b"5\r\nxxxxx", b"z\r\nxxxxx"))  # no length
    assert b"HTTP/1.1 400 " in rest(opened)


@offers
def test_who_sends_no_more_after_its_request_gets_the_answer(connected, offer: bytes):
    opened = connected()
    opened.sendall(asking(QUESTION, offer, chunked=False))
    opened.shutdown(socket.SHUT_WR)
    reply = rest(opened).removeprefix(INTERIM)  # to the end: nothing keeps the connection
    assert reply.startswith(b"HTTP/1.1 200 OK") and b'"answered"' in reply


def test_who_sends_no_more_after_several_requests_gets_all_answers(connected):
    opened = connected()
    opened.sendall(NEXT + asking(QUESTION, b"", chunked=True))
    opened.shutdown(socket.SHUT_WR)
    assert rest(opened).count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize("sent", [b"", NEXT[:9], asking(QUESTION, b"", chunked=False)[:-3]],
                         ids=["nothing", "half a head", "half a body"])  # fmt: skip
def test_who_sends_no_more_before_its_request_is_whole_gets_nothing(connected, sent: bytes):
    opened = connected()
    opened.sendall(sent)
    opened.shutdown(socket.SHUT_WR)
    assert rest(opened) == b""


def test_what_is_written_to_a_client_that_has_left_is_lost_and_no_fault(listening):
    """Uvicorn tells only the last of several requests on a connection that it is gone; the others write on."""
    outcomes: SimpleQueue[Exception | None] = SimpleQueue()

    async def app(scope, receive, send):
        if scope["type"] != "http":
            raise RuntimeError
        cycle = send.__self__
        protocol = cycle.on_response.__self__
        while protocol.cycle is cycle:  # the second request is still to be read
            await asyncio.sleep(0.01)
        cycle.transport.abort()
        while protocol.parser is not None:  # the protocol is not yet told
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"lost"})
        except Exception as error:
            return outcomes.put(error)
        return outcomes.put(None)

    with listening(app) as address:
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as opened:
            opened.sendall(NEXT + LAST)
            assert outcomes.get(timeout=PATIENCE) is None
