"""Blocks of an answer or a page in a terminal: paragraphs wrap, lists hang, tables are aligned, code stays as it is."""

from collections.abc import Iterator, Sequence

from bot.aligned import table_lines
from bot.records import Block, Code, Listing, Note, Paragraph, Table
from bot.wrap import columns, safe, wrapped

PARAGRAPH, TABLE, CODE, TITLE, MORE = "paragraph", "table", "code", "title", "more"
_APART = (Table, Code)  # an empty line is around them
Line = tuple[str, str]  # its form, and its text


def formed(blocks: Sequence[Block], width: int, indent: str = "", more: str = "{n}") -> Iterator[Line]:
    """Each line for the terminal, with its form. `more`: how it is said that `{n}` rows or items are left out."""
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before and isinstance(before, _APART) | isinstance(block, _APART):
            yield PARAGRAPH, indent.rstrip()
        if isinstance(block, Paragraph):
            yield from ((PARAGRAPH, line) for line in wrapped(block.text, width, indent))
        elif isinstance(block, Code):  # a broken command does not run
            lines = safe(block.text).expandtabs(4).split("\n")
            yield from ((CODE, f"{indent}  {line}".rstrip()) for line in lines)
        elif isinstance(block, Listing):
            yield from _list(block, width, indent, more)
        elif isinstance(block, Table):
            rows = [block.header, *block.rows] if block.header else block.rows
            yield from ((TABLE, line) for line in table_lines(rows, width, indent))
        else:
            yield from _note(block, width, indent, more)
        if left_out := getattr(block, "more", 0):
            yield MORE, f"{indent}  {more.format(n=left_out)}"


def _list(block: Listing, width: int, indent: str, more: str) -> Iterator[Line]:
    for n, entry in enumerate(block.items):
        mark = "- " if block.start is None else f"{block.start + n}. "
        inner = indent + " " * columns(mark)
        yield from ((PARAGRAPH, line) for line in wrapped(entry.text, width, inner, indent + mark))
        yield from formed(entry.blocks, width, inner, more)


def _note(block: Note, width: int, indent: str, more: str) -> Iterator[Line]:
    if block.title:
        yield from ((TITLE, line) for line in wrapped(block.title, width, indent))
    yield from formed(block.blocks, width, f"{indent}  ", more)
