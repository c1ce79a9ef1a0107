"""Many clients that send nothing and many that read slowly, with few open files: others are answered.

`make load` and `make nightly` run it: how many sockets a machine has, and how fast it is, is its own.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import pytest

pytestmark = pytest.mark.measures

IDLE, SLOW, OTHERS = 500, 50, 200
FILES = 1024  # of the process: what a shell gives by default
FILE = "/search/search_index.json"
QUESTION = {"question": "Which plugin saves VNet addresses?"}


@pytest.mark.parametrize("spread", [False, True], ids=["of one client", "of many clients"])
def test_idle_sockets_and_slow_readers_hurt_nobody(serving, kb: list[str], spread: bool):
    """`spread`: each slow client comes from an address of its own."""
    with serving(["sh", "-c", f'ulimit -n {FILES} && exec "$0" "$@"', *kb]) as running, ExitStack() as opened:
        address, ended = ("127.0.0.1", urlsplit(running.url).port), threading.Event()

        def connect(n: int, sent: bytes) -> socket.socket:
            source = f"127.0.2.{n % 250 + 1}" if spread else "127.0.1.1"
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made.bind((source, 0))
            made.connect(address)
            made.sendall(sent)
            return opened.enter_context(made)

        slow = [connect(n, f"GET {FILE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 20) for n in range(SLOW)]
        idle = [connect(n, b"") for n in range(IDLE)]

        def read_slowly() -> None:
            while not ended.wait(1):
                for client in slow:
                    with suppress(OSError):
                        client.recv(1000, socket.MSG_DONTWAIT)

        reading = threading.Thread(target=read_slowly, daemon=True)
        reading.start()
        asked: dict[str, Callable[[httpx.Client], httpx.Response]] = {
            "/readyz": lambda http: http.get("/readyz"),
            FILE: lambda http: http.get(FILE),
            "/api/ask": lambda http: http.post("/api/ask", json=QUESTION),
        }
        for path, ask in asked.items():
            seconds = []
            for _ in range(OTHERS):
                began = time.perf_counter()
                with httpx.Client(base_url=running.url, timeout=30) as http:
                    assert ask(http).status_code == 200, path
                seconds.append(time.perf_counter() - began)
            print(f"{path} beside {IDLE} idle and {SLOW} slow: p99 {1000 * sorted(seconds)[-3]:.0f} ms")  # noqa: T201
        ended.set()
        reading.join()
        assert idle and running.process.poll() is None
