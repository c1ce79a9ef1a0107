"""Many connections at once, with small bounds: who makes room, who is refused, and that others are answered."""

import json
import resource
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.connections import FILES_EACH, FILES_KEPT, MOST, SPARE, Connections, connections_possible
from bot.api.patient import PIPELINED
from bot.service.desk import Desk
from bot.settings import Settings

QUESTION = {"question": "Which plugin saves VNet addresses?"}
GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
MINE, HERS = "127.0.0.2", "127.0.0.3"  # addresses of this machine: clients of their own


class Silent:
    """A connection; `idle` as it is given."""

    def __init__(self, idle: bool = True) -> None:
        self.idle, self.ended = idle, False

    def end(self) -> None:
        self.ended = True


def test_within_the_bounds_nobody_is_refused():
    everyone = Connections(4, 2)
    assert [everyone.enter(Silent(), client) for client in ("a", "a", "b", "b")] == [None] * 4


def test_the_oldest_idle_connection_of_a_client_makes_room_for_its_next_one():
    everyone, busy, old, new = Connections(9, 2), Silent(idle=False), Silent(), Silent()
    assert [everyone.enter(connection, "a") for connection in (busy, old, new)] == [None] * 3
    assert [busy.ended, old.ended, new.ended] == [False, True, False]


def test_a_client_that_uses_all_of_its_connections_is_refused_and_others_are_not():
    everyone = Connections(9, 2)
    assert [everyone.enter(Silent(idle=False), "a") for _ in range(3)] == [None, None, 429]
    assert everyone.enter(Silent(), "b") is None


def test_in_all_the_client_with_the_most_connections_makes_room():
    everyone, first, many = Connections(4, 3), Silent(), [Silent() for _ in range(3)]
    assert [everyone.enter(first, "a"), *(everyone.enter(connection, "b") for connection in many)] == [None] * 4
    assert everyone.enter(Silent(), "c") is None
    assert [first.ended, *(connection.ended for connection in many)] == [False, True, False, False]


def test_without_an_idle_connection_the_next_is_refused_and_beyond_the_spare_ones_closed():
    everyone = Connections(2, None)
    assert [everyone.enter(Silent(idle=False), "proxy") for _ in range(2)] == [None, None]
    assert [everyone.enter(Silent(idle=False), "proxy") for _ in range(SPARE)] == [503] * SPARE
    last = Silent()
    assert (everyone.enter(last, "proxy"), last.ended) == (503, True)


def test_who_leaves_makes_room_once():
    everyone, gone = Connections(1, 1), Silent(idle=False)
    everyone.enter(gone, "a")
    for _ in range(2):
        everyone.leave(gone, "a")
    assert [everyone.enter(Silent(idle=False), client) for client in ("a", "b")] == [None, 503]


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "possible"),
    [
        (1024, 1024, None, (1024 - FILES_KEPT) // FILES_EACH - SPARE),
        (1024, 4096, 4096, (4096 - FILES_KEPT) // FILES_EACH - SPARE),
        (1024, 1 << 20, MOST * FILES_EACH + FILES_KEPT, MOST - SPARE),
        (1024, resource.RLIM_INFINITY, MOST * FILES_EACH + FILES_KEPT, MOST - SPARE),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, None, MOST),
        (64, 64, None, 1),
    ],
)
def test_there_are_as_many_connections_as_the_system_has_files_for(
    soft: int, hard: int, raised: int | None, possible: int
):
    given: list[tuple[int, int]] = []
    assert connections_possible(lambda which: (soft, hard), lambda which, to: given.append(to)) == possible
    assert given == ([(raised, hard)] if raised else [])


def test_files_that_the_system_does_not_give_are_not_counted():
    def refuse(which: int, to: tuple[int, int]) -> None:
        raise PermissionError

    assert connections_possible(lambda which: (1024, 4096), refuse) == (1024 - FILES_KEPT) // FILES_EACH - SPARE


@pytest.fixture
def connecting(listening):
    """Serves an application with these bounds; gives its address, and what connects to it from an address and sends."""
    with ExitStack() as opened:

        def start(app: FastAPI, **bounds: int) -> tuple[str, Callable[[str, bytes], socket.socket]]:
            url = opened.enter_context(listening(app, **bounds))

            def connect(source: str, sent: bytes = b"") -> socket.socket:
                at = ("127.0.0.1", int(url.rsplit(":")[-1]))
                made = opened.enter_context(socket.create_connection(at, 60, source_address=(source, 0)))
                made.sendall(sent)
                return made

            return url, connect

        yield start


