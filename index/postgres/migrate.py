"""The tables that stay, made and renewed by numbered files of SQL, each of them once in a database."""

import re
from pathlib import Path

import psycopg
from psycopg import errors, sql

LOCK = 0x6B62  # of all who make or remove what is shared in a database, until the end of their transaction
SQL = Path(__file__).with_name("sql")
_FILE = re.compile(r"(\d{3})_[a-z_]+\.sql")
_NUMBERS = "create table {} (number int primary key, at timestamptz not null default now())"


def lock_changes(connection: psycopg.Connection) -> None:
    """Wait for others that change what is shared; who waits for us does so until this transaction ends."""
    connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))


def migrate(connection: psycopg.Connection, part: str, folder: Path = SQL) -> None:
    """Apply the files of a folder that this database does not know yet.

    `part` names their own table of numbers: who may make one part need not have rights on another one's.
    """
    steps = {int(match[1]): file for file in sorted(folder.iterdir()) if (match := _FILE.fullmatch(file.name))}
    numbers = sql.Identifier("kb", f"{part}_step")
    if _done(connection, numbers) >= max(steps):
        return
    lock_changes(connection)
    if connection.execute("select to_regnamespace('kb')").fetchone() == (None,):  # who may use it need not make it
        connection.execute("create schema kb")
    if (done := _done(connection, numbers)) == 0:
        connection.execute(sql.SQL(_NUMBERS).format(numbers))
    for number, file in steps.items():
        if number > done:
            connection.execute(file.read_bytes())
            connection.execute(sql.SQL("insert into {} (number) values (%s)").format(numbers), (number,))


def _done(connection: psycopg.Connection, numbers: sql.Identifier) -> int:
    """The last step that was applied; of a newer version's it may be one that nobody here knows."""
    try:
        with connection.transaction():
            row = connection.execute(sql.SQL("select max(number) from {}").format(numbers)).fetchone()
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        return 0
    return int(row[0]) if row and row[0] else 0
