"""The forms of a section's text: which parts of it are a list, a table, code or a note on the page.

While a page is read, each piece of text knows the elements that it stands in. A heading may stand in such an element,
too, so a section's forms are put together from its pieces and not from the elements.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.records import Form, FormKind

_LANGUAGE = re.compile(r"(?:language|lang|highlight)-(?!default\b|text\b|none\b|plaintext\b)([\w+#.-]+)")
_NOTES = {"admonition", "markdown-alert"}  # classes; <details> is a note that can be folded
_NOTE_TITLES = {"admonition-title", "markdown-alert-title"}

_CODE_TABLE = "highlighttable"  # code beside its line numbers
_BELONGS = {
    FormKind.ITEM: FormKind.LIST,
    FormKind.ROW: FormKind.TABLE,
    FormKind.HEADER: FormKind.TABLE,
    FormKind.TITLE: FormKind.NOTE,
}


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """An element that gives the text in it a form; two are never the same one."""

    kind: FormKind
    label: str = ""
    lines: tuple[tuple[int, int], ...] = ()  # of a row: those of its cells that have several


Piece = tuple[int, int, tuple[Around, ...]]  # start and end in the text, and what it stands in, outermost first

_LINE = Around(FormKind.LINE)


def around(tag: str, classes: Iterable[str], start: str = "") -> Around | None:
    """The form that an element gives what stands in it; None for all others, and for rows and code (see below)."""
    names = list(classes)
    if tag == "ol":
        return Around(FormKind.LIST, start if start.isdecimal() else "1")
    if tag == "ul":
        return Around(FormKind.LIST)
    if tag == "li":
        return Around(FormKind.ITEM)
    if tag == "table":
        return None if _CODE_TABLE in names else Around(FormKind.TABLE)
    if tag == "summary" or not _NOTE_TITLES.isdisjoint(names):
        return Around(FormKind.TITLE)
    if tag == "details" or not _NOTES.isdisjoint(names):
        return Around(FormKind.NOTE, next((name for name in names if name not in _NOTES), ""))
    return None


def says_only_its_kind(cells: Iterable[str], within: Sequence[Around]) -> bool:
    """Whether a title of a note says no more than what kind of note it is: "Tip", "See also"."""
    if len(within) < 2 or within[-1].kind is not FormKind.TITLE or within[-2].kind is not FormKind.NOTE:
        return False
    said, kind = ("".join(filter(str.isalnum, text)).casefold() for text in ("".join(cells), within[-2].label))
    return said == kind


def row(cells: Iterable[list[str]], *, heads: bool) -> Around:
    """A row of a table by the lines of its cells; `heads`: they name the columns."""
    lines: list[tuple[int, int]] = []
    at = 0
    for cell in cells:
        for line in cell:
            if len(cell) > 1:
                lines.append((at, at + len(line)))
            at += len(line) + 1
        at += not cell
    return Around(FormKind.HEADER if heads else FormKind.ROW, lines=tuple(lines))


def code(classes: Iterable[str]) -> Around:
    """Code, in the language that the first of these classes names, if any does."""
    named = map(_LANGUAGE.fullmatch, classes)
    return Around(FormKind.CODE, next((match[1] for match in named if match), ""))


def forms(pieces: Iterable[Piece]) -> tuple[Form, ...]:
    """What stands in one and the same element is one form; a form comes before those in it."""
    made: list[tuple[Around, int, int]] = []
    opened: list[int] = []  # places in `made`, outermost first
    for start, end, within in pieces:
        now = list(_sensible(within))
        kept = 0
        while kept < min(len(opened), len(now)) and made[opened[kept]][0] is now[kept]:
            kept += 1
        opened = [*opened[:kept], *range(len(made), len(made) + len(now) - kept)]
        made += [(form, start, end) for form in now[kept:]]
        for at in opened:
            made[at] = (made[at][0], made[at][1], end)
        made += [(_LINE, start + begin, start + stop) for form in now[kept:] for begin, stop in form.lines]
    return tuple(Form(form.kind, start, end, form.label) for form, start, end in made)


def _sensible(within: Iterable[Around]) -> Iterator[Around]:
    """Without items outside of a list, rows outside of a table and titles of no note."""
    above: FormKind | None = None
    for form in within:
        if form.kind not in _BELONGS or _BELONGS[form.kind] is above:
            above = form.kind
            yield form
