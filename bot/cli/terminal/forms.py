"""Blocks of an answer or a page in a terminal: paragraphs wrap, lists hang, tables are aligned, code stays as it is."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.aligned import table_lines
from bot.records import Block, Code, Listing, Note, Paragraph, QuotedLink, Table
from bot.wrap import columns, safe, wrapped

PARAGRAPH, TABLE, CODE, TITLE, MORE = "paragraph", "table", "code", "title", "more"
_APART = (Table, Code)  # an empty line is around them
_BREAK = r"(?:\n[ │]*)?"  # where a line may have been broken, and how the next one begins
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
            lines = table_lines(rows, width, indent, headed=bool(block.header))
            yield from ((TABLE, line) for line in lines)
        else:
            yield from _note(block, width, indent, more)
        if left_out := getattr(block, "more", 0):
            yield MORE, f"{indent}  {more.format(n=left_out)}"


def clickable(lines: Sequence[Line], links: Sequence[QuotedLink], link: Callable[[str, str], str]) -> list[Line]:
    """Lines in which each link stands where its words first do, outside of code; `link(words, url)` makes it."""
    if not lines:
        return []
    shown = "\n".join(line for _, line in lines)
    prose = "\n".join("\0" * len(line) if form == CODE else line for form, line in lines)
    spans: list[tuple[int, int, str]] = []
    for each in links:
        words = rf"\s*{_BREAK}".join(rf"{_BREAK}".join(map(re.escape, word)) for word in safe(each.text).split())
        for match in re.finditer(words, prose):
            if match[0] and all(match.end() <= start or end <= match.start() for start, end, _ in spans):
                spans.append((match.start(), match.end(), each.url))
                break
    for start, end, url in sorted(spans, reverse=True):
        parts = re.split(r"(\n[ │]*)", shown[start:end])
        made = "".join(part if at % 2 or not part else link(part, url) for at, part in enumerate(parts))
        shown = f"{shown[:start]}{made}{shown[end:]}"
    return [(form, line) for (form, _), line in zip(lines, shown.split("\n"), strict=True)]


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
