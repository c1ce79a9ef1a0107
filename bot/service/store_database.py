"""The store of votes in PostgreSQL, shared by all replicas: what store.py keeps in a file, by the same rules.

Each call is one transaction that may be tried again on another connection, so it does the same when done twice.
"""

import math
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from bot.service.asked import Asked, Count
from bot.service.feedback import Feedback
from bot.service.store import AT_ONCE, Store, StoreError
from bot.service.store_tables import Dialect, Place, Rows, Table, Tables
from index.postgres.connections import Connections
from index.postgres.migrate import migrate
from index.remote.address import database_and_site, shown

SQL = Path(__file__).with_name("sql")
POSTGRES = Dialect("kb.", "number", "greatest", " for update skip locked", r"%(\1)s", of_sites=True)
_ABSENT = (errors.UndefinedTable, errors.InvalidSchemaName)
T = TypeVar("T")


class DatabaseStore(Store):
    """The votes of one site in the database at `address`. Every method may raise StoreError, after `wait` seconds."""

    def _use(self, place: Path | str) -> None:
        database, self._site = database_and_site(str(place))
        self._shown = shown(str(place))
        self._connections = Connections(database, target_session_attrs="read-write")
        self._made = False

    def vote(self, feedback: Feedback) -> None:
        """Keep the vote in place of an earlier one on the same answer; forget that one if this one is None."""

        def work(connection: psycopg.Connection) -> None:
            tables = self._tables(connection)
            tables.vote(feedback)
            self._tidy_votes(tables)

        self._run(work)

    def votes(self, *, newest_first: bool = False) -> Iterator[Feedback]:
        """All votes, one by one, oldest first if not said otherwise; where nobody voted yet there are none."""
        yield from (Feedback(*row) for row in self._rows("feedback", self._days, newest_first=newest_first))

    def note(self, asked: Sequence[Asked]) -> None:
        """Count questions that were asked, and keep those that have a text."""
        batch, until = f"note:{secrets.token_hex(8)}", self._clock() + 600
        over = """
            delete from kb.seen where site = %s and key in (
                select key from kb.seen where site = %s and until <= %s and key like 'note:%%'
                limit %s for update skip locked)"""

        def work(connection: psycopg.Connection) -> None:
            once = "insert into kb.seen values (%s, %s, %s, null, '') on conflict do nothing"
            if connection.execute(once, (self._site, batch, until)).rowcount:  # else it was counted by the try before
                tables = self._tables(connection)
                tables.add(asked)
                connection.execute(over, (self._site, self._site, self._clock(), AT_ONCE))
                self._tidy_questions(tables)

        self._run(work)

    def questions(self) -> Iterator[Asked]:
        """The questions that are kept, one by one, oldest first."""
        yield from (Asked(*row) for row in self._rows("question", self._question_days))

    def counts(self, since: str = "") -> list[Count]:
        """How many questions were asked on a day (ISO 8601) and after it."""
        oldest = max(since, self._oldest(self._days))
        return self._read(lambda connection: self._tables(connection).counts(oldest))

    def forget(self, ids: Iterable[str]) -> int:
        """Delete votes (by their answers' ids) and questions; how many there were."""
        given = list(ids)
        return self._run(lambda connection: self._tables(connection).forget(given))

    def forget_counts(self, before: str) -> None:
        """Delete the counts of the days before one (ISO 8601)."""
        self._run(lambda connection: self._tables(connection).forget_counts(before))

    def first_time(self, key: str, seconds: int) -> bool:
        """True exactly once per key within `seconds`, over all replicas that share the database."""
        return self._admitted(key, seconds, None)

    def fresh(self, key: str, stamp: int, seconds: int) -> bool:
        """As Store.fresh."""
        return self._admitted(key, seconds, stamp)

    def check(self, *, whole: bool = True) -> None:
        """Raise StoreError unless the database can be written; whether it is whole, its own tools tell."""

        def work(connection: psycopg.Connection) -> None:
            written = """
                insert into kb.seen values (%s, 'check', %s, null, '')
                on conflict (site, key) do update set until = excluded.until"""
            connection.execute(written, (self._site, self._clock() - 1))
            tables = self._tables(connection)
            self._tidy_votes(tables)
            self._tidy_questions(tables)

        self._run(work)

    def _admitted(self, key: str, seconds: int, stamp: int | None) -> bool:
        now, token = self._clock(), secrets.token_hex(8)

        def work(connection: psycopg.Connection) -> bool:
            # One at a time: what another call forgets meanwhile must not be taken for what never came.
            since = self._memory(connection, now)
            gone = "delete from kb.seen where site = %s and until <= %s returning stamp"
            newest = [row[0] for row in connection.execute(gone, (self._site, now)) if row[0] is not None]
            if newest and max(newest) + 1 > since:
                since = max(newest) + 1
                connection.execute("update kb.memory set since = %s where site = %s", (since, self._site))
            if stamp is not None and stamp < since:
                return False
            connection.execute(
                "insert into kb.seen values (%s, %s, %s, %s, %s) on conflict (site, key) do nothing",
                (self._site, _text(key), now + seconds, stamp, token),
            )
            # The token: where the answer to our own insertion was lost, it is still ours.
            kept = "select token from kb.seen where site = %s and key = %s"
            return connection.execute(kept, (self._site, _text(key))).fetchone() == (token,)

        return self._run(work)

    def _memory(self, connection: psycopg.Connection, now: float) -> int:
        known = "select since from kb.memory where site = %s for update"
        row = connection.execute(known, (self._site,)).fetchone()
        if row is None:
            begun = "insert into kb.memory values (%s, %s) on conflict do nothing"
            connection.execute(begun, (self._site, math.floor(now)))
            row = connection.execute(known, (self._site,)).fetchone()
        return int(row[0]) if row else math.floor(now)

    def _page(
        self, table: Table, oldest: str, after: Place | None, newest_first: bool, connection: psycopg.Connection
    ) -> list[tuple[Any, ...]]:
        tables = self._tables(connection)
        return list(tables.page(table, oldest, newest_first=newest_first, after=after, most=AT_ONCE))

    def _rows(self, table: Table, days: int, *, newest_first: bool = False) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, read some at a time; the last value of each is the time at which it was kept."""
        oldest, last = self._oldest(days), None
        while page := self._read(partial(self._page, table, oldest, last, newest_first)):
            yield from (row[:-1] for row in page)
            last = page[-1][-2:]

    def _tables(self, connection: psycopg.Connection) -> Tables:
        def execute(statement: str, given: Mapping[str, object]) -> Rows:
            return connection.execute(statement.encode(), _storable(given))

        def executemany(statement: str, given: Sequence[Mapping[str, object]]) -> Rows:
            cursor = connection.cursor()
            cursor.executemany(statement.encode(), list(map(_storable, given)))
            return cursor

        return Tables(POSTGRES, execute, executemany, self._site)

    def _read(self, work: Callable[[psycopg.Connection], list[T]]) -> list[T]:
        """What work gives; nothing where there are no tables: only who writes makes them."""

        def attempt(connection: psycopg.Connection) -> list[T]:
            try:
                return work(connection)
            except _ABSENT:
                return []

        return self._within(attempt)

    def _run(self, work: Callable[[psycopg.Connection], T]) -> T:
        """What work gives once there are tables."""

        def made(connection: psycopg.Connection) -> T:
            if not self._made:
                migrate(connection, "votes", SQL)
            self._made = False  # until it went well: somebody may have made the database anew
            done = work(connection)
            self._made = True
            return done

        return self._within(made)

    def _within(self, work: Callable[[psycopg.Connection], T]) -> T:
        try:
            return self._connections.run(work, self._wait)
        except psycopg.Error as error:
            why = (error.diag.message_primary or str(error).partition("\n")[0] or type(error).__name__).strip()
            raise StoreError(
                f"{self._shown}: the store cannot be used ({why}). KB_STORE names a database whose user may write; "
                "its password comes from PGPASSWORD or PGPASSFILE"
            ) from error


def _storable(given: Mapping[str, object]) -> dict[str, object]:
    return {name: _text(value) if isinstance(value, str) else value for name, value in given.items()}


def _text(value: str) -> str:
    """PostgreSQL knows no text with a NUL in it."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
