"""The tables that stay, made and renewed by numbered files of SQL, each of them once in a database."""

import re
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import errors

LOCK = 0x6B62  # of all who make or remove what is shared in a database, until the end of their transaction
SQL = Path(__file__).with_name("sql")
_NUMBERS = """
create table kb.migration (
    part text, number int, at timestamptz not null default now(), primary key (part, number))"""
_FILE = re.compile(r"(\d{3})_[a-z_]+\.sql")


def only_one(connection: psycopg.Connection) -> None:
    """Wait for others that change what is shared; who waits for us does so until this transaction ends."""
    connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))


def migrate(connection: psycopg.Connection, part: str, folder: Path = SQL) -> None:
    """Apply the files of a folder that this database does not know yet; `part` is the name of their row of numbers."""
    steps = {int(match[1]): file for file in sorted(folder.iterdir()) if (match := _FILE.fullmatch(file.name))}
    if _done(connection, part) >= max(steps):
        return
    only_one(connection)
    if not _holds(connection, "to_regnamespace('kb')"):  # who may use it need not be who may make it
        connection.execute("create schema kb")
    if not _holds(connection, "to_regclass('kb.migration')"):
        connection.execute(_NUMBERS)
    done = _done(connection, part)
    for number, file in steps.items():
        if number > done:
            connection.execute(file.read_bytes())
            connection.execute("insert into kb.migration (part, number) values (%s, %s)", (part, number))


def _holds(connection: psycopg.Connection, name: LiteralString) -> bool:
    return connection.execute(f"select {name}").fetchone() != (None,)


def _done(connection: psycopg.Connection, part: str) -> int:
    """The last step that was applied; of a newer version's it may be one that nobody here knows."""
    try:
        with connection.transaction():
            query = "select max(number) from kb.migration where part = %s"
            (number,) = connection.execute(query, (part,)).fetchone() or (None,)
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        return 0
    return number or 0
