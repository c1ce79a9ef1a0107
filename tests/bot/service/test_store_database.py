"""The store in a database that cannot be used: votes get a clear refusal, and nothing else is held up."""

import inspect
import socket
from collections.abc import Callable, Iterator

import psycopg
import pytest
from votes import VOTE

from bot.service.asked import Asked
from bot.service.store import Store, StoreError, store_of
from bot.service.store_database import DatabaseStore
from bot.settings import read_settings
from index.errors import KbError

ANSWER = {"answer": "answer-1", "vote": "up", "question": "?", "lang": "en", "status": "answered"}
DATABASE = "postgresql://kb@host/kb#docs"


@pytest.fixture
def silent() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"postgresql://kb@127.0.0.1:{listening.getsockname()[1]}/kb"


def test_it_has_each_method_of_the_store_itself():
    """What one of them inherited would be looked for in a file that is not there."""
    public = [name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")]
    assert [name for name in public if name not in vars(DatabaseStore)] == []


def test_a_vote_says_what_is_wrong_and_repeats_no_password(silent: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGPASSWORD", "SECRET")
    with pytest.raises(StoreError, match=r"^postgresql://127.*: the store cannot be used \(no connection in") as error:
        DatabaseStore(silent, wait=0.05).vote(VOTE)
    assert ("PGPASSWORD" in str(error.value), "SECRET" in str(error.value)) == (True, False)


@pytest.mark.measures
def test_what_tells_a_repeated_note_is_forgotten_though_no_key_is_ever_asked_for(servers: Callable[[str], str]):
    address, now = servers("postgres 18"), [1_796_000_000.0]
    store = DatabaseStore(f"{address}#notes", lambda: now[0], wait=120)
    for n in range(4):
        store.note([Asked(f"id-{n}", None, "en", "answered", None, 1.0, "2026-11-26T00:00:00+00:00")])
        now[0] += 601
    with psycopg.connect(address) as connection:
        assert connection.execute("select count(*) from kb.seen where site = 'notes'").fetchone() == (1,)


def test_without_its_database_the_service_answers_and_says_so(client, silent: str):
    with client(store=DatabaseStore(silent, wait=0.05)) as http:
        assert http.post("/api/ask", json={"question": "What is CNI?"}).json()["status"] == "answered"
        refused = http.post("/api/feedback", json=ANSWER)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
        ready = http.get("/readyz")
        assert (ready.status_code, ready.json()["degraded"]) == (200, ["store"])
        assert http.get("/livez").status_code == 200


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"store": DATABASE}, DATABASE),
        ({"index": DATABASE}, DATABASE),
        ({"index": DATABASE, "store": "off"}, None),
        ({"index": DATABASE, "store": "votes.db"}, "votes.db"),
        ({"index": "s3://bucket/kb"}, "build/store.db"),
    ],
)
def test_votes_are_in_the_database_of_the_index_unless_another_place_is_named(given: dict[str, str], place: str | None):
    settings = read_settings(**given)
    assert (settings.store_place and str(settings.store_place)) == place
    assert isinstance(store_of(settings), DatabaseStore) is (place == DATABASE)


@pytest.mark.parametrize("address", ["s3://bucket/votes", "postgresql://kb:SECRET@host/kb", "sqlite:///votes.db"])
def test_an_address_that_is_no_database_s_is_refused(address: str):
    with pytest.raises(KbError, match="name a file, a database such as") as error:
        read_settings(store=address)
    assert "SECRET" not in str(error.value)
