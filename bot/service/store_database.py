"""The store of votes in PostgreSQL, shared by all replicas: what store.py keeps in a file, by the same rules.

Each call is one transaction that may be tried again on another connection, so it does the same when done twice.
"""

import math
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import psycopg
from psycopg import errors

from bot.service import store_asked_database as store_asked
from bot.service.asked import Asked, Count
from bot.service.store import WAIT, Feedback, Store, StoreError
from bot.settings import Settings
from index.postgres.connections import Connections
from index.postgres.migrate import migrate
from index.remote.address import database_and_site, shown

SQL = Path(__file__).with_name("sql")
PAGE = 1000  # votes that are read, or removed, by one call
_ABSENT = (errors.UndefinedTable, errors.InvalidSchemaName)
T = TypeVar("T")


class DatabaseStore(Store):
    """The votes of one site in the database at `address`. Every method may raise StoreError, after `wait` seconds."""

    def __init__(
        self,
        address: str,
        clock: Callable[[], float] = time.time,
        wait: float = WAIT,
        most: int = Settings.model_fields["store_votes"].default,
        days: int = Settings.model_fields["store_days"].default,
        questions: int = Settings.model_fields["keep_most"].default,
        question_days: int = Settings.model_fields["keep_days"].default,
    ) -> None:
        database, self._site = database_and_site(address)
        self._shown, self._connections = shown(address), Connections(database, target_session_attrs="read-write")
        self._clock, self._wait, self._most, self._days = clock, wait, most, days
        self._questions, self._question_days = questions, question_days
        self._made = False

    def vote(self, feedback: Feedback) -> None:
        """Keep the vote in place of an earlier one on the same answer; forget that one if this one is None."""
        row = [_storable(value) for value in astuple(feedback)]

        def work(connection: psycopg.Connection) -> None:
            # Not by one upsert: a later vote on the same answer comes behind the votes of the same second.
            mine = "delete from kb.feedback where site = %s and answer = %s"
            connection.execute(mine, (self._site, _storable(feedback.answer)))
            if feedback.vote is not None:
                connection.execute(
                    "insert into kb.feedback (site, answer, vote, reason, question, lang, status, section, door, at) "
                    "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (site, answer) do update set "
                    "vote = excluded.vote, reason = excluded.reason, at = excluded.at",
                    (self._site, *row),
                )
            self._tidy(connection)

        self._run(work)

    def votes(self, *, newest_first: bool = False) -> Iterator[Feedback]:
        """All votes, one by one, oldest first if not said otherwise; where nobody voted yet there are none."""
        oldest, last = self._since_when(self._days), None
        while page := self._read(partial(self._page, oldest, last, newest_first)):
            yield from (vote for vote, _ in page)
            last = page[-1][0].at, page[-1][1]

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
                store_asked.add(connection, self._site, asked)
                connection.execute(over, (self._site, self._site, self._clock(), PAGE))
                self._tidy(connection)

        self._run(work)

    def questions(self) -> Iterator[Asked]:
        """The questions that are kept, one by one, oldest first."""
        oldest, last = self._since_when(self._question_days), None
        while page := self._read(partial(store_asked.page, self._site, oldest, last, PAGE)):
            yield from (question for question, _ in page)
            last = page[-1][1]

    def counts(self, since: str = "") -> list[Count]:
        """How many questions were asked on a day (ISO 8601) and after it."""
        oldest = max(since, self._since_when(self._days))
        return self._read(partial(store_asked.counts, self._site, oldest))

    def forget(self, ids: Iterable[str]) -> int:
        """Delete votes (by their answers' ids) and questions; how many there were."""
        given = list(ids)
        return self._run(lambda connection: store_asked.forget(connection, self._site, given))

    def forget_counts(self, before: str) -> None:
        """Delete the counts of the days before one (ISO 8601)."""
        self._run(lambda connection: store_asked.forget_counts(connection, self._site, before))

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
            self._tidy(connection)

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
                (self._site, _storable(key), now + seconds, stamp, token),
            )
            # The token: where the answer to our own insertion was lost, it is still ours.
            kept = "select token from kb.seen where site = %s and key = %s"
            return connection.execute(kept, (self._site, _storable(key))).fetchone() == (token,)

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
        self, oldest: str, last: tuple[str, int] | None, newest_first: bool, connection: psycopg.Connection
    ) -> list[tuple[Feedback, int]]:
        columns = ", ".join(column.name for column in fields(Feedback))
        beyond, turn = ("<", "desc") if newest_first else (">", "asc")
        after = f"and (at, number) {beyond} (%(at)s, %(number)s)" if last else ""
        query = (
            f"select {columns}, number from kb.feedback where site = %(site)s and at >= %(oldest)s {after} "
            f"order by at {turn}, number {turn} limit {PAGE}"
        )
        given = {"site": self._site, "oldest": oldest} | ({"at": last[0], "number": last[1]} if last else {})
        rows = connection.execute(query.encode(), given).fetchall()
        return [(Feedback(*row[:-1]), row[-1]) for row in rows]

    def _tidy(self, connection: psycopg.Connection) -> None:
        for table, days, most in (
            ("feedback", self._days, self._most),
            ("question", self._question_days, self._questions),
        ):
            store_asked.expire(connection, self._site, table, self._since_when(days), most, PAGE)
        store_asked.forget_counts(connection, self._site, self._since_when(self._days))

    def _since_when(self, days: int) -> str:
        """The time before which nothing is kept, written as Feedback.at is."""
        oldest = datetime.fromtimestamp(self._clock(), UTC) - timedelta(days=days)
        return oldest.isoformat(timespec="seconds")

    def _read(self, work: Callable[[psycopg.Connection], list[T]]) -> list[T]:
        """What work finds; nothing where there are no tables: only who writes makes them."""

        def found(connection: psycopg.Connection) -> list[T]:
            try:
                return work(connection)
            except _ABSENT:
                return []

        return self._within(found)

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


def _storable(value: object) -> object:
    """PostgreSQL knows no text with a NUL in it."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
