"""Rows of cells as aligned columns; East Asian characters take two, and cells wrap within their column."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.wrap import columns, padded, wrapped

GAP = 2  # between columns
_NARROWEST = 6  # columns of a cell, below which rows are stacked instead


def table_lines(
    rows: Sequence[Sequence[str]], width: int | None, indent: str = "", *, headed: bool = False
) -> list[str]:
    """Aligned lines of at most `width` columns; where that is too narrow, each cell has a line of its own.

    `headed`: a line parts the first row from the others.
    """
    count = max(map(len, rows), default=0)
    whole = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(columns(line) for cell in column for line in cell.split("\n")) for column in zip(*whole, strict=True)]
    if width is not None:
        room = width - columns(indent) - GAP * (count - 1)
        if room < _NARROWEST * count:
            return [line for row in rows for cell in row for line in wrapped(cell, width, indent)]
        words = [max(map(_longest_word, column)) for column in zip(*whole, strict=True)]
        widths = _narrowed(widths, words if sum(words) <= room else [room // count] * count, room)
    rule = ["-" * width for width in widths]  # of a box's own line some terminals make two columns
    return [
        indent + line
        for n, row in enumerate(whole)
        for line in (*_row(row, widths), *(_row(rule, widths) if headed and not n else ()))
    ]


def _longest_word(text: str) -> int:
    return max(map(columns, wrapped(text, 1, "")))


def _narrowed(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """The widest columns give way, evenly, until all fit; those that can without breaking a word."""
    narrowed = list(widths)
    while sum(narrowed) > room:
        spare = [wide - word for wide, word in zip(narrowed, words, strict=True)]
        at = max(range(len(narrowed)), key=lambda at: (spare[at] > 0, narrowed[at]))
        narrowed[at] -= 1
    return narrowed


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [list(_cell(cell, width)) for cell, width in zip(cells, widths, strict=True)]
    return [
        (" " * GAP).join(padded(part, width) for part, width in zip(line, widths, strict=True)).rstrip()
        for line in zip_longest(*parts, fillvalue="")
    ]


def _cell(text: str, width: int) -> Iterator[str]:
    """Its lines; a word that is wider than the cell is broken."""
    for line in wrapped(text, width, ""):
        part = ""
        for character in line:
            if columns(part + character) > width:
                yield part
                part = ""
            part += character
        yield part
