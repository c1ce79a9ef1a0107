"""Two services count in one real Redis: the limit is theirs together, and Redis may die and come back."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from patience import PATIENCE, until
from servers import held_port

redis = pytest.importorskip("redis")
QUESTION = {"question": "What is CNI?"}
LIMIT = 10
# The service itself, except that a busy machine does not make it give up the count.
PATIENT = f"""
from functools import partial
from bot.api import health
from bot.service import desk
desk.Rate, health.PATIENCE = partial(desk.Rate, patience={PATIENCE}), {PATIENCE}
from bot.cli.kb import main
main()
"""


class Redis:
    """A redis-server of our own; it keeps nothing on disk, so a new one has counted nothing.

    `port`: one that `held_port()` keeps free for it, also while it is not there.
    """

    def __init__(self, program: str, port: int, folder: Path) -> None:
        listen = ["--port", str(port), "--bind", "127.0.0.1"]
        self._command, self._port = [program, *listen, "--save", "", "--dir", str(folder)], port
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        until(self._answers, lambda: f"redis-server does not answer after {PATIENCE} s")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)

    def forget(self) -> None:
        with self._client() as client:
            client.flushall()

    def _answers(self) -> bool:
        assert self._process.poll() is None, f"redis-server ended with {self._process.returncode}"
        try:
            with self._client() as client:
                return client.info("server")["process_id"] == self._process.pid  # not another Redis
        except redis.ConnectionError:
            return False

    def _client(self):
        return redis.Redis(port=self._port, socket_timeout=PATIENCE)


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    program = shutil.which("redis-server")
    assert program, "there is no redis-server here: apt-get install redis-server, or make browser"
    with held_port() as port:
        running = Redis(program, port, tmp_path_factory.mktemp("redis"))
        yield running
        running.kill()


@pytest.fixture(scope="module")
def both(serving, counter: Redis) -> Iterator[tuple[str, str]]:
    """The addresses of two processes with one limit."""
    given = {"program": [sys.executable, "-c", PATIENT], "rate_limit": f"{LIMIT}/day", "rate_store": counter.url}
    with serving(**given) as first, serving(**given) as other:
        yield first.url, other.url


@pytest.fixture
def pair(both: tuple[str, str], counter: Redis) -> tuple[str, str]:
    """Both, and nothing counted yet."""
    until_degraded([], *both)
    counter.forget()
    return both


def ask(url: str) -> int:
    return httpx.post(f"{url}/api/ask", json=QUESTION, timeout=PATIENCE).status_code


def degraded(url: str) -> list[str]:
    ready = httpx.get(f"{url}/readyz", timeout=PATIENCE)
    assert ready.status_code == 200, ready.text
    return ready.json()["degraded"]


def until_degraded(wanted: list[str], *urls: str) -> None:
    """Each of them says in the end that it does without these parts, and stays ready meanwhile."""
    for url in urls:
        until(lambda url=url: degraded(url) == wanted, lambda url=url: f"/readyz says {degraded(url)}, not {wanted}")


def test_the_limit_is_shared_by_both_processes(pair: tuple[str, str]):
    """Ten in all, in turn; a count of its own in each process would let twenty through."""
    statuses = [ask(pair[n % 2]) for n in range(2 * LIMIT)]
    assert statuses == [200] * LIMIT + [429] * LIMIT


def test_redis_dies_and_comes_back(pair: tuple[str, str], counter: Redis):
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429]
    counter.kill()
    # Nobody is refused for what cannot be counted. (That nobody waits long for it: test_api_rate_limit.py.)
    assert [ask(url) for url in pair] == [200, 200]
    until_degraded(["rate_limit"], *pair)
    counter.start()
    until_degraded([], *pair)
    assert [ask(pair[n % 2]) for n in range(LIMIT + 1)] == [200] * LIMIT + [429], "counted again, by both"
