"""A client that sends no more after its request: one that still reads is answered, one that has closed is let go."""

import asyncio
import json
import socket
import threading
from contextlib import ExitStack

import pytest
from patience import PATIENCE, until

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.half_closed import INTERIM
from bot.api.headers import DEFAULTS
from bot.mcp import http
from bot.service.apart import Apart
from bot.service.desk import Desk
from bot.settings import Settings

CLUSTER = b'{"networkProfile": {"networkPlugin": "kubenet"}}'
JUDGED = {"/api/check": b'"findings"', "/api/plan?to=overlay": b'"steps"'}
ELSEWHERE = {"/api/ask": 422, "/api/feedback": 422, "/mcp": 400, "/slack/events": 405, "/api/nowhere": 404}


class Held(Apart):
    """Begins its work only when it is released."""

    def __init__(self) -> None:
        super().__init__(seconds=float(PATIENCE))
        self.began, self.released, self.left = threading.Event(), threading.Event(), threading.Event()

    async def run(self, asker, work, *args, **kwargs):
        self.began.set()
        try:
            while not self.released.is_set():
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.left.set()
            raise
        return await super().run(asker, work, *args, **kwargs)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def connect(listening, bot: Bot, held: Held):
    """Opens a connection that the test need not close."""
    desk = Desk(Settings(rate_limit="off"), bot, apart=held)
    http.attach(app := create_app(desk), desk)
    with listening(app) as url, ExitStack() as opened:
        port = int(url.rpartition(":")[2])
        yield lambda: opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))


def posting(path: str, body: bytes, version: str = "1.1") -> bytes:
    headers = {"host": "localhost", "content-type": "application/json", "content-length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/{version}\r\n{lines}\r\n".encode() + body


def rest(opened: socket.socket) -> bytes:
    return b"".join(iter(lambda: opened.recv(65536), b""))


def has_all_headers(reply: bytes) -> bool:
    head = reply.partition(b"\r\n\r\n")[0].lower().decode()
    return all(f"\r\n{name}: " in head for name in (*DEFAULTS, "x-request-id", "cache-control"))


@pytest.mark.parametrize("version", ["1.1", "1.0"])
@pytest.mark.parametrize("path", JUDGED)
def test_a_check_goes_on_for_who_still_reads(connect, held: Held, path: str, version: str):
    opened = connect()
    opened.sendall(posting(path, CLUSTER, version))
    opened.shutdown(socket.SHUT_WR)
    assert held.began.wait(PATIENCE)
    if version == "1.1":
        assert opened.recv(len(INTERIM), socket.MSG_WAITALL) == INTERIM
    held.released.set()
    reply = rest(opened)
    assert reply.startswith(b"HTTP/1.1 200 OK") and JUDGED[path] in reply
    assert has_all_headers(reply)


def test_nothing_is_written_between_the_answers_to_several_requests(connect, held: Held):
    opened = connect()
    opened.sendall(posting("/api/check", CLUSTER) + posting("/api/plan?to=agc", CLUSTER))
    opened.shutdown(socket.SHUT_WR)
    assert held.began.wait(PATIENCE)
    held.released.set()
    reply = rest(opened)
    assert reply.count(b"HTTP/1.1 ") == reply.count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize("path", JUDGED)
def test_a_check_ends_when_its_client_has_closed(connect, held: Held, path: str, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("INFO"):
        opened = connect()
        opened.sendall(posting(path, CLUSTER))
        assert held.began.wait(PATIENCE)
        opened.close()
        assert held.left.wait(PATIENCE)
        until(lambda: [record for record in caplog.records if record.message == "request"])
    lines = [record.kb["status"] for record in caplog.records if record.message == "request"]
    assert lines == [499]
    assert [record.message for record in caplog.records if record.levelname in ("ERROR", "WARNING")] == []


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_door_answers_who_sends_no_more_without_its_headers(connect, path: str):
    opened = connect()
    opened.sendall(posting(path, json.dumps({"x": 1}).encode()))
    opened.shutdown(socket.SHUT_WR)
    reply = rest(opened).removeprefix(INTERIM)
    assert reply.startswith(b"HTTP/1.1 %d " % ELSEWHERE[path])
    assert has_all_headers(reply)
