"""Sections as Markdown that is read as they stand on their page: headings with ids, lists, tables, code and notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.alternates.inline import STRESS, Inline
from index.reading.form_tree import ROWS, Node, cells, form_tree, items, title
from index.records import FormKind, Section


def markdown(sections: Iterable[Section], inline: Inline) -> str:
    """Sections one below the other, each under its heading."""
    return "\n\n".join(
        part for section in sections for part in (heading(section, inline), body(section, inline)) if part
    )


def heading(section: Section, inline: Inline) -> str:
    """`## Title {#id}`: the id is what a link to the section ends in."""
    if not section.title:
        return ""
    level = min(len(section.path) + 1, 6)
    anchor = section.url.partition("#")[2]
    named = inline.part(section.title)
    named = re.sub(r"(?<!\\)#+$", lambda end: f"\\{end[0]}", named)  # it would be taken for the heading's end
    return f"{'#' * level} {named}" + (f" {{#{anchor}}}" if anchor else "")


def body(section: Section, inline: Inline) -> str:
    """The text of a section below its heading."""
    return _Writer(section.text, inline).blocks(form_tree(section))


@dataclass(frozen=True, slots=True)
class _Writer:
    text: str
    inline: Inline

    def blocks(self, nodes: Sequence[Node]) -> str:
        written: list[str] = []
        lists = 0  # side by side: the same mark would make one list of two
        for node in nodes:
            lists = lists + 1 if node.kind is FormKind.LIST else 0
            written.append(self._block(node, other=lists > 0 and lists % 2 == 0))
        return "\n\n".join(filter(None, written))

    def _block(self, node: Node, *, other: bool) -> str:
        if node.kind is FormKind.LIST:
            return self._list(node, other=other)
        if node.kind is FormKind.TABLE:
            return self._table(node)
        if node.kind is FormKind.CODE:
            return fenced(self.text[node.start : node.end], node.label)
        if node.kind is FormKind.NOTE:
            name = title(self.text, node)
            inner = self.blocks([part for part in node.parts if part.kind is not FormKind.TITLE])
            named = f"**{self.inline.part(STRESS.sub('', name))}**" if name else ""
            return _behind("> ", "> ", "\n\n".join(filter(None, (named, inner))))
        return self.inline.line(self.text[node.start : node.end])

    def _list(self, node: Node, *, other: bool) -> str:
        written: list[str] = []
        loose = False
        for number, inner in enumerate(items(node), int(node.label or 0)):
            mark = f"{number}{')' if other else '.'} " if node.label else ("* " if other else "- ")
            written.append(_behind(mark, " " * len(mark), self.blocks(inner)))
            loose = loose or len(inner) > 1
        return ("\n\n" if loose else "\n").join(written)

    def _table(self, node: Node) -> str:
        """Its rows; what stands between them (a caption, code in a cell) is written in its place."""
        written: list[str] = []
        for are_rows, group in groupby(node.parts, lambda part: part.kind in ROWS):
            parts = list(group)
            written.append(self._rows(parts) if are_rows else self.blocks(parts))
        return "\n\n".join(filter(None, written))

    def _rows(self, rows: list[Node]) -> str:
        named = rows[0].kind is FormKind.HEADER
        texts = [cells(self.text, row) for row in rows]
        width = max(map(len, texts))
        header, *others = texts if named else [("",), *texts]
        lines = [self._row(header, width), f"|{' --- |' * width}", *(self._row(row, width) for row in others)]
        return "\n".join(lines)

    def _row(self, row: Sequence[str], width: int) -> str:
        return "".join(f"| {self.inline.cell(cell)} " for cell in [*row, *[""] * (width - len(row))]) + "|"


def fenced(code: str, language: str) -> str:
    """A block of code, byte by byte."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def _behind(first: str, others: str, text: str) -> str:
    """Lines behind a mark, and behind its width; an empty line stays without trailing spaces."""
    marked = (
        (others if n else first) + line if line else (others if n else first).rstrip()
        for n, line in enumerate(text.split("\n"))
    )
    return "\n".join(marked)
