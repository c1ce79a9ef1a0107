"""Blocks of a quote or a page as Markdown. Their text stays as it is, but for its links: it is quoted."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.answering.blocks import whole
from bot.language import say
from bot.records import Block, Code, Listing, Note, Paragraph, Table
from index.records import Section

Write = Callable[[str], str]  # a text as it is shown


def markdown(blocks: Sequence[Block], lang: str, write: Write = str) -> str:
    """The blocks, an empty line between them; `write`: their texts with links, but for code."""
    return "\n\n".join("\n".join(_lines(block, lang, write)) for block in blocks)


def section(part: Section) -> str:
    """A section with its heading, a page's first one the largest."""
    return f"{'#' * min(len(part.path) + 1, 6)} {part.title}\n\n{markdown(whole(part), part.lang)}".rstrip()


def link(title: str, url: str) -> str:
    """A link; brackets of its words cannot end it."""
    escaped = re.sub(r"([][])", r"\\\1", title)
    return f"[{escaped}]({url.replace('(', '%28').replace(')', '%29')})"


def quoted(text: str) -> str:
    """A text as a quotation."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _lines(block: Block, lang: str, write: Write) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield write(block.text)
    elif isinstance(block, Code):
        fence = "`" * max(3, max((len(run) + 1 for run in re.findall("`+", block.text)), default=0))
        yield from (f"{fence}{block.language}", *block.text.split("\n"), fence)
    elif isinstance(block, Table):
        yield from _table(block, write)
    elif isinstance(block, Note):
        yield from quoted(
            "\n\n".join(part for part in (block.title, markdown(block.blocks, lang, write)) if part)
        ).split("\n")
    else:
        yield from _list(block, lang, write)
    if left_out := getattr(block, "more", 0):
        yield from ("", say(lang, "terminal", "more", n=left_out))


def _table(block: Table, write: Write) -> Iterator[str]:
    rows = [block.header or tuple("" for _ in block.rows[0]), *block.rows]
    for n, row in enumerate(rows):
        cells = (write(cell.replace("|", r"\|")).replace("\n", "<br>") for cell in row)
        yield f"| {' | '.join(cells)} |"
        if not n:
            yield "|" + " --- |" * len(row)


def _list(block: Listing, lang: str, write: Write) -> Iterator[str]:
    for n, item in enumerate(block.items):
        mark = "- " if block.start is None else f"{block.start + n}. "
        inner = "\n\n".join(part for part in (write(item.text), markdown(item.blocks, lang, write)) if part)
        first, *others = inner.split("\n")
        yield f"{mark}{first}"
        yield from (f"{' ' * len(mark)}{line}".rstrip() for line in others)
