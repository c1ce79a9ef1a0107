"""The store's file: how it is made, opened, and brought to the form of this version. Only its owner may read it."""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

VERSION = 3
_PRIVATE = 0o600  # SQLite gives the files beside it the same rights
_TABLES = """
create table if not exists feedback (
    answer text primary key, vote text not null, reason text, question text not null, lang text not null,
    status text not null, section text, door text not null, at text not null);
create table if not exists seen (key text primary key, until real not null);
create index if not exists seen_until on seen (until);
"""
# `since`: what was signed before may have been handled already.
_VERSION_2 = """
create index if not exists feedback_at on feedback (at);
alter table seen add column stamp integer;
create table memory (since integer not null);
insert into memory values ({now});
"""
# Questions that were not (wholly) answered, if they shall be kept; how many were asked, and how long the slowest took.
_VERSION_3 = """
create table question (
    id text primary key, question text not null, lang text not null, status text not null, section text,
    took_ms real not null, at text not null);
create index question_at on question (at);
create table asked (
    day text not null, lang text not null, status text not null, section text not null, count integer not null,
    slowest real not null, primary key (day, lang, status, section)) without rowid;
"""
_STEPS = (_TABLES, _VERSION_2, _VERSION_3)  # to each version from the one before


def opened(file: Path, wait: float, now: int) -> sqlite3.Connection:
    """A connection to the file, made with its folder if it is not there. Raises sqlite3.Error or OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        with suppress(OSError):  # where names cannot be linked SQLite makes it; where it cannot be made, SQLite says so
            _make_private(file)
    connection = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        if (version := _version(connection)) > VERSION:
            raise sqlite3.DatabaseError(f"it was made by a newer version of kb: {version}, this one knows {VERSION}")
        if version < VERSION:
            _to_wal(connection, wait)
            _renew(connection, now)
            for name in ("", "-wal", "-shm"):  # of an earlier version
                with suppress(OSError):  # and another user's, or not there
                    file.with_name(file.name + name).chmod(_PRIVATE)
        connection.execute("pragma synchronous = normal")  # with WAL a crash may lose the last votes, never the file
        connection.execute("pragma secure_delete = fast")  # a vote that was withdrawn is not left in the file
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(file: Path) -> None:
    """An empty file under this name, if there is still none.

    It is closed before it gets its name: closing it later would let go of what SQLite has locked in this process.
    """
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.") as made:
        Path(made.name).chmod(_PRIVATE)
        os.link(made.name, file)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("pragma user_version").fetchone()
    return int(version)


def _renew(connection: sqlite3.Connection, now: int) -> None:
    """One of several that open an old or new file at once does it; the others wait, and find it done."""
    connection.execute("begin immediate")
    try:
        if (version := _version(connection)) < VERSION:
            steps = "".join(_STEPS[version:]).format(now=now)
            for statement in filter(str.strip, steps.split(";")):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {VERSION}")
        connection.execute("commit")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("rollback")
        raise


def _to_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Several that use a new file at once: for this step SQLite says "locked" without waiting for its timeout."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
