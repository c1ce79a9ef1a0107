"""The file of a store: who may read it, what becomes of an older, a newer and a damaged one."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from votes import VOTE

from bot.service.store import Store, StoreError, store_of
from bot.settings import OFF, Settings


def test_only_the_owner_may_read_the_files(file: Path):
    store = Store(file)
    store.vote(VOTE)
    with closing(sqlite3.connect(file)) as connection:  # while one is open, two more lie beside it
        connection.execute("select * from feedback").fetchall()
        rights = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert rights == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


# What the version before left: its tables, a vote, a file that everybody may read.
VERSION_1 = """
create table feedback (
    answer text primary key, vote text not null, reason text, question text not null, lang text not null,
    status text not null, section text, door text not null, at text not null);
create table seen (key text primary key, until real not null);
create index seen_until on seen (until);
insert into feedback values ('answer-0', 'up', null, 'q', 'en', 'answered', null, 'web', '2026-11-01T00:00:00+00:00');
insert into seen values ('a', 2000000000.0);
pragma user_version = 1;
"""


def test_the_file_of_the_version_before_is_taken_over(file: Path):
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(VERSION_1)
    file.chmod(0o644)
    store = Store(file, lambda: 1_796_000_000.0)
    assert [kept.answer for kept in store.votes()] == ["answer-0"]
    assert [store.first_time("a", 60), store.fresh("b", 1_796_000_000, 60)] == [False, True]
    assert store.fresh("c", 1_795_999_999, 60) is False  # it may have come to the version before
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_whole_store_passes_its_check(file: Path):
    Store(file).check()
    Store(file).vote(VOTE)
    Store(file).check()


@pytest.mark.parametrize("damage", ["no database", "cut", "overwritten"])
def test_a_damaged_file_is_named(file: Path, damage: str):
    store = Store(file)
    for number in range(200):
        store.vote(replace(VOTE, answer=f"answer-{number}"))
    whole = file.read_bytes()
    file.write_bytes(
        {
            "no database": b"these are no votes " * 500,
            "cut": whole[: len(whole) // 2],
            "overwritten": whole[:4096] + b"\xa5" * (len(whole) - 4096),
        }[damage]
    )
    with pytest.raises(StoreError, match=r"store\.db: the store cannot be used \(.+\)\. KB_STORE"):
        store.check()


def test_a_check_reads_every_page_unless_it_is_told_not_to(file: Path):
    """A vote in the middle of the file, where nothing is written or forgotten."""
    store = Store(file)
    for number in range(400):
        store.vote(replace(VOTE, answer=f"answer-{number}"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    whole = file.read_bytes()
    page = whole.index(b"answer-200") // 4096 * 4096
    file.write_bytes(whole[: page + 100] + b"\xa5" * 3996 + whole[page + 4096 :])
    store.check(whole=False)
    with pytest.raises(StoreError, match="the store cannot be used"):
        store.check()


def test_where_nothing_shall_be_kept_there_is_no_store(file: Path):
    assert store_of(Settings(store=OFF)) is None and isinstance(store_of(Settings(store=file)), Store)


def test_a_newer_file_is_left_alone(file: Path):
    Store(file).vote(VOTE)
    with sqlite3.connect(file) as connection:
        connection.execute("pragma user_version = 9")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store(file).vote(VOTE)


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / "store.db")
    for call in (lambda: list(store.votes()), store.check, lambda: store.vote(VOTE), lambda: store.first_time("a", 1)):
        with pytest.raises(StoreError, match=r"file/store\.db"):
            call()


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that other users may enter; those of pytest are private."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


# A process of its own: one that is root becomes nobody, for whom alone a folder can be read-only.
NOBODY = """
import os, pathlib, sys
from bot.service.feedback import Feedback
from bot.service.store import Store, StoreError
try:
    if os.geteuid() == 0: os.seteuid(65534)
except PermissionError:
    sys.exit(77)
try:
    Store(pathlib.Path(sys.argv[1])).vote(Feedback("a", "up", None, "q", "en", "answered", None, "web"))
except StoreError as error:
    print(error)
"""


def test_a_folder_that_may_only_be_read(everybodys: Path, root: Path):
    folder = everybodys / "read only"
    folder.mkdir(mode=0o555)
    command = [sys.executable, "-c", NOBODY, str(folder / "store.db")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("root may not become another user here")
    assert (done.returncode, done.stderr) == (0, "")
    assert "read only/store.db: the store cannot be used (unable to open" in done.stdout


def test_what_a_check_wrote_is_gone_with_the_next_key(file: Path):
    store = Store(file, clock=lambda: 1000.0)
    store.check()
    store.check()
    assert store.first_time("check", 60) is True
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select key, until from seen").fetchall() == [("check", 1060.0)]
