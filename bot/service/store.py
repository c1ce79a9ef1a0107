"""What the service keeps: votes, what was asked, and which deliveries it has already handled. One SQLite file.

A connection is opened per call and every transaction is short, so threads and processes share the file safely. For
several machines store_database.py keeps the same in a database.
"""

import math
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.service.asked import Asked, Count
from bot.service.feedback import Feedback
from bot.service.store_file import opened
from bot.service.store_tables import Dialect, Tables
from bot.settings import Settings
from index.errors import KbError

WAIT = 1.0  # seconds that a call waits for another process's transaction
AT_ONCE = 1000  # old votes that one call removes, so that none takes long
SQLITE = Dialect("", "rowid", "max", "", r":\1", of_sites=False)


class StoreError(KbError):
    """The file cannot be opened, read or written; nothing was kept."""


class Store:
    """The store in the file `place`, made on first use with its folder. Every method may raise StoreError.

    `wait`: seconds for which a call waits until another process has ended its transaction. Of votes the newest `most`
    are kept, for `days` at most; of questions the newest `questions`, for `question_days`.
    """

    def __init__(
        self,
        place: Path | str,
        clock: Callable[[], float] = time.time,
        wait: float = WAIT,
        most: int = Settings.model_fields["store_votes"].default,
        days: int = Settings.model_fields["store_days"].default,
        questions: int = Settings.model_fields["keep_most"].default,
        question_days: int = Settings.model_fields["keep_days"].default,
    ) -> None:
        self._clock, self._wait, self._most, self._days = clock, wait, most, days
        self._questions, self._question_days = questions, question_days
        self._use(place)

    def _use(self, place: Path | str) -> None:
        self._file = Path(place)

    def vote(self, feedback: Feedback) -> None:
        """Keep the vote in place of an earlier one on the same answer; forget that one if this one is None."""
        with self._transaction() as connection:
            tables = _tables(connection)
            tables.vote(feedback)
            self._tidy_votes(tables)

    def votes(self, *, newest_first: bool = False) -> Iterator[Feedback]:
        """All votes, one by one, oldest first if not said otherwise."""
        with self._transaction(writing=False) as connection:
            rows = _tables(connection).page("feedback", self._oldest(self._days), newest_first=newest_first)
            yield from (Feedback(*row) for *row, _ in rows)

    def note(self, asked: Sequence[Asked]) -> None:
        """Count questions that were asked, and keep those that have a text."""
        with self._transaction() as connection:
            tables = _tables(connection)
            tables.add(asked)
            self._tidy_questions(tables)

    def questions(self) -> Iterator[Asked]:
        """The questions that are kept, one by one, oldest first."""
        with self._transaction(writing=False) as connection:
            rows = _tables(connection).page("question", self._oldest(self._question_days))
            yield from (Asked(*row) for *row, _ in rows)

    def counts(self, since: str = "") -> list[Count]:
        """How many questions were asked on a day (ISO 8601) and after it."""
        with self._transaction(writing=False) as connection:
            return _tables(connection).counts(max(since, self._oldest(self._days)))

    def forget(self, ids: Iterable[str]) -> int:
        """Delete votes (by their answers' ids) and questions; how many there were. The file is left without them."""
        with self._transaction() as connection:
            connection.execute("pragma secure_delete = on")
            return _tables(connection).forget(ids)

    def forget_counts(self, before: str) -> None:
        """Delete the counts of the days before one (ISO 8601). The file is left without them, and made anew.

        Rows that grew in place leave copies where pages were split, over which nothing is written on deletion.
        """
        with self._transaction() as connection:
            _tables(connection).forget_counts(before)
        with self._opened() as connection:
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")  # what readers still use goes when they end

    def first_time(self, key: str, seconds: int) -> bool:
        """True exactly once per key within `seconds`, over all threads and processes that share the file."""
        with self._transaction() as connection:
            self._forget_keys(connection)
            return self._add(connection, key, seconds, None)

    def fresh(self, key: str, stamp: int, seconds: int) -> bool:
        """As `first_time`, for what was signed at `stamp`, whatever the clock did meanwhile.

        What was signed before the file was made, or before something that is already forgotten, is not fresh: it
        may have come before.
        """
        with self._transaction() as connection:
            self._forget_keys(connection)
            (since,) = connection.execute("select since from memory").fetchone()
            return stamp >= since and self._add(connection, key, seconds, stamp)

    def check(self, *, whole: bool = True) -> None:
        """Raise StoreError unless the store can be written and, if `whole` is asked, its pages are whole.

        What is over goes, so that it does even where nobody votes or asks any more.
        """
        with self._transaction() as connection:
            # A full disk is noticed only by what is really written. The next first_time() clears it away.
            connection.execute("insert or replace into seen (key, until) values ('check', ?)", (self._clock() - 1,))
            self._tidy_votes(_tables(connection))
            self._tidy_questions(_tables(connection))
            if whole:
                (report,) = connection.execute("pragma quick_check(1)").fetchone()
                if report != "ok":
                    raise sqlite3.DatabaseError(" ".join(report.split()))

    def _add(self, connection: sqlite3.Connection, key: str, seconds: int, stamp: int | None) -> bool:
        added = connection.execute(
            "insert into seen (key, until, stamp) values (?, ?, ?) on conflict (key) do nothing",
            (key, self._clock() + seconds, stamp),
        )
        return added.rowcount == 1

    def _forget_keys(self, connection: sqlite3.Connection) -> None:
        """What is forgotten moves the time before which nothing is fresh: the clock may be wrong now, and go back."""
        now = (self._clock(),)
        (newest,) = connection.execute("select max(stamp) from seen where until <= ?", now).fetchone()
        if newest is not None:
            connection.execute("update memory set since = max(since, ?)", (newest + 1,))
        connection.execute("delete from seen where until <= ?", now)

    def _tidy_votes(self, tables: Tables) -> None:
        tables.expire("feedback", self._oldest(self._days), self._most, AT_ONCE)

    def _tidy_questions(self, tables: Tables) -> None:
        tables.expire("question", self._oldest(self._question_days), self._questions, AT_ONCE)
        tables.forget_counts(self._oldest(self._days))

    def _oldest(self, days: int) -> str:
        """The time `days` ago, before which nothing is kept, written as Feedback.at is."""
        oldest = datetime.fromtimestamp(self._clock(), UTC) - timedelta(days=days)
        return oldest.isoformat(timespec="seconds")

    @contextmanager
    def _transaction(self, *, writing: bool = True) -> Iterator[sqlite3.Connection]:
        with self._opened() as connection:
            connection.execute("begin immediate" if writing else "begin")
            with connection:
                yield connection

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(opened(self._file, self._wait, math.floor(self._clock()))) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self._file}: the store cannot be used ({error}). KB_STORE names a file in a folder that can be "
                "written; a damaged file can be moved away, and a new one is made"
            ) from error


def _tables(connection: sqlite3.Connection) -> Tables:
    return Tables(SQLITE, connection.execute, connection.executemany)


def store_of(settings: Settings) -> Store | None:
    """The store that the settings name; None if nothing shall be kept."""
    place = settings.store_place
    if place is None:
        return None
    kept = (time.time, WAIT, settings.store_votes, settings.store_days, settings.keep_most, settings.keep_days)
    if isinstance(place, str):
        from bot.service.store_database import DatabaseStore  # needs the extra `postgres`

        return DatabaseStore(place, *kept)
    return Store(place, *kept)
