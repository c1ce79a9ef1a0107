"""Footnotes: a mark is no word of the sentence it stands in, and a note's text belongs to the section that it notes.

Generators publish the notes at the end of the page, where the last section would own them all.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from lxml import html

from index.reading.elements import classes
from index.reading.markup import HEADINGS

_MARKS = {"footnote-ref", "footnote-reference"}
_BACK = {"↩", "↩︎", "^"}
_POINTS = tuple(".,;:!?)。、）")


def footnotes(content: html.HtmlElement) -> dict[html.HtmlElement, html.HtmlElement]:
    """The notes by the first mark of each, taken out of the content; the marks lose their text."""
    marks = [link for link in content.iter("a") if _is_mark(link)]
    named = {str(element.get("id")): element for element in content.iter() if element.get("id")} if marks else {}
    notes: dict[html.HtmlElement, html.HtmlElement] = {}
    noted: set[str] = set()
    for mark in marks:
        name = unquote(mark.get("href")[1:])
        note = _body(named[name]) if name in named else None
        if note is not None and name not in noted:
            noted.add(name)
            notes[mark] = note
        _empty(mark)
    for note in notes.values():
        _take_out(note)
    return notes


def _is_mark(link: html.HtmlElement) -> bool:
    if not (link.get("href") or "").startswith("#") or any(above.tag in HEADINGS for above in link.iterancestors()):
        return False
    parent = link.getparent()
    around = classes(parent) if parent is not None and parent.tag == "sup" else []
    return (
        not _MARKS.isdisjoint([*classes(link), *around])
        or link.get("data-footnote-ref") is not None
        or link.get("role") == "doc-noteref"
    )


def _body(note: html.HtmlElement) -> html.HtmlElement | None:
    """The element that holds a note's text; in the older markup of Docutils the one that follows its label."""
    if note.tag == "dt":
        return note.getnext()
    return note if note.tag in ("li", "aside", "div", "p", "dd") else None


def _empty(mark: html.HtmlElement) -> None:
    """A mark after a space before a point leaves no space there."""
    alone = mark
    while (parent := alone.getparent()) is not None and parent.tag in ("sup", "span"):
        alone = parent
    before = alone.getprevious()
    if (alone.tail or "").startswith(_POINTS):
        if before is not None:
            before.tail = (before.tail or "").rstrip() or None
        elif (parent := alone.getparent()) is not None:
            parent.text = (parent.text or "").rstrip()
    for child in list(mark):
        mark.remove(child)
    mark.text = None


def _take_out(note: html.HtmlElement) -> None:
    for link in list(_back(note)):
        link.drop_tree()
    if note.getparent() is not None:
        note.drop_tree()


def _back(note: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What leads back to the mark, and the note's number."""
    for element in note.iter("span", "a"):
        leads_back = element.get("role") == "doc-backlink" or element.text_content().strip() in _BACK
        if (element.tag == "a" and leads_back) or (element.tag == "span" and "label" in classes(element)):
            yield element
