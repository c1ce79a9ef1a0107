"""The tables of votes and questions, and every statement on them: one text for a file and for a database.

A `Tables` lives within one transaction of a store. What databases write in different ways is in their `Dialect`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Protocol

from bot.service.asked import Asked, Count, counted
from bot.service.feedback import Feedback

Table = Literal["feedback", "question", "asked"]
Place = tuple[str, int]  # of the last row that was read: its time, and its number among those of this time
_RECORDS: dict[Table, type] = {"feedback": Feedback, "question": Asked, "asked": Count}
# The first of a vote and of a question is its id.
_COLUMNS = {table: tuple(column.name for column in fields(record)) for table, record in _RECORDS.items()}
_PARAMETER = re.compile(r":(\w+)")


class Rows(Protocol):
    """What a statement gives."""

    @property
    def rowcount(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database writes what both of them say."""

    schema: str  # before the name of a table
    number: str  # the column that tells rows of one second apart
    greater: str  # the function that gives the greater of two numbers
    skip_locked: str  # behind a selection: without the rows that another transaction holds
    parameter: str  # a parameter of the name \1
    of_sites: bool  # a table has the rows of several sites

    def statement(self, text: str, table: Table) -> str:
        """A statement of this module in this dialect. `{own}`: of this site; `{columns}`: those of the table."""
        site, own, of_site = ("site, ", "site = :site and ", ":site, ") if self.of_sites else ("", "", "")
        columns = _COLUMNS[table]
        written = text.format(
            table=f"{self.schema}{table}",
            id=columns[0],
            columns=", ".join(columns),
            values=of_site + ", ".join(f":{name}" for name in columns),
            number=self.number,
            greater=self.greater,
            skip_locked=self.skip_locked,
            site=site,
            own=own,
        )
        return _PARAMETER.sub(self.parameter, written)


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one site, for as long as a transaction lasts. Its errors are those of the database."""

    dialect: Dialect
    execute: Callable[[str, Mapping[str, object]], Rows]
    executemany: Callable[[str, Sequence[Mapping[str, object]]], Rows]
    site: str = ""

    def vote(self, feedback: Feedback) -> None:
        """Keep a vote in place of an earlier one on the same answer; forget that one if this one is None."""
        # Not by one upsert: a later vote on the same answer comes behind the votes of the same second.
        self._run("feedback", "delete from {table} where {own}answer = :answer", answer=feedback.answer)
        if feedback.vote is not None:
            self._run(
                "feedback",
                "insert into {table} ({site}{columns}) values ({values}) on conflict ({site}answer) do update set "
                "vote = excluded.vote, reason = excluded.reason, at = excluded.at",
                **asdict(feedback),
            )

    def add(self, questions: Sequence[Asked]) -> None:
        """Count questions; keep those whose texts are to be kept."""
        # In one order: two replicas that count the same rows wait for each other, and never in a circle.
        self._each(
            "asked",
            "insert into {table} as held ({site}{columns}) values ({values}) "
            "on conflict ({site}day, lang, status, section) do update set "
            "count = held.count + excluded.count, slowest = {greater}(held.slowest, excluded.slowest)",
            sorted(
                (asdict(each) | {"section": each.section or ""} for each in counted(questions)),
                key=lambda row: tuple(row.values()),
            ),
        )
        self._each(
            "question",
            "insert into {table} ({site}{columns}) values ({values}) on conflict do nothing",
            [asdict(each) for each in questions if each.question is not None],
        )

    def page(
        self,
        table: Table,
        oldest: str,
        *,
        newest_first: bool = False,
        after: Place | None = None,
        most: int | None = None,
    ) -> Rows:
        """Rows by their time, each with its number: those `after` a place, at most so many."""
        beyond, turn = ("<", "desc") if newest_first else (">", "asc")
        at, number = after or ("", 0)
        return self._run(
            table,
            "select {columns}, {number} from {table} where {own}at >= :oldest "
            + (f"and (at, {{number}}) {beyond} (:at, :number) " if after else "")
            + f"order by at {turn}, {{number}} {turn}"
            + ("" if most is None else " limit :most"),
            oldest=oldest,
            at=at,
            number=number,
            most=most,
        )

    def counts(self, since: str) -> list[Count]:
        """The counts of a day and of those after it."""
        query = (
            "select day, lang, status, nullif(section, ''), count, slowest from {table} "
            "where {own}day >= :day order by day, lang, status, section"
        )
        return [Count(*row) for row in self._run("asked", query, day=since[:10])]

    def expire(self, table: Table, oldest: str, most: int, at_once: int) -> None:
        """Let go what is too old or too much, some at a time, and none that another replica removes just now."""
        too_old = "at < :oldest limit :at_once"
        too_much = "true order by at desc, {number} desc limit :at_once offset :most"
        for chosen in (too_old, too_much):
            numbers = "select {number} from {table} where {own}" + chosen + "{skip_locked}"
            statement = "delete from {table} where {own}{number} in (" + numbers + ")"
            self._run(table, statement, oldest=oldest, most=most, at_once=at_once)

    def forget_counts(self, before: str) -> None:
        """Delete the counts of the days before one."""
        self._run("asked", "delete from {table} where {own}day < :day", day=before[:10])

    def forget(self, ids: Iterable[str]) -> int:
        """Delete votes and questions by their ids; how many there were."""
        given = [{"id": id_} for id_ in ids]
        tables: tuple[Table, ...] = ("feedback", "question") if given else ()
        return sum(self._each(table, "delete from {table} where {own}{id} = :id", given).rowcount for table in tables)

    def _run(self, table: Table, text: str, **given: object) -> Rows:
        return self.execute(self.dialect.statement(text, table), {"site": self.site, **given})

    def _each(self, table: Table, text: str, given: Sequence[Mapping[str, object]]) -> Rows:
        return self.executemany(self.dialect.statement(text, table), [{"site": self.site, **row} for row in given])
