"""A primary with a standby: the primary is killed under questions, the standby takes its place."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from servers import Server
from stores import mirror, published, run
from test_postgres_faults import ANSWER, Readers, built, degraded, replica, switch, until

from bot.service.store_database import DatabaseStore
from index.postgres.database import Database
from index.remote.upload import begin

pytestmark = pytest.mark.measures
__all__ = ["built"]  # a fixture


@pytest.fixture
def both() -> Iterator[tuple[Server, Server]]:
    with Server() as primary, Server(primary=primary) as standby:
        yield primary, standby


def address_of(both: tuple[Server, Server]) -> str:
    hosts = ",".join(f"127.0.0.1:{server.port}" for server in both)
    return f"postgresql://kb@{hosts}/postgres?target_session_attrs=any&load_balance_hosts=random#{uuid4()}"


def caught_up(primary: Server, standby: Server) -> Callable[[], bool]:
    """Whether the standby has all that the primary wrote until now."""
    with psycopg.connect(primary.address) as looking:
        (wanted,) = looking.execute("select pg_current_wal_lsn()").fetchone() or (None,)

    def reached() -> bool:
        with psycopg.connect(standby.address) as looking:
            row = looking.execute("select pg_last_wal_replay_lsn() >= %s::pg_lsn", (wanted,)).fetchone()
        return row == (True,)

    return reached


def test_a_killed_primary_costs_no_answer_and_votes_are_kept_again_once_there_is_a_new_one(
    both: tuple[Server, Server], built: Path, client, tmp_path: Path
):
    primary, standby = both
    address = address_of(both)
    switch(address, built, "a")
    until(caught_up(primary, standby))
    lives = [replica(address, tmp_path / name, call=5) for name in ("one", "two")]
    with ExitStack() as running:
        clients = [running.enter_context(client(over=live, store=DatabaseStore(address))) for live in lives]
        for live in lives:
            running.enter_context(live.watching(0.01))
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 204
        until(caught_up(primary, standby))
        readers = Readers(clients)
        running.enter_context(readers.asking())
        readers.until_more()
        primary.kill()
        readers.until_more()
        until(lambda: all("index_store" not in degraded(http) for http in clients))  # the standby is read
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 503
        standby.promote()
        until(lambda: clients[0].post("/api/feedback", json=ANSWER | {"answer": "answer-2"}).status_code == 204)
        generation = switch(address, built, "b")
        until(lambda: all(live.bot.topics.index.manifest.generation == generation for live in lives))
        readers.until_more()
        until(lambda: all(degraded(http) == [] for http in clients))
    assert readers.wrong == []
    assert [vote.answer for vote in DatabaseStore(address).votes()] == ["answer-1", "answer-2"]


def test_a_standby_that_lags_leads_no_replica_back(both: tuple[Server, Server], tmp_path: Path):
    primary, standby = both
    site = f"#{uuid4()}"
    published(Database(primary.address + site), tmp_path / "built", "one")
    until(caught_up(primary, standby))
    with psycopg.connect(standby.address, autocommit=True) as late:
        late.execute("select pg_wal_replay_pause()")
        published(Database(primary.address + site), tmp_path / "built", "two")
        new = run(begin(Database(primary.address + site)))
        assert run(Database(standby.address + site).pointer(new)) is new
        first = mirror(Database(standby.address + site), tmp_path / "replica")
        assert first.start() is None  # with what the standby has
        late.execute("select pg_wal_replay_resume()")
    until(lambda: run(first.look()))


def test_no_look_at_the_index_fails_while_the_primary_is_killed(both: tuple[Server, Server], tmp_path: Path):
    primary, standby = both
    address = address_of(both)
    published(Database(address), tmp_path / "built", "one")
    until(caught_up(primary, standby))
    database = Database(address)
    seen = run(database.pointer())
    assert seen is not None
    for n in range(60):
        if n == 20:
            primary.kill()
        assert run(database.pointer(seen)) is seen
