"""A quote in the forms of its page: paragraphs, lists, tables, code and notes, each text an exact part of the section.

A quote is a few sentences in a row; what they stand in may not end where they do. So a list is given whole, a row has
its header, a list comes with the sentence that introduces it, and code with the sentence that it belongs to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answering.rows import NOTHING, Wanted, wanted_rows
from bot.records import Block, Code, Item, Listing, Note, Paragraph, Table
from index.reading.form_tree import ROWS, Node, cells, form_tree, items, title
from index.reading.sentences import sentences
from index.records import FormKind, Section

MOST = 12  # items or rows; of more, the first ones, or those that are quoted
LINES = 40  # of code
LENGTH = 2400  # characters of a list's or a table's texts
_INTRODUCES = (":", "：")
_ROW, _OTHER = True, False


def blocks(section: Section, start: int, end: int, wanted: Wanted = NOTHING) -> tuple[Block, ...]:
    """What stands from `start` to `end` in the section's text.

    Of a table whose rows the question names, those rows; `wanted`: what the question says of rows.
    """
    return tuple(_Reader(section.text, start, end, wanted, _starts(section)).read(form_tree(section)))


def whole(section: Section) -> tuple[Block, ...]:
    """All of a section's text."""
    reader = _Reader(section.text, 0, len(section.text), NOTHING, _starts(section), limited=False)
    return tuple(reader.read(form_tree(section)))


def _starts(section: Section) -> frozenset[int]:
    return frozenset(span.start for span in section.sentences)


def plain(shown: Sequence[Block]) -> str:
    """Blocks as lines of text, tabs between cells: as they stand in the section, what is left out apart."""
    return "\n".join(line for block in shown for line in _lines(block))


