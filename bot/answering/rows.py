"""Rows of tables in a quote: a row that the question names stands for its table, and no quote ends within a row."""

from collections.abc import Iterator, Sequence, Set

from index.lexical.words import words
from index.reading.form_tree import Node, cells, form_tree
from index.records import FormKind, Section, Span


def named_rows(section: Section, spans: Sequence[Span], asked: Set[str], most: int) -> tuple[Span, ...]:
    """Of the spans, those in the first row whose name (its first cell) is asked for, and in those right behind it.

    `asked`: the question's tokens; `most`: characters that the rows behind the first may reach. Empty where no row of a
    table is named, or all are.
    """
    for rows in _tables(section):
        named = [is_named(cells(section.text, row), asked) for row in rows]
        if not any(named) or all(named):
            continue
        first = named.index(True)
        last = first
        while last + 1 < len(rows) and named[last + 1] and rows[last + 1].end - rows[first].start <= most:
            last += 1
        return tuple(span for span in spans if rows[first].start <= span.start and span.end <= rows[last].end)
    return ()


def is_named(row: Sequence[str], asked: Set[str]) -> bool:
    """Whether the words of a row's first cell, its name, are all asked for."""
    name = set(words(row[0]))
    return bool(name) and name <= asked


def whole_rows(section: Section, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without those of a row at their end that goes on behind them, or with all of it if there is no more."""
    row = next((row for rows in _tables(section) for row in rows if row.start <= spans[-1].start < row.end), None)
    if row is None:
        return spans
    of_row = tuple(span for span in section.sentences if row.start <= span.start and span.end <= row.end)
    if spans[-1].end >= of_row[-1].end:
        return spans
    behind = tuple(span for span in of_row if span.start >= spans[-1].end)
    return tuple(span for span in spans if span.end <= row.start) or spans + behind


def _tables(section: Section) -> Iterator[list[Node]]:
    """The rows of each table of a section, without its header."""
    nodes = form_tree(section)
    while nodes:
        node, *nodes = nodes
        nodes = node.parts + nodes
        if rows := [part for part in node.parts if part.kind is FormKind.ROW]:
            yield rows
