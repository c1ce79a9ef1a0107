"""A primary with a standby: the primary is killed under questions, the standby takes its place."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from servers import Server
from stores import mirror, published, run
from test_postgres_faults import ANSWER, Readers, built, degraded, look, replica, switch

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


def catch_up(primary: Server) -> None:
    """Wait until the standby has all that was written until now: this commit comes back when it is there, too."""
    with psycopg.connect(primary.address) as waiting:
        waiting.execute("set synchronous_commit = remote_apply")
        waiting.execute("select pg_logical_emit_message(true, 'tests', 'here')")


def test_a_killed_primary_costs_no_answer_and_votes_are_kept_again_once_there_is_a_new_one(
    both: tuple[Server, Server], built: Path, client, tmp_path: Path
):
    primary, standby = both
    address = address_of(both)
    switch(address, built, "a")
    catch_up(primary)
    lives = [replica(address, tmp_path / name, call=5) for name in ("one", "two")]
    with ExitStack() as running:
        clients = [running.enter_context(client(over=live, store=DatabaseStore(address))) for live in lives]
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 204
        catch_up(primary)
        readers = Readers(clients)
        running.enter_context(readers.asking())
        readers.until_more()
        primary.kill()
        readers.until_more()
        look(lives)
        assert [degraded(http) for http in clients] == [["store"]] * 2  # the standby is read
        assert clients[0].post("/api/feedback", json=ANSWER).status_code == 503
        standby.promote()
        assert clients[0].post("/api/feedback", json=ANSWER | {"answer": "answer-2"}).status_code == 204
        generation = switch(address, built, "b")
        look(lives)
        assert [live.bot.topics.index.manifest.generation for live in lives] == [generation] * 2
        readers.until_more()
        assert [degraded(http) for http in clients] == [[], []]
    assert readers.wrong == []
    assert [vote.answer for vote in DatabaseStore(address).votes()] == ["answer-1", "answer-2"]


def test_a_standby_that_lags_leads_no_replica_back(both: tuple[Server, Server], tmp_path: Path):
    primary, standby = both
    site = f"#{uuid4()}"
    published(Database(primary.address + site), tmp_path / "built", "one")
    catch_up(primary)
    with psycopg.connect(standby.address, autocommit=True) as late:
        late.execute("select pg_wal_replay_pause()")
        published(Database(primary.address + site), tmp_path / "built", "two")
        new = run(begin(Database(primary.address + site)))
        assert run(Database(standby.address + site).pointer(new)) is new
        first = mirror(Database(standby.address + site), tmp_path / "replica")
        assert first.start() is None  # with what the standby has
        late.execute("select pg_wal_replay_resume()")
    catch_up(primary)
    assert run(first.look())


def test_no_look_at_the_index_fails_while_the_primary_is_killed(both: tuple[Server, Server], tmp_path: Path):
    primary, _ = both
    address = address_of(both)
    published(Database(address), tmp_path / "built", "one")
    catch_up(primary)
    database = Database(address)
    seen = run(database.pointer())
    assert seen is not None
    for n in range(60):
        if n == 20:
            primary.kill()
        assert run(database.pointer(seen)) is seen
