"""What was asked, in the tables of the store: every function works within a transaction of the store's file."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from bot.service.asked import Asked, Count, counted

_KEPT = "id, question, lang, status, section, took_ms, at"


def add(connection: sqlite3.Connection, questions: Sequence[Asked]) -> None:
    """Count them; keep those whose texts are to be kept."""
    connection.executemany(
        "insert into asked (day, lang, status, section, count, slowest) values (?, ?, ?, ?, ?, ?) "
        "on conflict (day, lang, status, section) do update set "
        "count = count + excluded.count, slowest = max(slowest, excluded.slowest)",
        [
            (each.day, each.lang, each.status, each.section or "", each.count, each.slowest)
            for each in counted(questions)
        ],
    )
    connection.executemany(
        f"insert into question ({_KEPT}) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (each.id, each.question, each.lang, each.status, each.section, each.took_ms, each.at)
            for each in questions
            if each.question is not None
        ],
    )


def kept(connection: sqlite3.Connection, oldest: str) -> Iterator[Asked]:
    """The questions that are kept, oldest first."""
    query = f"select {_KEPT} from question where at >= ? order by at, rowid"
    yield from (Asked(*row) for row in connection.execute(query, (oldest,)))


def counts(connection: sqlite3.Connection, oldest: str) -> list[Count]:
    """The counts of a day and of those after it."""
    query = "select day, lang, status, nullif(section, ''), count, slowest from asked where day >= ? order by day"
    return [Count(*row) for row in connection.execute(query, (oldest[:10],))]


def expire(connection: sqlite3.Connection, oldest: str, most: int, oldest_count: str, at_once: int) -> None:
    """Let go what is too old or too much."""
    rows = "delete from question where rowid in (select rowid from question"
    connection.execute(f"{rows} where at < ? limit ?)", (oldest, at_once))
    connection.execute(f"{rows} order by at desc, rowid desc limit ? offset ?)", (at_once, most))
    connection.execute("delete from asked where day < ?", (oldest_count[:10],))


def forget(connection: sqlite3.Connection, ids: Iterable[str]) -> int:
    """Delete votes and questions by their ids; how many there were. Nothing of them is left in the file."""
    connection.execute("pragma secure_delete = on")
    gone = 0
    for id_ in ids:
        for statement in ("delete from feedback where answer = ?", "delete from question where id = ?"):
            gone += connection.execute(statement, (id_,)).rowcount
    return gone
