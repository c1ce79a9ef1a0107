"""A generation as a schema of its own, with one table of the pieces of its files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

ROW = 1 << 20  # bytes of a file in one row
_NAME = re.compile(r"([0-9a-f]{16})/([a-z.]{1,64})")
_NONE = "0" * 16  # nobody's generation: what has no proper name is there nowhere


def generation_of(name: str) -> str:
    """The generation of a file."""
    match = _NAME.fullmatch(name)
    return match[1] if match else _NONE


def file_of(name: str) -> str:
    """A file's name within its generation."""
    match = _NAME.fullmatch(name)
    return match[2] if match else ""


def named_in(pointer: bytes) -> str:
    """The generation that a pointer names; "" where nobody can say."""
    try:
        return str(json.loads(pointer)["generation"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def schema(generation: str) -> sql.Identifier:
    """The name of the schema that holds a generation."""
    return sql.Identifier(f"g_{generation}")


def table(generation: str) -> sql.Identifier:
    """The name of the table that holds its files."""
    return sql.Identifier(f"g_{generation}", "file")


def of(name: str, query: LiteralString) -> sql.Composed:
    """A query of ours over the table in which a file is."""
    return sql.SQL(query).format(table(generation_of(name)))


def is_there(connection: psycopg.Connection, generation: str) -> bool:
    """Whether a generation has its schema."""
    row = connection.execute("select to_regclass(%s)", (f"g_{generation}.file",)).fetchone()
    return row is not None and row[0] is not None


def make(connection: psycopg.Connection, generation: str) -> None:
    """Make the schema of a generation, if there is none."""
    create = """
        create schema if not exists {schema};
        create table if not exists {table} (
            name text not null, start bigint not null, content bytea not null, primary key (name, start));
        alter table {table} alter column content set storage external"""  # what is compressed already, or hardly can be
    if not is_there(connection, generation):
        connection.execute(sql.SQL(create).format(schema=schema(generation), table=table(generation)))


def note(connection: psycopg.Connection, site: str, generation: str) -> None:
    """A site published this generation, or begins to: nobody removes it before its grace time."""
    query = """
        insert into kb.published values (%s, %s, now())
        on conflict (site, generation) do update set at = excluded.at"""
    connection.execute(query, (site, generation))


def pieces(content: bytes | Path) -> Iterator[tuple[int, bytes]]:
    """A file in rows: where each begins, and what it holds; of an empty file one that holds nothing."""
    if isinstance(content, bytes):
        for start in range(0, max(1, len(content)), ROW):
            yield start, content[start : start + ROW]
        return
    with content.open("rb") as opened:
        start, piece = 0, opened.read(ROW)
        while piece or not start:
            yield start, piece
            start, piece = start + ROW, opened.read(ROW)
