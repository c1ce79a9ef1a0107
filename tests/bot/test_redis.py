"""Two services count in one real Redis: the limit is theirs together, and Redis may die and come back."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

QUESTION = {"question": "What is CNI?"}
LIMIT = 10


class Redis:
    """A redis-server of our own on a free port; it keeps nothing on disk, so a new one has counted nothing."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("redis-server did not start in 5 s")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not (program := shutil.which("redis-server")):
        assert not os.environ.get("CI"), "no redis-server here: make redis"
        pytest.skip("no redis-server here: make redis")
    pytest.importorskip("redis")
    running = Redis(program, tmp_path)
    yield running
    running.kill()


@pytest.fixture
def pair(serving, redis: Redis) -> Iterator[tuple[str, str]]:
    """The addresses of two processes with one limit."""
    given = {"rate_limit": f"{LIMIT}/hour", "rate_store": redis.url}
    with serving(**given) as one, serving(**given) as other:
        yield one.url, other.url


def ask(url: str) -> int:
    return httpx.post(f"{url}/api/ask", json=QUESTION, timeout=30).status_code


def until(wanted: list[str], *urls: str) -> None:
    """Each of them says within 20 s that it does without these parts, and stays ready meanwhile."""
    end = time.monotonic() + 20
    for url in urls:
        while (ready := httpx.get(f"{url}/readyz", timeout=30)).json().get("degraded") != wanted:
            assert ready.status_code == 200 and time.monotonic() < end, ready.text
            time.sleep(0.2)


def test_the_limit_is_shared_by_both_processes(pair: tuple[str, str]):
    """Ten in all, in turn; a count of its own in each process would let twenty through."""
    found = [ask(pair[n % 2]) for n in range(2 * LIMIT)]
    assert found == [200] * LIMIT + [429] * LIMIT


def test_redis_dies_and_comes_back(pair: tuple[str, str], redis: Redis):
    until([], *pair)
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429]
    redis.kill()
    # Nobody is refused for what cannot be counted, and nobody waits long for it.
    started = time.monotonic()
    assert [ask(url) for url in pair] == [200, 200]
    assert time.monotonic() - started < 10
    until(["rate_limit"], *pair)
    redis.start()
    until([], *pair)
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429], "counted again, by both"
