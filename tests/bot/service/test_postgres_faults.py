"""Replicas over a real PostgreSQL that is killed, stopped, locked or switched under questions: no answer fails."""

import operator
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from patience import PATIENCE
from servers import Server
from stores import run
from twosites import FACTS, first_index, version_of, write_site
from votes import VOTE

from bot.service.live import Live
from bot.service.store import StoreError
from bot.service.store_database import DatabaseStore
from index.encoder.protocol import Encoder
from index.postgres.database import Database
from index.remote.mirror import Mirror
from index.remote.pull import Bounds, reader_with
from index.remote.trouble import LostError
from index.remote.upload import begin, publish

SWITCHES = int(os.environ.get("SWAPS", "20"))
QUESTION = {"question": next(iter(FACTS))}
ANSWER = {"answer": "answer-1", "vote": "up", "question": "?", "lang": "en", "status": "answered"}
DYING = """
import os, signal, sys
from pathlib import Path
from index.postgres.database import Database
from index.remote.upload import begin, publish
from index.remote.waiting import wait_for

class Dying(Database):
    async def put(self, name, content, most):
        await super().put(name, content, most)
        self.left = getattr(self, "left", int(sys.argv[3])) - 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

database = Dying(sys.argv[1])
wait_for(publish(database, Path(sys.argv[2]), wait_for(begin(database))))
"""
pytestmark = pytest.mark.measures


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of each of both versions of a site."""
    folder = tmp_path_factory.mktemp("postgres")
    for version in "ab":
        first_index(write_site(folder / version, version), folder / f"{version}.index")
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def address(server: Server, built: Path) -> str:
    """A new site of the database, which holds version a."""
    address = f"{server.address}#{uuid4()}"
    switch(address, built, "a")
    return address


def switch(address: str, built: Path, version: str) -> str:
    database = Database(address)
    return run(publish(database, built / f"{version}.index", run(begin(database)))).generation


def replica(address: str, folder: Path, call: float = 30.0) -> Live:
    def follow(folder: Path, encoder: Encoder) -> Mirror:
        return Mirror(Database(address, call), folder, reader_with(encoder), 0.01, Bounds())

    return Live(folder, "bundled", follow=follow)


def look(lives: list[Live]) -> None:
    """Each replica looks at the database once."""
    for live in lives:
        assert live.mirror is not None
        run(live.mirror.look())
        live.look()


class Readers:
    """Threads that ask the services; `asked` counts what was answered, `wrong` keeps what was not."""

    def __init__(self, services: list[httpx.Client]) -> None:
        self._services, self._ended, self._said = services, threading.Event(), threading.Condition()
        self.asked, self.wrong, self.versions = [0] * len(services), list[str](), set[frozenset[str]]()

    def _ask(self, number: int) -> None:
        for n, question in enumerate(cycle(FACTS)):
            if self._ended.is_set():
                return
            given = {"question": question, "history": [{"question": f"CNI {n}?"}]}  # none is answered from memory
            reply = self._services[number].post("/api/ask", json=given)
            answered = reply.status_code == 200 and reply.json()["status"] == "answered"
            with self._said:
                if answered:
                    self.versions.add(frozenset(version_of(reply.json())))
                    self.asked[number] += 1
                else:
                    self.wrong.append(f"{reply.status_code} {reply.text[:200]}")
                self._said.notify_all()
            if not answered:
                return

    @contextmanager
    def asking(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._ask, args=[n]) for n in range(len(self._services))]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join(PATIENCE)

    def until_more(self, more: int = 3) -> None:
        with self._said:
            enough = [count + more for count in self.asked]
            assert self._said.wait_for(
                lambda: bool(self.wrong) or all(map(operator.ge, self.asked, enough)), timeout=PATIENCE
            )
            assert self.wrong == []


@pytest.fixture
def services(client, address: str, tmp_path: Path) -> Iterator[tuple[list[Live], list[httpx.Client]]]:
    """Two replicas that follow the index, whenever they `look`, and keep votes in the same database."""
    lives = [replica(address, tmp_path / name, call=2) for name in ("one", "two")]
    with ExitStack() as running:
        yield lives, [running.enter_context(client(over=live, store=DatabaseStore(address))) for live in lives]


def degraded(http: httpx.Client) -> list[str]:
    ready = http.get("/readyz")
    assert ready.status_code == 200
    return ready.json()["degraded"]


def test_two_replicas_share_votes_and_seen_requests(services, address: str):
    _, (first, other) = services
    assert first.post("/api/feedback", json=ANSWER).status_code == 204
    assert other.post("/api/feedback", json=ANSWER | {"answer": "answer-2", "vote": "down"}).status_code == 204
    assert [vote.answer for vote in DatabaseStore(address).votes()] == ["answer-1", "answer-2"]
    now = int(time.time()) + 1
    stores = [http.app.state.desk.store for http in (first, other)]
    assert [stores[n].fresh("signature", now, 600) for n in (0, 1, 0)] == [True, False, False]


def test_a_database_that_is_killed_and_comes_back_costs_no_answer(services, server: Server, built: Path, address: str):
    lives, clients = services
    readers = Readers(clients)
    with readers.asking():
        readers.until_more()
        server.kill()
        look(lives)
        assert [degraded(http) for http in clients] == [["index_store", "store"]] * 2
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 503
        readers.until_more()
        server.start()
        generation = switch(address, built, "b")
        look(lives)
        assert [degraded(http) for http in clients] == [[], []]
        assert [live.bot.topics.index.manifest.generation for live in lives] == [generation] * 2
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 204
        readers.until_more()
    assert readers.wrong == []


def test_switches_under_questions_fail_none_and_mix_none(services, address: str, built: Path):
    lives, clients = services
    readers = Readers(clients)
    with readers.asking():
        for _, version in zip(range(SWITCHES), cycle("ba"), strict=False):
            generation = switch(address, built, version)
            look(lives)
            assert [live.bot.topics.index.manifest.generation for live in lives] == [generation] * 2
            readers.until_more(1)
    assert (readers.wrong, readers.versions) == ([], {frozenset("a"), frozenset("b")})


def test_a_database_that_was_stopped_holds_up_no_answer_and_no_probe(services, server: Server):
    lives, clients = services
    server.signal(signal.SIGSTOP)
    try:
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 503
        look(lives)
        assert [degraded(http) for http in clients] == [["index_store", "store"]] * 2
        assert clients[0].post("/api/ask", json=QUESTION).json()["status"] == "answered"
    finally:
        server.signal(signal.SIGCONT)
    look(lives)
    assert [degraded(http) for http in clients] == [[], []]


def test_a_locked_table_refuses_votes_and_leaves_nothing_waiting_on_the_server(address: str, server: Server):
    store = DatabaseStore(address)
    store.vote(VOTE)
    with psycopg.connect(server.address) as other:
        other.execute("lock table kb.feedback in access exclusive mode")
        refused = pytest.raises(StoreError, match="the store cannot be used")
        with server.saying("canceling statement due to statement timeout"), refused:
            store.vote(replace(VOTE, answer="answer-2"))
        waiting = "select count(*) from pg_stat_activity where application_name = 'cni-kb' and wait_event_type = 'Lock'"
        with psycopg.connect(server.address, autocommit=True) as third:
            assert third.execute(waiting).fetchone() == (0,)
    store.vote(replace(VOTE, answer="answer-2"))
    assert [vote.answer for vote in store.votes()] == ["answer-1", "answer-2"]


@pytest.mark.parametrize("after", [1, 4])
def test_a_builder_that_is_killed_in_mid_publish_leaves_the_old_generation(
    address: str, built: Path, tmp_path: Path, root: Path, after: int
):
    command = [sys.executable, "-c", DYING, address, str(built / "b.index"), str(after)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    live = replica(address, tmp_path / "replica")
    assert version_of(asdict(live.bot.ask(QUESTION["question"]))) == {"a"}
    switch(address, built, "b")
    assert live.mirror is not None and run(live.mirror.look())
    live.look()
    assert version_of(asdict(live.bot.ask(QUESTION["question"]))) == {"b"}


def test_of_builders_that_switch_at_the_same_moment_one_wins(address: str, built: Path):
    databases = [Database(address) for _ in range(4)]
    seen = [run(begin(database)) for database in databases]
    together, outcomes = threading.Barrier(4), list[str]()

    def work(number: int) -> None:
        content = (built / "b.index/manifest.json").read_bytes() + b" " * number  # each its own
        together.wait(PATIENCE)
        try:
            run(databases[number].switch(content, seen[number]))
            outcomes.append("won")
        except LostError:
            outcomes.append("lost")

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(outcomes) == ["lost", "lost", "lost", "won"]
