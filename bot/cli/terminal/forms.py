"""The forms of a section's text in a terminal: paragraphs wrap, tables are aligned, code stays as it is."""

from collections.abc import Iterable
from itertools import groupby

from bot.cli.terminal.table import table_lines
from bot.wrap import safe, wrapped
from index.records import Section

PARAGRAPH, TABLE, CODE = "paragraph", "table", "code"


def code_lines(sections: Iterable[Section]) -> frozenset[str]:
    """The lines of code: everything else of a section can be quoted."""
    found: set[str] = set()
    for section in sections:
        at = 0
        quotable = [span.start for span in section.sentences]
        for line in section.text.split("\n"):
            if not any(at <= start <= at + len(line) for start in quotable):
                found.add(line)
            at += len(line) + 1
    return frozenset(found)


def formed(text: str, code: frozenset[str], width: int, indent: str = "") -> list[tuple[str, str]]:
    """Each line for the terminal, with its form."""

    def form(line: str) -> str:
        return CODE if line in code else TABLE if "\t" in line else PARAGRAPH

    shown: list[tuple[str, str]] = []
    for kind, group in groupby(text.split("\n"), form):
        lines = list(group)
        if kind == CODE:  # a broken command does not run
            shown += [(kind, f"{indent}  {safe(line).expandtabs(4)}".rstrip()) for line in lines]
        elif kind == TABLE:
            shown += [(kind, line) for line in table_lines([line.split("\t") for line in lines], width, indent)]
        else:
            shown += [(kind, part) for line in lines for part in wrapped(line, width, indent)]
    return shown
