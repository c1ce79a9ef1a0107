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


def anchor(heading: html.HtmlElement) -> str:
    """The id of a heading; where it has none, of the <section> that it opens, as Sphinx and Docutils publish it."""
    if own := heading.get("id"):
        return str(own)
    parent = heading.getparent()
    if parent is None or not (parent.tag == "section" or "section" in (parent.get("class") or "").split()):
        return ""
    opens = all(before.tag not in HEADINGS for before in heading.itersiblings(preceding=True))
    return str(parent.get("id") or "") if opens else ""


def classes(element: html.HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def within(element: html.HtmlElement, tag: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == tag


def near_code(pre: html.HtmlElement) -> Iterator[str]:
    """The classes of code, of the <code> in it and of what it stands in: one of them may name its language."""
    yield from classes(pre)
    for element in [*pre.iter("code"), *islice(pre.iterancestors(), 3)]:
        yield from classes(element)


def skipped(element: html.HtmlElement) -> bool:
    return (
        element.tag in SKIPPED_ELEMENTS
        or not SKIPPED_CLASSES.isdisjoint(classes(element))
        or element.get("hidden") is not None
        or (element.get("data-search-exclude") is not None and element.tag not in HEADINGS)
    )


def plain(element: html.HtmlElement) -> str:
    return "".join(_pieces(element, " "))


def lines(cell: html.HtmlElement) -> list[str]:
    """A cell may hold lines, paragraphs or a list; a null is no character of HTML."""
    texts = (collapsed(text) for text in "".join(_pieces(cell, "\0")).split("\0"))
    return [text for text in texts if text]


def _pieces(element: html.HtmlElement, between: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not skipped(child):
            gap = "" if child.tag in INLINE else between
            yield from (gap, *_pieces(child, between), gap)
        yield child.tail or ""


def collapsed(text: str) -> str:
    """White space as a browser shows it: ideographic and no-break spaces are text and stay."""
    return re.sub("[ \\t\\n\\r\\f]+", " ", text).strip(" ")
