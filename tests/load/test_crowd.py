"""Many clients that send nothing and many that read slowly, with few open files: others are answered.

`make load` and `make nightly` run it: how many sockets a machine has, and how fast it is, is its own.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

pytestmark = pytest.mark.measures

IDLE, SLOW, OTHERS = 500, 50, 200
MINUTE, LONGEST = 58, 1000  # of the 60 questions that one client may ask in a minute; characters
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


def test_a_client_that_sends_its_long_questions_at_once_holds_up_nobody_else(serving, root: Path):
    """As many as it may send in a minute, each as long as it may be; the others ask one after the other meanwhile."""
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    longest = [f"{n} {' '.join(asked[n : n + 40])}"[:LONGEST] for n in range(MINUTE)]

    def ask(url: str, question: str, client: str, seconds: float = 120.0) -> float:
        began = time.perf_counter()
        with httpx.Client(transport=httpx.HTTPTransport(local_address=client), timeout=seconds) as http:
            assert http.post(f"{url}/api/ask", json={"question": question}).status_code in (200, 503)
        return time.perf_counter() - began

    def others(url: str, questions: Sequence[str], goes_on: Callable[[], bool]) -> list[float]:
        took = []
        for n, question in enumerate(questions):
            if not goes_on():
                break
            took.append(ask(url, question, f"127.0.3.{n % 200 + 1}"))
        return sorted(took)

    with serving() as running, ThreadPoolExecutor(MINUTE) as hog:
        others(running.url, asked[:10], lambda: True)  # what is loaded with the first
        alone = others(running.url, asked[: len(asked) // 2], lambda: True)
        waiting = [hog.submit(ask, running.url, question, "127.0.2.1") for question in longest]
        beside = others(running.url, asked[len(asked) // 2 :], lambda: not all(each.done() for each in waiting))
        for each in waiting:
            each.result()
    p50, p99 = (
        tuple(1000 * series[int(share * (len(series) - 1))] for series in (alone, beside)) for share in (0.5, 0.99)
    )
    print(  # noqa: T201
        f"others beside {MINUTE} long questions of one client: {len(beside)}, p50 {p50[0]:.0f} to {p50[1]:.0f} ms, "
        f"p99 {p99[0]:.0f} to {p99[1]:.0f} ms"
    )
    assert p99[1] < 2 * p99[0]
