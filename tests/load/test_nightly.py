"""For a night: many random requests, many requests, a long time. MINUTES, CASES and REQUESTS say how much."""

import asyncio
import os
import random
import socket
import string
import time
import timeit
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot.api.body_limit import BODY_SECONDS
from bot.api.csp import SitePolicy
from bot.api.patient import HEADER_SECONDS, PIPELINED
from bot.api.unread import UNREAD_SECONDS

from .client import many, open_loop, resident

pytestmark = pytest.mark.measures

MINUTES = float(os.environ.get("MINUTES", "30"))
CASES, REQUESTS = (float(os.environ.get(name, "100000")) for name in ("CASES", "REQUESTS"))
SEED = 20261123
QUESTION = {"question": "Which plugin saves VNet addresses?"}
GROWTH = 30  # MiB that memory may grow after the first tenth, when caches have their size
LETTERS = string.printable + "あア亜ｱ！　\u0000\u200b\u202e\ufeff😀é\u0301"
KEYS = [
    "question",
    "lang",
    "history",
    "answer",
    "vote",
    "reason",
    "status",
    "section",
    "aks",
    "subnet",
    "albController",
    "planned",
    "vnets",
]


def value(chance: random.Random, depth: int = 0) -> Any:
    """Any JSON value, often with the words of our own requests in it."""
    simple = (
        lambda: None,
        lambda: chance.random() < 0.5,
        lambda: chance.choice((0, -1, 10**18, 10**40, 0.5, -1e308)),
        lambda: "".join(chance.choices(LETTERS, k=chance.choice((0, 1, 8, 40, 1100)))),
        lambda: chance.choice(("ja", "en", "up", "down", "answered", "answer-1", "azure", "10.0.0.0/24", "CNI とは")),
    )
    if depth > 3 or chance.random() < 0.5:
        return chance.choice(simple)()
    if chance.random() < 0.3:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(KEYS): value(chance, depth + 1) for _ in range(chance.randrange(6))}


def request(chance: random.Random) -> dict[str, Any]:
    """A request to any address: in its form, nearly so, or not at all."""
    path = chance.choice(("/api/ask", "/api/feedback", "/api/check", "/api/rules", "/api/", "/", "/en/"))
    asked: dict[str, Any] = {"method": "POST" if path.startswith("/api/") else "GET", "url": path}
    kind = chance.random()
    if path == "/api/ask" and kind < 0.5:
        asked["json"] = {"question": value(chance, 9), "lang": chance.choice((None, "ja", "en", "fr"))}
    elif path == "/api/feedback" and kind < 0.5:
        asked["json"] = {
            **{"answer": f"answer-{chance.randrange(99)}", "vote": chance.choice(("up", "down", None, "?"))},
            **{"question": value(chance, 9), "lang": "ja", "status": "answered", "section": value(chance, 9)},
        }
    elif kind < 0.85:
        asked["json"] = value(chance)
    else:
        asked["content"] = chance.randbytes(chance.randrange(200))
        asked["headers"] = {"content-type": chance.choice(("application/json", "text/plain", "multipart/form-data"))}
    if chance.random() < 0.2:
        asked["url"] += f"?lang={chance.randrange(9)}&format={chance.choice(('sarif', 'junit', 'x', '%00'))}"
    if chance.random() < 0.1:
        asked["method"] = chance.choice(("GET", "PUT", "OPTIONS", "TRACE", "DELETE", "HEAD"))
    return asked


def test_no_random_request_is_a_fault_of_ours(serving):
    """Eight at once, so no request is refused for want of room."""
    chance, by_status = random.Random(SEED), dict[int, int]()

    async def scenario(url: str) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:

            async def reader() -> None:
                while sum(by_status.values()) < CASES:
                    asked = request(chance)
                    reply = await client.request(**asked)
                    by_status[reply.status_code] = by_status.get(reply.status_code, 0) + 1
                    assert reply.status_code < 500, asked

            await asyncio.gather(*(reader() for _ in range(8)))

    with serving() as running:
        asyncio.run(scenario(running.url))
        assert httpx.get(f"{running.url}/readyz").json()["degraded"] == []
    print("random requests by status:", dict(sorted(by_status.items())))  # noqa: T201
    assert by_status[200] > CASES / 20 and by_status[422] > CASES / 20, "both sides of the form are visited"


def test_memory_stays_flat_over_many_requests(serving):
    with serving() as running:
        tenth, held = int(REQUESTS / 10), list[float]()
        for part in range(10):
            assert {reply.status for reply in asyncio.run(many(running.url, tenth, part * tenth))} == {200}
            held.append(resident(running.process.pid))
    print(f"MiB after each tenth of {REQUESTS:g} questions:", held)  # noqa: T201
    assert max(held) < held[0] + GROWTH


def test_memory_and_answers_stay_the_same_over_time(serving):
    """Ten questions a second, far below the capacity."""
    with serving() as running:
        parts = [
            (asyncio.run(open_loop(running.url, 10, MINUTES * 6)), resident(running.process.pid)) for _ in range(10)
        ]
    print(f"p50, p99 ms and MiB over {MINUTES:g} minutes:", [(figures.p50, figures.p99, mib) for figures, mib in parts])  # noqa: T201
    assert [figures.errors + figures.shed for figures, _ in parts] == [0] * 10
    assert max(mib for _, mib in parts) < parts[0][1] + GROWTH


def test_a_site_is_read_in_no_time(site_dir: Path):
    took = min(timeit.repeat(lambda: SitePolicy(site_dir), number=1, repeat=5))
    print(f"policy of the site: {took:.3f} s")  # noqa: T201
    assert took < 0.5


def test_slow_clients_are_closed_after_their_deadlines_and_hurt_nobody(serving):
    """As tests/bot/api/test_api_deadlines.py, on the loop and the clock of `kb serve`."""
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    large = b"GET /search/search_index.json HTTP/1.1\r\nHost: a\r\n\r\n" * PIPELINED
    sent = {b"": HEADER_SECONDS, b"GET /livez HT": HEADER_SECONDS, head + b"{": BODY_SECONDS, large: UNREAD_SECONDS}
    with serving() as running, ExitStack() as opened:
        address = "127.0.0.1", urlsplit(running.url).port
        clients = []
        for kind, (begun, seconds) in enumerate(sent.items()):
            for _ in range(50):  # from an address of its own: of one client not all would be let in
                own = (f"127.0.1.{kind + 1}", 0)
                client = opened.enter_context(socket.create_connection(address, 60, source_address=own))
                client.sendall(begun)
                clients.append((client, time.monotonic() + seconds))
        times = sorted(httpx.post(f"{running.url}/api/ask", json=QUESTION).elapsed.total_seconds() for _ in range(20))
        print(f"p50 beside 200 slow clients: {1000 * times[10]:.0f} ms")  # noqa: T201
        assert times[10] < 3
        for client, due in clients:
            time.sleep(max(0.0, due + 15 - time.monotonic()))
            received = 0
            while piece := client.recv(1 << 20):
                received += len(piece)
            assert received < PIPELINED * 200_000  # not all of what was asked for
        assert time.monotonic() < clients[-1][1] + 45


def test_a_silent_store_of_the_rate_limit_holds_nobody_up(serving):
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        serving(rate_limit="1/day", rate_store=f"redis://127.0.0.1:{silent.getsockname()[1]}/0") as running,
    ):
        reply = httpx.post(f"{running.url}/api/ask", json=QUESTION, timeout=60)
    assert (reply.status_code, reply.elapsed.total_seconds() < 5) == (200, True)
