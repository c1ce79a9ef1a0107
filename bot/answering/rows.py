"""Rows of tables in a quote: a row that the question names stands for its table, and no quote ends within a row.

A row is named by its first cell, or by an amount: "at least a hundred thousand sections" means the rows whose cell
below "Sections" has so much, not those that are written alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answering.units import UNIT, units
from bot.question.figures import Figure, amount, figures
from bot.question.parts import plain, root
from bot.question.question import Question
from index.lexical.words import words
from index.reading.form_tree import Node, cells, form_tree
from index.records import FormKind, Section, Span

AROUND = 24  # characters on both sides of an amount that say what it counts
LIKE = 0.5  # share of a column's words that stand there
_AMOUNT = re.compile(r"(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>[^\s\d]{0,6})")
_QUOTED = re.compile('[\x27"`「『“‘]([^\x27"`」』”’]{1,40})[\x27"`」』”’]')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question says of rows: its tokens and its amounts."""

    tokens: frozenset[str] = frozenset()
    text: str = ""
    figures: tuple[Figure, ...] = field(default=())

    @classmethod
    def of(cls, question: Question) -> "Wanted":
        """What this question says."""
        return cls(frozenset(question.tokens), question.plain, figures(question.plain))


NOTHING = Wanted()


def wanted_rows(header: Sequence[str], rows: Sequence[Sequence[str]], wanted: Wanted) -> list[int]:
    """The places of the rows that are asked for by their name or by an amount; empty where none is, or all are."""
    named = counted_rows(header, rows, wanted) or [n for n, row in enumerate(rows) if _is_named(row, wanted)]
    return named if 0 < len(named) < len(rows) else []


def counted_rows(header: Sequence[str], rows: Sequence[Sequence[str]], wanted: Wanted) -> list[int]:
    """The places of the rows that have the amounts that the question gives of what columns count; empty if none does.

    An amount between those of two rows means both of these.
    """
    columns = {n: values for n in range(len(header)) if (values := _values([row[n : n + 1] for row in rows]))}
    left = list(range(len(rows)))
    for figure, column in _counted(wanted, header, columns):
        values = columns[column]
        near = [n for n in left if figure.admits(values[n])] or _beside(figure, values, left)
        left = near or left
    return left if len(left) < len(rows) else []


def named_rows(section: Section, spans: Sequence[Span], wanted: Wanted, most: int) -> tuple[Span, ...]:
    """Of the spans, those in the first row that is asked for, and in those right behind it.

    `most`: characters that the rows behind the first may reach. Empty where no row of a table is named, or all are.
    """
    for header, rows in _tables(section):
        named = wanted_rows(header, [cells(section.text, row) for row in rows], wanted)
        if not named:
            continue
        last = first = named[0]
        while last + 1 in named and rows[last + 1].end - rows[first].start <= most:
            last += 1
        return tuple(span for span in spans if rows[first].start <= span.start and span.end <= rows[last].end)
    return ()


def counts_rows(section: Section, wanted: Wanted) -> bool:
    """Whether an amount of a question stands for rows of a section's table."""
    tables = ((header, [cells(section.text, row) for row in rows]) for header, rows in _tables(section))
    return bool(wanted.figures) and any(counted_rows(header, rows, wanted) for header, rows in tables)


def quotes_row(section: Section, wanted: Wanted) -> bool:
    """Whether a question writes the name of a row in quotation marks, or as code: "does `chipped` mean …?"."""
    named = {name.lower() for name in _QUOTED.findall(wanted.text)}
    return any(cells(section.text, row)[0].strip().lower() in named for _, rows in _tables(section) for row in rows)


def asked_table(section: Section, spans: Sequence[Span], question: Question) -> tuple[Span, ...]:
    """The spans in the rows of the table whose first column a question names, where no sentence speaks of that.

    "Which exit codes …" asks for the table that begins with "Exit code"; a single word, "Setting", names no table.
    """
    asked = _roots(question.plain)
    tables = [form for form in section.forms if form.kind is FormKind.TABLE]
    prose = [span for span in spans if not any(form.start <= span.start < form.end for form in tables)]
    spoken = _roots(" ".join(map(section.quote, prose)))
    for header, rows in _tables(section):
        named = _roots(header[0]) if header else set()
        if len(named) > 1 and named <= asked and not named <= spoken:
            return tuple(span for span in spans if rows[0].start <= span.start < rows[-1].end)
    return ()


