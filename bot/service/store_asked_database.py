"""What was asked, in the tables of the database: store_asked.py by the same rules, of one site."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace

import psycopg

from bot.service.asked import Asked, Count, counted

_KEPT = "id, question, lang, status, section, took_ms, at"
Place = tuple[str, int]  # of the last row that was read: its time, and its number among those of this time


def add(connection: psycopg.Connection, site: str, questions: Sequence[Asked]) -> None:
    """Count them; keep those whose texts are to be kept."""
    counts = """
        insert into kb.asked values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (site, day, lang, status, section) do update set
        count = kb.asked.count + excluded.count, slowest = greatest(kb.asked.slowest, excluded.slowest)"""
    # In one order: two replicas that count the same rows wait for each other, and never in a circle.
    rows = sorted(
        (each.day, each.lang, each.status, each.section or "", each.count, each.slowest) for each in counted(questions)
    )
    with connection.cursor() as cursor:
        cursor.executemany(counts, [(site, *row) for row in rows])
        cursor.executemany(
            f"insert into kb.question (site, {_KEPT}) values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            [
                (site, *astuple(replace(each, question=each.question.replace("\0", ""))))
                for each in questions
                if each.question is not None
            ],
        )


def page(
    site: str, oldest: str, last: Place | None, most: int, connection: psycopg.Connection
) -> list[tuple[Asked, Place]]:
    """The questions that are kept behind a place, oldest first."""
    query = f"""
        select {_KEPT}, number from kb.question
        where site = %s and at >= %s and (at, number) > (%s, %s) order by at, number limit %s"""
    rows = connection.execute(query.encode(), (site, oldest, *(last or ("", 0)), most)).fetchall()
    return [(Asked(*row[:-1]), (row[-2], row[-1])) for row in rows]


def counts(site: str, oldest: str, connection: psycopg.Connection) -> list[Count]:
    """The counts of a day and of those after it."""
    query = """
        select day, lang, status, nullif(section, ''), count, slowest from kb.asked
        where site = %s and day >= %s order by day, lang, status, section"""
    return [Count(*row) for row in connection.execute(query, (site, oldest[:10])).fetchall()]


def forget_counts(connection: psycopg.Connection, site: str, before: str) -> None:
    """Delete the counts of the days before one."""
    connection.execute("delete from kb.asked where site = %s and day < %s", (site, before[:10]))


def expire(connection: psycopg.Connection, site: str, table: str, oldest: str, most: int, at_once: int) -> None:
    """Let go what is too old or too much of a table; some at a time, and none that another replica removes just now."""
    newest = "order by at desc, number desc offset %s"
    chosen: tuple[tuple[str, str | int], ...] = (("and at < %s", oldest), (newest, most))
    for which, value in chosen:
        numbers = f"select number from kb.{table} where site = %s {which} limit {at_once} for update skip locked"
        gone = f"delete from kb.{table} where site = %s and number in ({numbers})"
        connection.execute(gone.encode(), (site, site, value))


def forget(connection: psycopg.Connection, site: str, ids: Iterable[str]) -> int:
    """Delete votes and questions by their ids; how many there were."""
    given, gone = list(ids), 0
    for table, name in (("feedback", "answer"), ("question", "id")):
        query = f"delete from kb.{table} where site = %s and {name} = any(%s)"
        gone += connection.execute(query.encode(), (site, given)).rowcount
    return gone
