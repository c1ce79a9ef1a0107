"""A database that is away or does not answer is given up in time, and what is told of it holds nothing secret."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from patience import PATIENCE
from stores import run

from index.postgres.connections import Connections, is_denied
from index.postgres.database import Database
from index.postgres.generations import ROW, file_of, generation_of, named_in, pieces
from index.remote.trouble import RemoteError, Trouble

SOURCES = [
    *(Path(__file__).parents[3] / "index/postgres").rglob("*.*"),
    *(Path(__file__).parents[3] / "bot/service").glob("store*_database.py"),
    *(Path(__file__).parents[3] / "bot/service/sql").iterdir(),
]


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"postgresql://kb@127.0.0.1:{listening.getsockname()[1]}/kb"


@pytest.fixture
def absent() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"postgresql://kb@127.0.0.1:{held.getsockname()[1]}/kb"


def test_a_silent_database_is_given_up(silent: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGPASSWORD", "SECRET")
    with pytest.raises(
        RemoteError, match=r"^postgresql://127\.0\.0\.1:\d+/kb#docs: cannot be used \(no connection"
    ) as error:
        run(Database(f"{silent}#docs", call=0.05).pointer())
    assert (error.value.trouble, "SECRET" in str(error.value)) == (Trouble.UNREACHABLE, False)


def test_an_absent_database_is_told_by_what_the_system_says(absent: str):
    with pytest.raises(RemoteError, match=r"cannot be used \(connection failed: .*Connection refused\)$") as error:
        run(Database(absent, call=PATIENCE).pointer())
    assert error.value.trouble is Trouble.UNREACHABLE


def test_work_is_not_begun_without_a_connection(absent: str):
    with pytest.raises(psycopg.OperationalError):
        Connections(absent).run(lambda connection: pytest.fail("there is none"), 5)


@pytest.mark.parametrize(
    ("error", "denied"),
    [
        (psycopg.OperationalError('connection failed: FATAL:  password authentication failed for user "kb"'), True),
        (psycopg.OperationalError('connection failed: FATAL:  role "kb" does not exist'), True),
        (psycopg.OperationalError("connection failed: Connection refused"), False),
        (psycopg.errors.InsufficientPrivilege("permission denied for schema kb"), True),
        (psycopg.errors.InvalidAuthorizationSpecification("x"), True),
        (psycopg.errors.LockNotAvailable("x"), False),
    ],
)
def test_what_another_try_cannot_change(error: psycopg.Error, denied: bool):
    assert is_denied(error) is denied


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_nothing_lives_in_a_session_which_a_pooler_lends_to_others(file: Path):
    text = file.read_text("utf-8").lower() if file.suffix in (".py", ".sql") else ""
    session = re.findall(
        r'"set (?!local )|\bpg_(?:try_)?advisory_lock|\blisten |prepare=true|"declare |create temp', text
    )
    assert session == []
    assert ("psycopg.connect(" in text) <= ("prepare_threshold=none" in text)


@pytest.mark.parametrize("size", [0, 1, ROW, ROW + 1])
def test_a_file_is_cut_into_rows_and_an_empty_one_is_there(tmp_path: Path, size: int):
    content = bytes(range(251)) * (size // 251 + 1)
    (tmp_path / "file").write_bytes(content[:size])
    cut = [*pieces(tmp_path / "file")]
    assert cut == [*pieces(content[:size])]
    assert (b"".join(piece for _, piece in cut), len(cut)) == (content[:size], max(1, -(-size // ROW)))
    assert [start for start, _ in cut] == [n * ROW for n in range(len(cut))]


@pytest.mark.parametrize(
    "name", ["words.txt", "0123456789abcdef/../x", 'g"; drop schema kb/words.txt', "0" * 17 + "/a"]
)
def test_a_name_that_is_none_of_ours_is_nobody_s_generation(name: str):
    assert (generation_of(name), file_of(name)) == ("0" * 16, "")


@pytest.mark.parametrize(
    ("pointer", "generation"),
    [(b'{"generation": "0123456789abcdef"}', "0123456789abcdef"), (b"{}", ""), (b"[]", ""), (b"{", ""), (b"\xff", "")],
)
def test_the_generation_that_a_pointer_names(pointer: bytes, generation: str):
    assert named_in(pointer) == generation
