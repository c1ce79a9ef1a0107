"""What many tests share: the real site, its real index, the bot over it, and the service as a process."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue

import httpx
import longest
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from filelock import FileLock
from forked import Forking, forking
from hypothesis import settings
from patience import PATIENCE
from shell import forget

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.server import server
from bot.service.desk import Desk
from bot.service.live import Live
from bot.service.store import Store
from bot.settings import Settings
from index.build import build
from index.publishing.publish import publish
from index.records import Section
from index.storage.store import load

ROOT = Path(__file__).parents[1]
# The same examples each time, however busy the machine; `make nightly` sets EXAMPLES and draws new ones.
settings.register_profile("kb", deadline=None, derandomize=True, database=None)
settings.register_profile("nightly", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "100")))
settings.load_profile("nightly" if "EXAMPLES" in os.environ else "kb")
# What would make many tests in a row slow or refused; tests of these settings set them.
FAST = {"KB_RATE_LIMIT": "off", "KB_DRAIN_SECONDS": "0"}
KB = [sys.executable, "-c", "from bot.cli import main; main()"]
# What a service ends by the clock; no test but those of the clock is about it, and a busy machine may take that long.
CLOSING = ("server.KEEP_ALIVE_SECONDS", "patient.HEADER_SECONDS", "body_limit.BODY_SECONDS", "unread.UNREAD_SECONDS")
forget(os.environ)


@pytest.fixture(scope="session", autouse=True)
def patient_desks() -> Iterator[None]:
    """No test but those of the deadline is about it."""
    with pytest.MonkeyPatch.context() as patient:
        patient.setattr("bot.service.desk.SECONDS", PATIENCE)
        yield


@pytest.hookimpl(wrapper=True)  # marks before the others choose, files after the order was drawn
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if "site_dir" in item.fixturenames:  # `make check` has no site
            item.add_marker("slow")
    yield
    if hasattr(config, "workerinput"):  # of several processes
        items[:] = [items[at] for at in longest.first([item.path for item in items])]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The site of this repository, built strictly; nothing is done if it is up to date."""
    with only_worker():
        publish(ROOT, ROOT / "build/site")
    return ROOT / "build/site"


@pytest.fixture(scope="session")
def index_dir(site_dir: Path) -> Path:
    """Its index by the bundled model."""
    with only_worker():
        build(site_dir, ROOT / "build/site.index", "bundled")
    return ROOT / "build/site.index"


def only_worker() -> FileLock:
    """Tests run in several processes at once; the first one here builds, the others find it built."""
    (ROOT / "build").mkdir(exist_ok=True)
    return FileLock(ROOT / "build/tests.lock")


@pytest.fixture(scope="session")
def bot(index_dir: Path) -> Bot:
    return Bot.load(index_dir, "bundled")


@pytest.fixture(scope="session")
def sections(index_dir: Path) -> tuple[Section, ...]:
    return load(index_dir, "bundled").sections


@pytest.fixture(scope="session")
def run_async() -> Callable[[Coroutine[object, object, object]], object]:
    """`asyncio.run` in a thread of its own: after a test with a page, Playwright's loop runs in this one to the end."""

    def run(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return run


@pytest.fixture(scope="session")
def refusing() -> Iterator[str]:
    """An address that refuses connections: its port is taken by a socket that does not listen."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture(scope="session")
def kb() -> list[str]:
    """The `kb` program, as an argument list."""
    return KB


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a fresh shell in which this repository is importable; votes go to a file of their own."""
    store = tmp_path_factory.mktemp("store") / "votes.db"
    languages = ("LC_", "LANGUAGE")  # they go before LANG
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(languages)},
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "PYTHONFAULTHANDLER": "1",
        "KB_STORE": str(store),
        **FAST,
    }


