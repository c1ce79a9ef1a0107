"""What the service keeps: readers' votes on answers, and which deliveries it has already handled. One SQLite file.

A connection is opened per call and every transaction is short, so threads and processes share the file safely.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

from index.errors import KbError

VERSION = 1
WAIT = 5.0  # seconds that a call waits for another process's transaction
_SCHEMA = """
create table if not exists feedback (
    answer text primary key, vote text not null, reason text, question text not null, lang text not null,
    status text not null, section text, door text not null, at text not null);
create table if not exists seen (key text primary key, until real not null);
create index if not exists seen_until on seen (until);
"""


class StoreError(KbError):
    """The file cannot be opened, read or written; nothing was kept."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's vote on one shown answer."""

    answer: str  # made by the client per shown answer
    vote: str | None  # up, down; None withdraws it
    reason: str | None  # wrong, incomplete, unclear, not_what_i_meant
    question: str
    lang: str
    status: str
    section: str | None  # of the first citation
    door: str  # web, slack
    at: str = field(default_factory=_now)  # UTC, ISO 8601, seconds


_COLUMNS = ", ".join(column.name for column in fields(Feedback))


class Store:
    """The store in `file`, made on first use with its folder. Every method may raise StoreError.

    `wait`: seconds for which a call waits until another process has ended its transaction.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.time, wait: float = WAIT) -> None:
        self._file, self._clock, self._wait = file, clock, wait

    def vote(self, feedback: Feedback) -> None:
        """Keep the vote in place of an earlier one on the same answer; forget that one if this one is None."""
        with self._transaction() as connection:
            connection.execute("delete from feedback where answer = ?", (feedback.answer,))
            if feedback.vote is not None:
                places = ", ".join("?" * len(fields(Feedback)))
                connection.execute(f"insert into feedback ({_COLUMNS}) values ({places})", astuple(feedback))

    def votes(self) -> list[Feedback]:
        """All votes, oldest first."""
        with self._transaction() as connection:
            rows = connection.execute(f"select {_COLUMNS} from feedback order by at, rowid").fetchall()
        return [Feedback(*row) for row in rows]

    def first_time(self, key: str, seconds: int) -> bool:
        """True exactly once per key within `seconds`, over all threads and processes that share the file."""
        now = self._clock()
        with self._transaction() as connection:
            connection.execute("delete from seen where until <= ?", (now,))
            added = connection.execute(
                "insert into seen (key, until) values (?, ?) on conflict (key) do nothing", (key, now + seconds)
            )
            return added.rowcount == 1

    def check(self) -> None:
        """Raise StoreError unless the store can be written and its pages are whole."""
        with self._transaction() as connection:
            # A full disk is noticed only by what is really written. The next first_time() clears it away.
            connection.execute("insert or replace into seen (key, until) values ('check', ?)", (self._clock() - 1,))
            (found,) = connection.execute("pragma quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(" ".join(found.split()))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as connection:
                connection.execute("begin immediate")
                with connection:
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self._file}: the store cannot be used ({error}). KB_STORE names a file in a folder that can be "
                "written; a damaged file can be moved away, and a new one is made"
            ) from error

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=self._wait, isolation_level=None)
        try:
            (version,) = connection.execute("pragma user_version").fetchone()
            if version > VERSION:
                raise sqlite3.DatabaseError(
                    f"it was made by a newer version of kb: {version}, this one knows {VERSION}"
                )
            if version < VERSION:
                _to_wal(connection, self._wait)
                connection.executescript(f"begin immediate; {_SCHEMA} pragma user_version = {VERSION}; commit;")
            connection.execute(
                "pragma synchronous = normal"
            )  # with WAL a crash may lose the last votes, never the file
        except BaseException:
            connection.close()
            raise
        return connection


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
