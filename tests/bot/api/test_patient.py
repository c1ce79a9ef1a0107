"""A connection's bodies: small pieces, what is sent after the answer, and trailers."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx
import pytest

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.patient import PIECES, UNASKED, UNASKED_PIECES, Flow
from bot.api.portions import PORTION
from bot.service.desk import Desk
from bot.settings import Settings

HEAD = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"
QUESTION = json.dumps({"question": "What is CNI?", "lang": "en"}).encode()


@pytest.fixture(scope="module")
def url(listening, bot: Bot) -> Iterator[str]:
    with listening(create_app(Desk(Settings(rate_limit="off"), bot))) as address:
        yield address


@pytest.fixture
def connected(url: str):
    """Opens connections to the service that the test need not close."""
    with ExitStack() as opened:

        def connect(sent: bytes) -> socket.socket:
            own = opened.enter_context(socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=60))
            with suppress(ConnectionError):  # it may be refused before all has been sent
                own.sendall(sent)
            return own

        yield connect


def reply_of(opened: socket.socket) -> bytes:
    """All that comes until the service closes; what it has not read when it closes may hide its reply."""
    reply = b""
    with suppress(ConnectionError):
        while more := opened.recv(1 << 16):
            reply += more
    return reply


def chunks(size: int, count: int) -> bytes:
    return b"%x\r\n%s\r\n" % (size, b" " * size) * count


def in_pieces(body: bytes, size: int) -> bytes:
    return b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (body[n : n + size] for n in range(0, len(body), size))
    )


def test_a_body_of_too_many_pieces_is_refused_before_its_end(connected):
    """Each costs as much as a kilobyte; the service would be busy with nothing else."""
    reply = reply_of(connected(HEAD % b"/api/check" + chunks(1, PIECES + 1000)))
    head, _, body = reply.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["error"] == {"code": "bad_request", "message": "The body comes in too many pieces."}


@pytest.mark.parametrize("size", [1, 5, 12])
def test_what_comes_in_a_line_at_a_time_is_read(connected, size: int):
    """As programs write JSON: a token or a line in each piece."""
    body = in_pieces(b" " * size * 8000 + b"[1]", size)
    opened = connected(HEAD.replace(b"Host:", b"Connection: close\r\nHost:") % b"/api/check" + body + END)
    _, _, reply = reply_of(opened).partition(b"\r\n\r\n")
    assert json.loads(reply)["error"]["code"] == "not-recognised"  # read to its end: there is no cluster in it


def test_a_body_of_many_portions_is_whole(url: str):
    """Read to its end: there is no cluster in it."""
    body = b" " * (PORTION * 40) + b"[1]"
    sent = httpx.post(f"{url}/api/check", content=body, headers={"content-type": "application/json"}, timeout=60)
    assert sent.json()["error"]["code"] == "not-recognised"


@pytest.mark.parametrize("size", [3_000, 400_000, 3_000_000])
def test_a_body_that_nobody_reads_is_let_by(connected, size: int):
    """A client reads its answer only when it has sent all."""
    opened = connected(HEAD % b"/en/" + chunks(1000, size // 1000) + END)
    opened.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    reply = reply_of(opened)
    assert reply.startswith(b"HTTP/1.1 405 ") and reply.endswith(b'{"status":"ok"}')


@pytest.mark.parametrize("sent", [chunks(UNASKED // 64, 1), chunks(1, UNASKED_PIECES)], ids=["long", "small pieces"])
def test_a_body_that_nobody_reads_and_that_has_no_end_ends_the_connection(connected, sent: bytes):
    opened = connected(HEAD % b"/en/")
    assert opened.recv(12) == b"HTTP/1.1 405"
    with pytest.raises(OSError):
        for _ in range(1000):
            opened.sendall(sent)


def test_reading_goes_on_only_when_nothing_that_was_read_waits():
    """Whoever asks for it: an application for its body, or uvicorn after an answer."""

    class Transport:
        def __init__(self) -> None:
            self.calls: list[str] = []

        def pause_reading(self) -> None:
            self.calls.append("pause")

        def resume_reading(self) -> None:
            self.calls.append("resume")

    transport, waits = Transport(), [True]
    flow = Flow(transport, lambda: waits[0])  # type: ignore[arg-type]
    flow.pause_reading()
    flow.resume_reading()
    assert transport.calls == ["pause"]
    waits[0] = False
    flow.resume_reading()
    assert transport.calls == ["pause", "resume"]


@pytest.mark.parametrize(
    ("trailer", "expected"),
    [
        (b"Content-Type: application/json", b"415"),
        (b"Content-Type: text/plain", b"415"),
        (b"Host: other.example", b"415"),
    ],
)
def test_a_trailer_is_no_header(connected, trailer: bytes, expected: bytes):
    head = HEAD.replace(b"Content-Type: application/json\r\n", b"") % b"/api/ask"
    opened = connected(head + in_pieces(QUESTION, 99) + b"0\r\n" + trailer + b"\r\n\r\n")
    assert opened.recv(12) == b"HTTP/1.1 " + expected


def test_the_id_of_a_request_is_in_its_head(connected):
    body = in_pieces(QUESTION, 99) + b"0\r\nX-Request-ID: from-the-trailer\r\n\r\n"
    head, _, _ = connected(HEAD % b"/api/ask" + body).recv(4096).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ") and b"from-the-trailer" not in head
