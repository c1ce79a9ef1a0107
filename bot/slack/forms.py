"""The blocks of an answer in Slack's own: rich text for paragraphs, lists and code, one table, within a budget.

Limits of Slack's reference (docs.slack.dev/reference/block-kit/blocks, read in July 2026): a table has 100 rows of 20
cells and a message one table with 10,000 characters in all; cells may not be empty. Text of rich text is shown as it
is: nothing in it is markup.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import records
from bot.aligned import table_lines
from bot.answering.linked import Linked, unlinked
from bot.slack.limits import shorten, size, unmarked

Element = dict[str, Any]
ROWS, CELLS = 100, 20
MONOSPACE = 60  # columns of a table that is shown as text
DEEPEST = 8  # indents of a list


@dataclass(slots=True)
class Shown:
    """Slack's blocks so far, how many characters may still come, and whether something was left out."""

    room: int
    blocks: list[Element] = field(default_factory=list)
    cut: bool = False
    table: bool = False  # there is one: a message may have no other
    linked: Linked = unlinked  # a text with whole addresses

    def add(self, *elements: Element) -> None:
        """Elements of rich text, in one block as long as no table comes between them."""
        if not self.blocks or self.blocks[-1]["type"] != "rich_text":
            self.blocks.append({"type": "rich_text", "elements": []})
        self.blocks[-1]["elements"] += elements

    def elements(self, text: str) -> list[Element]:
        """A text as elements of rich text: what leads somewhere is a link."""
        return [
            {"type": "link", "url": url, "text": words} if url else _text(words) for words, url in self.linked(text)
        ]

    def section(self, text: str) -> Element:
        """A text as a section of rich text."""
        return _section(self.elements(text))

    def take(self, text: str) -> str:
        """As much of a text as there is room for; empty if there is none."""
        if self.room < 20:
            self.cut = True
            return ""
        kept = shorten(text, self.room, unmarked)
        self.cut |= kept != unmarked(text)
        self.room -= size(kept)
        return kept


def in_slack(blocks: Sequence[records.Block], room: int, linked: Linked = unlinked) -> Shown:
    """The blocks of a quote with its links; at most about `room` characters of them."""
    shown = Shown(room, linked=linked)
    for block in blocks:
        _add(block, shown, _section)
    return shown


def _add(block: records.Block, shown: Shown, paragraph: Callable[[list[Element]], Element]) -> None:
    shown.cut |= getattr(block, "more", 0) > 0
    if isinstance(block, records.Paragraph):
        if text := shown.take(block.text):
            shown.add(paragraph(shown.elements(text + "\n")))
    elif isinstance(block, records.Code):
        _code(block, shown)
    elif isinstance(block, records.Listing):
        _list(block, shown, 0)
    elif isinstance(block, records.Note):
        if title := shown.take(block.title):
            shown.add(_quote([_text(title, bold=True)]))
        for inner in block.blocks:
            _add(inner, shown, _quote)
    elif isinstance(block, records.Table):
        _table(block, shown)


def _list(block: records.Listing, shown: Shown, depth: int) -> None:
    for n, entry in enumerate(block.items):
        text = shown.take(entry.text or "…")
        if not text:
            return
        style = {"style": "bullet"} if block.start is None else {"style": "ordered", "offset": block.start - 1 + n}
        last = shown.blocks[-1]["elements"][-1] if shown.blocks and shown.blocks[-1]["type"] == "rich_text" else {}
        if n and last.get("type") == "rich_text_list" and last["indent"] == depth:
            last["elements"].append(shown.section(text))
        else:
            shown.add({"type": "rich_text_list", **style, "indent": depth, "elements": [shown.section(text)]})
        for inner in entry.blocks:
            if isinstance(inner, records.Listing):
                _list(inner, shown, min(depth + 1, DEEPEST))
            else:
                _add(inner, shown, _section)


def _code(block: records.Code, shown: Shown) -> None:
    """Whole lines, for half a command is none."""
    lines: list[str] = []
    for line in unmarked(block.text).split("\n"):
        if size(line) + 1 > shown.room:
            shown.cut = True
            break
        shown.room -= size(line) + 1
        lines.append(line)
    if any(lines):
        shown.add({"type": "rich_text_preformatted", "elements": [_text("\n".join(lines))]})


def _table(block: records.Table, shown: Shown) -> None:
    rows = [row[:CELLS] for row in ((block.header, *block.rows) if block.header else block.rows)]
    fitting: list[tuple[str, ...]] = []
    for row in rows[:ROWS]:
        length = sum(map(size, row))
        if length > shown.room:
            break
        shown.room -= length
        fitting.append(tuple(unmarked(cell) for cell in row))
    shown.cut |= len(fitting) < len(rows)
    if not fitting or (block.header and len(fitting) == 1):
        return
    if shown.table:
        lines = table_lines([[cell.replace("\n", "; ") for cell in row] for row in fitting], MONOSPACE)
        shown.add({"type": "rich_text_preformatted", "elements": [_text("\n".join(lines))]})
        return
    width = max(map(len, fitting))
    cells = [[*row, *[""] * (width - len(row))] for row in fitting]
    shown.table = True
    shown.blocks.append(
        {
            "type": "table",
            "column_settings": [{"is_wrapped": True}] * width,
            "rows": [
                [{"type": "rich_text", "elements": [shown.section(cell or " ")]} for cell in row] for row in cells
            ],
        }
    )


def _section(elements: list[Element]) -> Element:
    return {"type": "rich_text_section", "elements": elements}


def _quote(elements: list[Element]) -> Element:
    return {"type": "rich_text_quote", "elements": elements}


def _text(text: str, *, bold: bool = False) -> Element:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}