@pytest.fixture(scope="session")
def client(bot: Bot, site_dir: Path):
    """A context manager: the service as an application in this process, over the real site, with these settings.

    `over`: another bot than that of the site. `look`: seconds for which /readyz repeats what it found.
    """

    @contextmanager
    def client(
        store: Path | Store | None = None, over: Bot | Live | None = None, look: float = 0.0, **kb: object
    ) -> Iterator[TestClient]:
        given = Settings(**{"site": site_dir, "rate_limit": "off"} | kb)
        desk = Desk(given, over or bot, Store(store) if isinstance(store, Path) else store)
        app = create_app(desk, look=look, patience=PATIENCE)
        app.state.desk = desk  # for these tests
        with TestClient(app, follow_redirects=False) as http:
            yield http

    return client


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[str], str]]:
    """Gives the address of a real "postgres 16", "postgres 18" or "pgbouncer" (before the newest), started at need."""
    from servers import VERSIONS, Server  # in tests/index

    with ExitStack() as running:

        @cache
        def server(version: int) -> Server:
            return running.enter_context(Server(version))

        @cache
        def address(name: str) -> str:
            if name == "pgbouncer":
                return running.enter_context(server(VERSIONS[-1]).pooled())
            return server(int(name.removeprefix("postgres "))).address

        yield address


@pytest.fixture(scope="session")
def listening():
    """A context manager: this application behind a real port, in a thread of this process; gives its address.

    `loop`: an event loop whose clock ends what it may; by that of `kb serve` nothing ends before the test.
    `connections`: how many there may be; `kb`: further settings.
    """

    @contextmanager
    def listening(
        app: FastAPI, loop: asyncio.AbstractEventLoop | None = None, connections: int | None = None, **kb: object
    ) -> Iterator[str]:
        with pytest.MonkeyPatch.context() as patient:
            for name in () if loop else CLOSING:
                patient.setattr(f"bot.api.{name}", PATIENCE)
            address: SimpleQueue[str] = SimpleQueue()
            running = server(app, Settings(port=0, drain_seconds=0, **kb), address.put, connections)

            def run() -> None:
                factory = (lambda: loop) if loop else running.config.get_loop_factory()
                with asyncio.Runner(loop_factory=factory) as runner:
                    runner.run(running.serve())

            thread = threading.Thread(target=run, daemon=True)
            thread.start()
            try:
                yield address.get(timeout=PATIENCE)
            finally:
                running.should_exit = True
                thread.join(PATIENCE)
                assert not thread.is_alive(), f"the service has not ended after {PATIENCE} s"

    return listening


@pytest.fixture(scope="session")
def forked(environment: dict[str, str]) -> Iterator[Forking]:
    """`kb …` as a process without the time of its start."""
    with forking(environment) as running:
        yield running


@dataclass(frozen=True)
class Service:
    """A running `kb serve`: its address, its process and what it has logged so far."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@pytest.fixture(scope="session")
def serving(index_dir: Path, site_dir: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory):
    """A context manager: `kb serve` in a process of its own, with these settings (`KB_` left out) added.

    `program`: what runs in its place.
    """

    @contextmanager
    def serving(program: Sequence[str] = KB, **kb: object) -> Iterator[Service]:
        given = {f"KB_{name.upper()}": str(value) for name, value in kb.items()}
        folders = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir)}
        log = tmp_path_factory.mktemp("service") / "log"
        with log.open("wb") as opened:
            process = subprocess.Popen(
                [*program, "serve", "--port", "0"],
                env=environment | folders | given,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=opened,
            )
        try:
            address = _address(process, log)
            urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE).close()  # 200, or it raises
            yield Service(address, process, log)
            # A test that ends the service itself sees 0; anything else is a crash, and its log says more.
            assert process.poll() in (None, 0), f"kb serve ended with {process.returncode}:\n{log.read_text()[-3000:]}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
            finally:
                process.stdout.close()

    return serving


@pytest.fixture(scope="session")
def connecting_anew():
    """Makes an HTTP client of a real service that opens a connection for each request.

    A kept one may be closed by the service, idle for its 5 seconds, at the moment when the client uses it again.
    """

    def connecting_anew(url: str) -> httpx.Client:
        return httpx.Client(base_url=url, timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0))

    return connecting_anew


@pytest.fixture(scope="session")
def service(serving) -> Iterator[str]:
    """`kb serve` in a process of its own: the address it answers at."""
    with serving() as running:
        yield running.url


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where it takes connections, as it prints; the system has chosen the port, so no other process has it."""
    assert process.stdout
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    try:
        for line in process.stdout:
            if line.startswith(b"http"):
                return line.split()[0].decode().rstrip("/")
    finally:
        late.cancel()
    raise AssertionError(f"kb serve takes no connections ({process.wait()}):\n{log.read_text()[-3000:]}")