def whole_rows(section: Section, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without those of a row at their end that goes on behind them, or with all of it if there is no more."""
    rows = (row for _, rows in _tables(section) for row in rows)
    row = next((row for row in rows if row.start <= spans[-1].start < row.end), None)
    if row is None:
        return spans
    of_row = tuple(span for span in section.sentences if row.start <= span.start and span.end <= row.end)
    if spans[-1].end >= of_row[-1].end:
        return spans
    behind = tuple(span for span in of_row if span.start >= spans[-1].end)
    return tuple(span for span in spans if span.end <= row.start) or spans + behind


def _is_named(row: Sequence[str], wanted: Wanted) -> bool:
    """Whether the words of a row's first cell, its name, are all asked for; of a number the amount counts."""
    if number := _AMOUNT.fullmatch(row[0].strip()):
        value = amount(number["amount"])
        return any(figure.value == value for figure in wanted.figures)
    name = set(words(row[0]))
    return bool(name) and name <= wanted.tokens


def _values(column: Sequence[Sequence[str]]) -> list[float]:
    """The amounts of a column in which each cell is one, all of one unit; empty of another."""
    matches = [_AMOUNT.fullmatch(cell[0].strip()) if cell else None for cell in column]
    known = [match for match in matches if match]
    alike = len(known) == len(matches) and len({match["unit"] for match in known}) == 1
    return [amount(match["amount"]) for match in known] if alike else []


def _counted(
    wanted: Wanted, header: Sequence[str], columns: Mapping[int, Sequence[float]]
) -> Iterator[tuple[Figure, int]]:
    """Each amount with the column that it is of: the one whose words stand around it, else that of the rows' names."""
    text, known = wanted.text, wanted.figures
    pairs = []
    for place, figure in enumerate(known):
        ends = known[place + 1].start if place + 1 < len(known) else len(text)
        begins = known[place - 1].end if place else 0
        behind, before = text[figure.end : min(figure.end + AROUND, ends)], text[begins : figure.start][-AROUND:]
        pairs += [
            (min(_distance(header[column], behind), _distance(header[column], before[::-1], -1)), place, column)
            for column in columns
        ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for distance, place, column in sorted(pairs):
        if distance < AROUND and place not in taken[0] and column not in taken[1]:
            taken[0].add(place)
            taken[1].add(column)
            yield known[place], column
    if 0 in columns and 0 not in taken[1]:
        others = (figure for place, figure in enumerate(known) if place not in taken[0])
        yield from ((figure, 0) for figure in others if not figure.bound and figure.value in columns[0])


def _distance(name: str, text: str, step: int = 1) -> int:
    """How far from the beginning of a text a column's words stand, if enough of them do; `step` -1: it is reversed."""
    named, places = _roots(name), {root(unit[0][::step]): unit.start() for unit in UNIT.finditer(text.lower())}
    near = [places[word] for word in named if word in places]
    return min(near) if near and len(near) >= LIKE * len(named) else AROUND


def _beside(figure: Figure, values: Sequence[float], among: Sequence[int]) -> list[int]:
    """The rows with the nearest amounts below and above one that none has."""
    below = max((values[n] for n in among if values[n] < figure.value), default=None)
    above = min((values[n] for n in among if values[n] > figure.value), default=None)
    if figure.bound or below is None or above is None:
        return []
    return [n for n in among if values[n] in (below, above)]


def _roots(text: str) -> set[str]:
    return {root(unit) for unit in units(plain(text))}


def _tables(section: Section) -> Iterator[tuple[tuple[str, ...], list[Node]]]:
    """The names of each table's columns, and its rows without those."""
    nodes = form_tree(section)
    while nodes:
        node, *nodes = nodes
        nodes = node.parts + nodes
        if rows := [part for part in node.parts if part.kind is FormKind.ROW]:
            header = next((part for part in node.parts if part.kind is FormKind.HEADER), None)
            yield (cells(section.text, header) if header else ()), rows