def extent(section: Section, start: int, end: int, shown: Sequence[Block]) -> tuple[int, int]:
    """From where to where the text of a section has all that its blocks show of a quote: what introduces it, too.

    The names of a table's columns are no part of it: other rows may stand between them and those that are shown.
    """
    bare = (replace(block, header=()) if isinstance(block, Table) and block.rows else block for block in shown)
    lines = [part for block in bare for line in _lines(block) for part in line.split("\n") if part]
    begins = section.text.rfind(lines[0], 0, start + len(lines[0])) if lines else -1
    at = first = min(start, begins) if begins >= 0 else start
    for line in lines:
        place = section.text.find(line, at)
        at = place + len(line) if place >= 0 else at
    return first, max(end, at)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    start: int
    end: int
    wanted: Wanted
    sentences: frozenset[int]  # where they begin
    limited: bool = True

    def read(self, nodes: Sequence[Node]) -> Iterator[Block]:
        """The blocks of those nodes that the quote touches, and of what belongs to them."""
        touched = [n for n, node in enumerate(nodes) if node.overlaps(self.start, self.end)]
        if not touched:
            return
        first, last = touched[0], touched[-1]
        if nodes[first].kind is FormKind.LIST and first and nodes[first - 1].kind is None:
            before = nodes[first - 1]
            spoken = list(sentences(self.text[before.start : before.end], before.start))
            if spoken:
                yield Paragraph(self.text[spoken[-1].start : spoken[-1].end])
        while (ahead := self._after_labels(nodes, last)) < len(nodes) and self._belongs(nodes[last], nodes[ahead]):
            last = ahead
        for node in nodes[first : last + 1]:
            yield from self._shown(node)

    def _after_labels(self, nodes: Sequence[Node], last: int) -> int:
        """The place of what follows, behind labels: the title of a file, a tab's."""
        ahead = last + 1
        while ahead < len(nodes) and nodes[ahead].kind is None and nodes[ahead].start not in self.sentences:
            ahead += 1
        return ahead

    def _belongs(self, node: Node, following: Node) -> bool:
        """Whether what follows a quoted paragraph is what it speaks of."""
        if node.kind is not None or following.kind is None or node.end > self.end:
            return False
        return following.kind is FormKind.CODE or self.text[node.start : node.end].rstrip().endswith(_INTRODUCES)

    def _shown(self, node: Node) -> Iterator[Block]:
        if node.kind is None:
            start, end = (max(node.start, self.start), min(node.end, self.end))
            if text := self.text[start:end].strip():
                yield Paragraph(text)
        elif node.kind is FormKind.NOTE:
            inner = [part for part in node.parts if part.kind is not FormKind.TITLE]
            shown = tuple(self.read(inner)) or tuple(self._whole(inner))
            yield Note(node.label, title(self.text, node), shown)
        elif node.kind is FormKind.LIST:
            yield self._list(node)
        elif node.kind is FormKind.TABLE:
            yield from self._table(node)
        else:
            yield from self._whole([node])

    def _whole(self, nodes: Sequence[Node]) -> Iterator[Block]:
        """Nodes with all that stands in them."""
        for node in nodes:
            if node.kind is FormKind.CODE:
                lines = self.text[node.start : node.end].split("\n")
                most = LINES if self.limited else len(lines)
                yield Code("\n".join(lines[:most]), node.label, max(0, len(lines) - most))
            elif node.kind is FormKind.NOTE:
                inner = [part for part in node.parts if part.kind is not FormKind.TITLE]
                yield Note(node.label, title(self.text, node), tuple(self._whole(inner)))
            elif node.kind is FormKind.LIST:
                yield self._list(node)
            elif node.kind is FormKind.TABLE:
                yield from self._table(node)
            else:
                yield Paragraph(self.text[node.start : node.end])

    def _list(self, node: Node) -> Listing:
        parts = items(node)
        begin, end = self._window([(inner[0].start, inner[-1].end) for inner in parts])
        shown = tuple(self._item(inner) for inner in parts[begin:end])
        start = int(node.label) + begin if node.label else None
        return Listing(shown, start, len(parts) - len(shown))

    def _item(self, parts: Sequence[Node]) -> Item:
        begins = parts[0].kind is None
        text = self.text[parts[0].start : parts[0].end] if begins else ""
        return Item(text, tuple(self._whole(parts[begins:])))

    def _table(self, node: Node) -> Iterator[Block]:
        """Its rows; what stands between them (a caption, code in a cell) is shown in its place."""
        for kind, group in groupby(node.parts, lambda part: part.kind in ROWS):
            if kind is _OTHER:
                yield from self._whole(list(group))
                continue
            rows = list(group)
            names = cells(self.text, rows.pop(0)) if rows[0].kind is FormKind.HEADER else ()
            texts = [cells(self.text, row) for row in rows]
            if shown := self._rows(rows, names, texts):
                yield Table(names, tuple(texts[n] for n in shown), len(rows) - len(shown))
            elif names:
                yield Table((), (names,))

    def _rows(self, rows: Sequence[Node], names: Sequence[str], texts: Sequence[tuple[str, ...]]) -> Sequence[int]:
        if named := wanted_rows(names, texts, self.wanted):
            return named[:MOST]
        quoted = [n for n, row in enumerate(rows) if row.overlaps(self.start, self.end)]
        if len(quoted) == 1 and self.limited:
            return quoted
        return range(*self._window([(row.start, row.end) for row in rows]))

    def _window(self, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Which items or rows are shown: all, or the first ones, or from the first that is quoted."""
        if not self.limited:
            return 0, len(places)
        quoted = [n for n, (start, end) in enumerate(places) if start < self.end and self.start < end]
        begin = quoted[0] if quoted and quoted[-1] >= MOST else 0
        length, end = 0, begin
        for start, stop in places[begin : begin + MOST]:
            length += stop - start
            if length > LENGTH and end > begin:
                break
            end += 1
        return begin, end


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Code):
        yield block.text
    elif isinstance(block, Table):
        yield from ("\t".join(row).replace("\n", " ") for row in (block.header, *block.rows) if row)
    elif isinstance(block, Note):
        yield from ([block.title] if block.title else [])
        yield from (line for inner in block.blocks for line in _lines(inner))
    else:
        for item in block.items:
            yield from ([item.text] if item.text else [])
            yield from (line for inner in item.blocks for line in _lines(inner))
