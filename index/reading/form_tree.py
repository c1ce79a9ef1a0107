"""A section's forms as a tree over its text: what stands in what, with a paragraph for each line that no form takes."""

from dataclasses import dataclass, field
from itertools import pairwise

from index.records import FormKind, Section

ROWS = (FormKind.HEADER, FormKind.ROW)


@dataclass(slots=True)
class Node:
    """A form with the forms in it; a line of none is a paragraph (kind None)."""

    kind: FormKind | None
    start: int
    end: int
    label: str = ""
    parts: "list[Node]" = field(default_factory=list)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with these places of the text."""
        return self.start < end and start < self.end


def form_tree(section: Section) -> list[Node]:
    """The outermost forms and paragraphs of a section, in the order of its text."""
    whole = Node(None, 0, len(section.text))
    above = [whole]
    for form in section.forms:
        while len(above) > 1 and not (above[-1].start <= form.start and form.end <= above[-1].end):
            above.pop()
        node = Node(form.kind, form.start, form.end, form.label)
        above[-1].parts.append(node)
        above.append(node)
    _fill(whole, section.text)
    return whole.parts


def _fill(node: Node, text: str) -> None:
    """Lines that no form takes become paragraphs, in their places."""
    filled: list[Node] = []
    at = node.start
    for part in [*node.parts, Node(None, node.end, node.end)]:
        for line in text[at : part.start].split("\n"):
            if line:
                filled.append(Node(None, at, at + len(line)))
            at += len(line) + 1
        if part.end > part.start:
            filled.append(part)
        at = part.end
    node.parts = [part for part in filled if part.end > part.start]
    for part in node.parts:
        if part.kind not in (None, FormKind.CODE, FormKind.TITLE, *ROWS):
            _fill(part, text)


def items(listing: Node) -> list[list[Node]]:
    """What stands in each item of a list; text beside the items belongs to the one before it."""
    listed: list[list[Node]] = []
    for part in listing.parts:
        if part.kind is FormKind.ITEM or not listed:
            listed.append([])
        listed[-1] += part.parts if part.kind is FormKind.ITEM else [part]
    return listed


def cells(text: str, row: Node) -> tuple[str, ...]:
    """The cells of a table's row; their lines are broken as on the page."""
    characters = list(text[row.start : row.end])
    for line, following in pairwise(row.parts):
        if text[line.end : following.start] == " ":
            characters[line.end - row.start] = "\n"
    return tuple("".join(characters).split("\t"))


def title(text: str, note: Node) -> str:
    """The title of a note in one line, "" where it has none."""
    titles = (text[part.start : part.end] for part in note.parts if part.kind is FormKind.TITLE)
    return next(titles, "").replace("\n", " ")
