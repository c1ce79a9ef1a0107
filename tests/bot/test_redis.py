"""Two services count in one real Redis: the limit is theirs together, and Redis may die and come back."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

redis = pytest.importorskip("redis")
QUESTION = {"question": "What is CNI?"}
LIMIT = 10
PATIENCE = 120  # seconds for what comes at once on a quiet machine
# The service itself, except that a busy machine does not make it give up the count.
PATIENT = f"""
from functools import partial
from bot.api import app, health
app.Rate, health.PATIENCE = partial(app.Rate, patience={PATIENCE}), {PATIENCE}
from bot.cli import main
main()
"""


class Redis:
    """A redis-server of our own on a free port; it keeps nothing on disk, so a new one has counted nothing."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        end = time.monotonic() + PATIENCE
        while not self._starts(_free_port()):  # another process has taken the port meanwhile
            assert time.monotonic() < end

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """On the port that it had before."""
        end = time.monotonic() + PATIENCE
        while not self._starts(self._port):
            assert time.monotonic() < end
            time.sleep(0.05)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)

    def forget(self) -> None:
        with self._client() as client:
            client.flushall()

    def _starts(self, port: int) -> bool:
        """False if it cannot have the port: then it ends."""
        self._port = port
        command = [self._program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while self._process.poll() is None:
            with suppress(redis.ConnectionError), self._client() as client:
                if client.info("server")["process_id"] == self._process.pid:  # not another Redis
                    return True
            time.sleep(0.02)
        return False

    def _client(self):
        return redis.Redis(port=self._port, socket_timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    if not (program := shutil.which("redis-server")):
        assert not os.environ.get("CI"), "no redis-server here: make redis"
        pytest.skip("no redis-server here: make redis")
    running = Redis(program, tmp_path_factory.mktemp("redis"))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def both(serving, counter: Redis) -> Iterator[tuple[str, str]]:
    """The addresses of two processes with one limit."""
    given = {"program": [sys.executable, "-c", PATIENT], "rate_limit": f"{LIMIT}/day", "rate_store": counter.url}
    with serving(**given) as one, serving(**given) as other:
        yield one.url, other.url


@pytest.fixture
def pair(both: tuple[str, str], counter: Redis) -> tuple[str, str]:
    """Both, and nothing counted yet."""
    until([], *both)
    counter.forget()
    return both


def ask(url: str) -> int:
    return httpx.post(f"{url}/api/ask", json=QUESTION, timeout=PATIENCE).status_code


def until(wanted: list[str], *urls: str) -> None:
    """Each of them says in the end that it does without these parts, and stays ready meanwhile."""
    end = time.monotonic() + PATIENCE
    for url in urls:
        while (ready := httpx.get(f"{url}/readyz", timeout=PATIENCE)).json().get("degraded") != wanted:
            assert ready.status_code == 200 and time.monotonic() < end, ready.text
            time.sleep(0.1)


def test_the_limit_is_shared_by_both_processes(pair: tuple[str, str]):
    """Ten in all, in turn; a count of its own in each process would let twenty through."""
    found = [ask(pair[n % 2]) for n in range(2 * LIMIT)]
    assert found == [200] * LIMIT + [429] * LIMIT


def test_redis_dies_and_comes_back(pair: tuple[str, str], counter: Redis):
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429]
    counter.kill()
    # Nobody is refused for what cannot be counted. (That nobody waits long for it: test_api_rate_limit.py.)
    assert [ask(url) for url in pair] == [200, 200]
    until(["rate_limit"], *pair)
    counter.start()
    until([], *pair)
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429], "counted again, by both"
