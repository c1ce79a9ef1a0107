"""Characters that stand for a page's links, code and stress while the page is read.

The reader of pages gives plain text. So that Markdown can show what is a link or code and still be the same text, a
page is read once more with marks in it: characters for private use, which no other text has. A text without its marks
is the text of the index, or the marks are not used.
"""

import re
from dataclasses import dataclass, replace

from index.reading.elements import collapsed
from index.records import Section

OPEN = {"a": "\ue000", "code": "\ue002", "strong": "\ue004", "em": "\ue006"}
CLOSE = {"code": "\ue003", "strong": "\ue005", "em": "\ue007"}  # that of a link says where it leads
LINKS, IMAGES, MOST = 0xF0000, 0x100000, 0xFFFD
MARK = re.compile("[\ue000-\ue007\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with marks: where the link or image of each number leads, and an image's words."""

    source: bytes
    targets: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def unmarked(text: str) -> str:
    """The text as it is without marks, and without the white space around an image; a line of images only is gone."""
    lines = ((line, _unmarked(line) if MARK.search(line) else line) for line in text.split("\n"))
    return "\n".join(plain for line, plain in lines if plain or not line)


def _unmarked(line: str) -> str:
    return "\t".join(collapsed(MARK.sub("", cell)) for cell in line.split("\t"))


def with_marks(section: Section, marked: Section | None) -> Section:
    """The section with the text and forms of its marked copy, if that is the same text; else as it is."""
    if marked is None or unmarked(marked.text) != section.text:
        return section
    title = marked.title if MARK.sub("", marked.title) == section.title else section.title
    return replace(section, title=title, text=marked.text, forms=marked.forms)
