"""Elements of a page: their classes and ids, and their text as a browser shows it."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from index.reading.markup import HEADINGS, SKIPPED_CLASSES, SKIPPED_ELEMENTS

INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"),
    *("s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img", "input", "ruby", "rt"),
}

# Classes of what labels the text beside it: shown with it, and no sentence. A tab's, the title of a file of code.
LABEL, FILE_TITLE = "tab-label", "filename"
LABELS = frozenset({LABEL, FILE_TITLE, "doc-section-title"})
OF_OBJECT = "doc-of-object"  # what belongs to a documented object, not to a heading of its text
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff\u2060"))


def anchor(heading: html.HtmlElement) -> str:
    """The id of a heading; where it has none, of the <section> that it opens, as Sphinx and Docutils publish it."""
    if own := heading.get("id"):
        return str(own)
    parent = heading.getparent()
    if parent is None or not (parent.tag == "section" or "section" in (parent.get("class") or "").split()):
        return ""
    opens = all(before.tag not in HEADINGS for before in heading.itersiblings(preceding=True))
    return str(parent.get("id") or "") if opens else ""


def object_name(element: html.HtmlElement) -> str:
    """The full name of what an element documents, "" if it documents no object: Sphinx's domains, mkdocstrings."""
    name, given = str(element.get("id") or ""), classes(element)
    if element.tag == "dt" and "sig" in given and name:
        above = element.getprevious()
        if above is not None and above.tag == "dt" and "sig" in classes(above):
            return ""  # another signature of the same object
        parts = dict.fromkeys(("descclassname", "descname"), "")
        for span in element.iter("span"):
            for part in parts.keys() & classes(span):
                parts[part] = parts[part] or collapsed(plain(span))
        own = parts["descname"] or collapsed(plain(element))
        before_own = parts["descclassname"] if parts["descclassname"].endswith((".", "::")) else ""
        return name if name.endswith(own) and " " not in own else before_own + own
    if element.tag in HEADINGS and "doc-heading" in given:
        shown = collapsed(plain(element)).partition("(")[0]
        return name if shown and name.endswith(shown) else collapsed(plain(element))
    return ""


def is_term(element: html.HtmlElement) -> bool:
    """Whether it begins an entry of a glossary that can be linked to, as Sphinx publishes them."""
    parent, above = element.getparent(), element.getprevious()
    listed = element.tag == "dt" and bool(element.get("id")) and parent is not None and "glossary" in classes(parent)
    return listed and (above is None or above.tag != "dt")  # another name of the same entry is text of it


def pictured(element: html.HtmlElement) -> str:
    """What its pictures say instead of text: a page may be headed by a logo."""
    return collapsed(" ".join(picture.get("alt") or "" for picture in element.iter("img")))


def depth(element: html.HtmlElement) -> int:
    """In how many definition lists an element stands."""
    return sum(above.tag == "dl" for above in element.iterancestors())


def classes(element: html.HtmlElement) -> list[str]:
    """The classes of an element, in their order."""
    return (element.get("class") or "").split()


def within(element: html.HtmlElement, tag: str) -> bool:
    """Whether it is a child of such an element."""
    parent = element.getparent()
    return parent is not None and parent.tag == tag


def near_code(pre: html.HtmlElement) -> Iterator[str]:
    """The classes of code, of the <code> in it and of what it stands in: one of them may name its language."""
    yield from classes(pre)
    yield f"language-{pre.get('data-language') or 'none'}"
    for element in [*pre.iter("code"), *islice(pre.iterancestors(), 3)]:
        yield from classes(element)


def skipped(element: html.HtmlElement) -> bool:
    """Whether it is no text of the page: the theme adds it, or it is hidden from readers or from searches."""
    return (
        element.tag in SKIPPED_ELEMENTS
        or not SKIPPED_CLASSES.isdisjoint(classes(element))
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("data-pagefind-ignore") is not None
        or (element.get("data-search-exclude") is not None and element.tag not in HEADINGS)
    )


def plain(element: html.HtmlElement) -> str:
    """Its text, with a space where a block begins or ends."""
    return "".join(_pieces(element, " "))


def lines(cell: html.HtmlElement) -> list[str]:
    """A cell may hold lines, paragraphs or a list; a null is no character of HTML."""
    texts = (collapsed(text) for text in "".join(_pieces(cell, "\0")).split("\0"))
    return [text for text in texts if text]


def code_text(pre: html.HtmlElement) -> str:
    """Code as it is shown: some generators make each of its lines an element, or end it with a break."""
    text: list[str] = []
    for piece in _code_pieces(pre):
        if piece:
            text.append(piece)
        elif piece is None and text and not text[-1].endswith("\n"):
            text.append("\n")
    return "".join(text).strip("\n")


def _code_pieces(element: html.HtmlElement) -> Iterator[str | None]:
    """The text of code, None where a line begins or ends unless it does already."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str) and not skipped(child):
            edge = () if child.tag in INLINE else (None,)
            yield from (*edge, *_code_pieces(child), *edge)
        yield child.tail or ""


def _pieces(element: html.HtmlElement, between: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not skipped(child):
            gap = "" if child.tag in INLINE else between
            yield from (gap, *_pieces(child, between), gap)
        yield child.tail or ""


def collapsed(text: str) -> str:
    """White space as a browser shows it: ideographic and no-break spaces are text and stay, what has no width goes."""
    return re.sub("[ \\t\\n\\r\\f]+", " ", text.translate(_NO_WIDTH)).strip(" ")