def reply(client: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what comes until the connection is closed."""
    head, _, body = b"".join(iter(lambda: client.recv(65536), b"")).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def test_silent_connections_of_one_client_hurt_nobody_not_even_it(connecting, bot: Bot):
    url, connect = connecting(create_app(Desk(Settings(rate_limit="off"), bot)), connections=20, client_connections=10)
    for _ in range(50):
        connect(MINE)
        connect(MINE, b"GET /livez HTTP/1.1\r\nHo")
        assert httpx.get(f"{url}/readyz", timeout=60).status_code == 200
    for source in (MINE, HERS):
        with httpx.Client(transport=httpx.HTTPTransport(local_address=source), timeout=60) as http:
            assert http.post(f"{url}/api/ask", json=QUESTION).json()["status"] == "answered"


class Gate:
    """An application some of whose answers wait until the test lets them go."""

    def __init__(self) -> None:
        self.inside, self.open = threading.Semaphore(0), threading.Event()

    def add_to(self, app: FastAPI) -> FastAPI:
        """The same application, with the address /slow in front of all others."""

        def slow() -> PlainTextResponse:
            self.inside.release()
            self.open.wait(60)
            return PlainTextResponse("late")

        app.router.routes.insert(0, APIRoute("/slow", slow))
        return app


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.open.set()


def test_a_client_with_too_many_requests_under_way_is_told_so_and_others_are_answered(connecting, bot: Bot, gate: Gate):
    app = gate.add_to(create_app(Desk(Settings(rate_limit="off"), bot)))
    url, connect = connecting(app, connections=20, client_connections=3)
    waiting = [connect(MINE, GET % b"/slow") for _ in range(3)]
    assert [gate.inside.acquire(timeout=60) for _ in waiting] == [True] * 3
    status, headers, body = reply(connect(MINE, GET % b"/api/rules"))
    assert (status, headers["retry-after"], headers["connection"]) == (429, "5", "close")
    assert json.loads(body)["error"]["code"] == "too_many_connections"
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert reply(connect(MINE, b"GET /livez HTTP/1.0\r\n\r\n"))[0] == 200  # a probe is answered, whoever asks
    assert httpx.get(f"{url}/api/rules", timeout=60).status_code == 200
    gate.open.set()
    assert [client.recv(12) for client in waiting] == [b"HTTP/1.1 200"] * 3


def test_when_every_connection_is_in_use_the_next_one_is_told_so(connecting, bot: Bot, gate: Gate):
    app = gate.add_to(create_app(Desk(Settings(rate_limit="off"), bot)))
    url, connect = connecting(app, connections=2, client_connections=2)
    waiting = [connect(MINE, GET % b"/slow") for _ in range(2)]
    assert [gate.inside.acquire(timeout=60) for _ in waiting] == [True] * 2
    sent = b"GET /api/rules HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ja\r\n\r\n"
    status, headers, body = reply(connect(HERS, sent))
    assert (status, headers["retry-after"]) == (503, "5")
    assert json.loads(body)["error"] == {
        "code": "over_capacity",
        "message": "ただいま混み合っています。数秒後にもう一度お試しください。",
    }
    assert httpx.get(f"{url}/livez", timeout=60).status_code == 200
    gate.open.set()


def test_behind_a_proxy_the_requests_of_one_client_are_bounded_and_the_proxys_connections_are_not(
    connecting, bot: Bot, gate: Gate
):
    app = gate.add_to(create_app(Desk(Settings(rate_limit="off", proxy_hops=1, client_connections=2), bot)))
    url, connect = connecting(app, connections=20, client_connections=2, proxy_hops=1)
    sent = b"GET /slow HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.%d\r\n\r\n"
    waiting = [connect(MINE, sent % n) for n in (1, 1, 2)]
    assert [gate.inside.acquire(timeout=60) for _ in waiting] == [True] * 3
    assert reply(connect(MINE, sent % 1))[0] == 429
    for address, status in (("203.0.113.1", 429), ("203.0.113.3", 200)):
        asked = httpx.get(f"{url}/api/rules", headers={"x-forwarded-for": address}, timeout=60)
        assert asked.status_code == status
    gate.open.set()
    assert [client.recv(12) for client in waiting] == [b"HTTP/1.1 200"] * 3
    assert httpx.get(f"{url}/api/rules", headers={"x-forwarded-for": "203.0.113.1"}, timeout=60).status_code == 200


def test_a_flood_of_requests_on_one_connection_is_cut(connecting, bot: Bot):
    url, connect = connecting(create_app(Desk(Settings(rate_limit="off"), bot)))
    flooding = connect(MINE, GET % b"/livez" * (PIPELINED + 2))
    replies = b""
    with suppress(ConnectionResetError):
        replies = b"".join(iter(lambda: flooding.recv(65536), b""))
    assert replies.count(b"HTTP/1.1 200") <= 1
    assert httpx.get(f"{url}/livez", timeout=60).status_code == 200
