"""The index of one site in a database: what index/remote/bucket.py is for an object store.

A generation is a schema, and its files are rows of some bytes each. A build that is cut off leaves a schema that no
pointer names; one transaction moves the pointer; schemas that no site has published any more are dropped.
"""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import psycopg
from psycopg import errors, sql

from index.postgres.connections import Connections, is_denied
from index.postgres.generations import (
    ROW,
    file_of,
    generation_of,
    is_there,
    make,
    named_in,
    note,
    of,
    pieces,
    schema,
    table,
)
from index.postgres.migrate import lock_changes, migrate
from index.remote.address import database_and_site, shown
from index.remote.bucket import CALL, CHUNK, LARGEST_POINTER, Pointer, Stored
from index.remote.calls import within
from index.remote.trouble import LostError, RemoteError, Trouble
from index.storage.disk import POINTER

T = TypeVar("T")
_ABSENT = (errors.UndefinedTable, errors.InvalidSchemaName)
_LATE = 5.0  # seconds for which a call is awaited beyond its end: it says what was wrong


class Database:
    """One site of a database. All errors are RemoteError, without anything secret."""

    def __init__(self, address: str, call: float = CALL) -> None:
        self.shown, self._call = shown(address), call
        database, self._site = database_and_site(address)
        self._reading = Connections(database)
        self._writing = Connections(database, target_session_attrs="read-write")

    async def pointer(self, unless: Pointer | None = None) -> Pointer | None:
        """The pointer; `unless` itself if it is still the same, None if there is none."""
        seen = dict(unless.version) if unless else {}
        known, since = int(seen.get("version", -1)), float(seen.get("at", 0))
        query = """
            select version, extract(epoch from at)::float8,
            case when version <> %s and length(pointer) <= %s then pointer end
            from kb.site where name = %s"""

        def call(connection: psycopg.Connection) -> Pointer | None:
            try:
                row = connection.execute(query, (known, LARGEST_POINTER, self._site), binary=True).fetchone()
            except _ABSENT:
                return None
            if row is None:
                return None
            version, at, content = row
            if version == known or at < since:  # of a standby that lags: nobody goes back to what was before
                return unless
            if content is None:
                raise RemoteError(Trouble.DAMAGED, f"{self.shown}/{POINTER}: too large for a manifest")
            return Pointer(content, (("version", str(version)), ("at", repr(at))))

        return await self._run(call)

    async def size(self, name: str) -> int:
        """Bytes of a file."""
        query = "select sum(length(content)) from {} where name = %s"

        def call(connection: psycopg.Connection) -> int | None:
            (size,) = connection.execute(of(name, query), (file_of(name),)).fetchone() or (None,)
            return None if size is None else int(size)

        return self._there(name, await self._run(call, name))

    async def read(self, name: str, start: int, end: int) -> bytes:
        """A part of a file."""
        query = "select start, content from {} where name = %s and start > %s and start < %s order by start"

        def call(connection: psycopg.Connection) -> bytes | None:
            rows = connection.execute(of(name, query), (file_of(name), start - ROW, end), binary=True).fetchall()
            if not rows:
                return None
            skipped = start - rows[0][0]
            return b"".join(content for _, content in rows)[skipped : skipped + end - start]

        return self._there(name, await self._run(call, name))

    async def parts(self, name: str, size: int) -> AsyncIterator[bytes]:
        """A file of `size` bytes, piece by piece."""
        for start in range(0, size, CHUNK):
            yield await self.read(name, start, min(start + CHUNK, size))

    async def put(self, name: str, content: bytes | Path, most: float) -> None:
        """Write a file, whole or not at all, within `most` seconds."""
        generation = generation_of(name)

        def call(connection: psycopg.Connection) -> None:
            migrate(connection, "index")
            make(connection, generation)
            note(connection, self._site, generation)
            connection.execute(of(name, "delete from {} where name = %s"), (file_of(name),))
            with connection.cursor().copy(of(name, "copy {} from stdin (format binary)")) as copy:
                copy.set_types(("text", "int8", "bytea"))
                for start, piece in pieces(content):
                    copy.write_row((file_of(name), start, piece))

        await self._run(call, name, most, writing=True)

    async def switch(self, content: bytes, before: Pointer | None) -> None:
        """Replace the pointer, if it is still `before`. Raises LostError."""
        generation = named_in(content)
        given = {"name": self._site, "pointer": content, "generation": generation}

        def call(connection: psycopg.Connection) -> bool:
            migrate(connection, "index")
            lock_changes(connection)  # so that nobody removes what is named from here on
            if before is None:
                query = "insert into kb.site values (%(name)s, %(generation)s, %(pointer)s, 1) on conflict do nothing"
            else:
                given["version"] = dict(before.version)["version"]
                query = """
                    update kb.site set generation = %(generation)s, pointer = %(pointer)s, version = version + 1,
                    at = now() where name = %(name)s and version = %(version)s"""
            done = connection.execute(query, given).rowcount == 1
            if done:
                note(connection, self._site, generation)
            return done

        if await self._run(call, writing=True):
            return
        now = await self.pointer()
        if now is None or now.content != content:  # else the answer to our own write was lost, or both are equal
            raise LostError(self.shown)

    async def listed(self) -> list[Stored]:
        """The files of all generations that this site published and did not remove."""

        def call(connection: psycopg.Connection) -> list[Stored]:
            try:
                query = "select generation, extract(epoch from at)::float8 from kb.published where site = %s"
                (now,) = connection.execute("select extract(epoch from now())::float8").fetchone() or (None,)
                generations = connection.execute(query, (self._site,)).fetchall()
            except _ABSENT:
                return []
            stored = [Stored(POINTER, 0, datetime.fromtimestamp(now or 0.0, UTC))]  # the time by the database's clock
            for generation, at in generations:
                files = sql.SQL("select name, sum(length(content)) from {} group by name").format(table(generation))
                for name, size in connection.execute(files).fetchall() if is_there(connection, generation) else ():
                    stored.append(Stored(f"{generation}/{name}", int(size), datetime.fromtimestamp(at, UTC)))
            return stored

        return await self._run(call)

    async def remove(self, name: str) -> None:
        """Remove a file, with the last one its generation; what this site names, or another published, stays."""
        generation = generation_of(name)

        def call(connection: psycopg.Connection) -> None:
            lock_changes(connection)
            named = "select 1 from kb.site where generation = %s and name = %s"
            if not is_there(connection, generation) or connection.execute(named, (generation, self._site)).fetchone():
                return
            mine = "delete from kb.published where site = %s and generation = %s"
            others = "select 1 from kb.published where generation = %s and site <> %s"
            if connection.execute(others, (generation, self._site)).fetchone():
                connection.execute(mine, (self._site, generation))
                return
            connection.execute(of(name, "delete from {} where name = %s"), (file_of(name),))
            if connection.execute(of(name, "select 1 from {} limit 1")).fetchone() is None:
                connection.execute(mine, (self._site, generation))
                connection.execute(sql.SQL("drop schema {} cascade").format(schema(generation)))

        await self._run(call, name, writing=True)

    async def _run(
        self,
        call: Callable[[psycopg.Connection], T],
        name: str = "",
        most: float | None = None,
        *,
        writing: bool = False,
    ) -> T:
        seconds, connections = most or self._call, self._writing if writing else self._reading
        try:
            return await within(seconds + _LATE, lambda: connections.run(call, seconds))
        except _ABSENT:
            raise RemoteError(Trouble.MISSING, f"{self.shown}/{name}: there is no such object") from None
        except psycopg.Error as error:
            raise self._refused(error) from None
        except (TimeoutError, OSError) as error:
            raise RemoteError(Trouble.UNREACHABLE, f"{self.shown}: cannot be used ({type(error).__name__})") from None

    def _refused(self, error: psycopg.Error) -> RemoteError:
        why = (error.diag.message_primary or str(error).partition("\n")[0] or type(error).__name__).strip()
        if is_denied(error):
            mend = "Check the user of the address, its password (PGPASSWORD, PGPASSFILE) and its rights"
            return RemoteError(Trouble.DENIED, f"{self.shown}: access denied ({why}). {mend}")
        if 'database "' in why and "does not exist" in why:
            return RemoteError(Trouble.MISSING, f"{self.shown}: there is no such database. Create it")
        return RemoteError(Trouble.UNREACHABLE, f"{self.shown}: cannot be used ({why})")

    def _there(self, name: str, value: T | None) -> T:
        if value is None:
            raise RemoteError(Trouble.MISSING, f"{self.shown}/{name}: there is no such object")
        return value
