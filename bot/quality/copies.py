"""A copy of a document to its paragraphs: text, Markdown or HTML, in the usual encodings.

A paragraph is told by its characters without white space, so that neither line breaks nor spaces, an encoding or a mark
at a file's head make another one.
"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from index.errors import KbError
from index.normal_form import nfkc
from index.reading.page import read_page

LARGEST = 5_000_000  # bytes
_BROKEN = 40  # lines into which a paragraph may be broken
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_SHORT_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""charset\s*+=\s*+["']?\s*+([\w-]{1,40})""", re.IGNORECASE)
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s++html|html)\b", re.IGNORECASE | re.DOTALL
)
# Its day changes, not what is said.
_FRONT_MATTER = re.compile(r"(?m:^)-{3}[ \t]*\r?\n.*?\n-{3}[ \t]*(?:\r?\n|$)", re.DOTALL)
_MARKER = re.compile(r"(?<!\s)\s*+(?:[-*+•・>]|#{1,6})\s++")
_STARTS = re.compile(r"\s*(?:[-*+•・>|]|#{1,6}\s|\d{1,3}[.)]\s|[QA]\s*[:：])")


@dataclass(frozen=True, slots=True)
class Copied:
    """A paragraph of a copy."""

    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    key: str  # what tells it
    begins: bool  # a paragraph


def paragraphs(content: bytes, named: str, known: Collection[str]) -> tuple[Copied, ...]:
    """The paragraphs of a copy; lines that together are a known one (by its digest) are one. Raises KbError."""
    lines = [line for line in _lines(_decoded(content, named)) if line.key]
    if not lines:
        raise KbError(f"{named}: there is no text in it. Give the document as text, Markdown or HTML.")
    copied, open_ = list[Copied](), list[_Line]()
    at = 0
    while at < len(lines):
        count = _known(lines[at : at + _BROKEN], known)
        if open_ and (count or lines[at].begins):
            copied.append(_joined(open_))
            open_ = []
        if count:
            copied.append(_joined(lines[at : at + count]))
        else:
            open_.append(lines[at])
        at += count or 1
    return tuple([*copied, _joined(open_)] if open_ else copied)


def key(text: str) -> str:
    """The characters that tell a paragraph: one form of each, nothing that is not seen, no mark of a list."""
    plain = nfkc(_MARKER.sub("", text, count=1))
    kept = "".join(char for char in plain if not char.isspace() and unicodedata.category(char) != "Cf")
    return kept if any(map(str.isalnum, kept)) else ""


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _known(lines: list[_Line], known: Collection[str]) -> int:
    """How many of the lines are a known paragraph; 0 if they begin none."""
    keys = accumulate(line.key for line in lines) if known else ()
    return next((count for count, joined in enumerate(keys, 1) if digest(joined) in known), 0)


def _joined(lines: list[_Line]) -> Copied:
    return Copied(digest("".join(line.key for line in lines)), " ".join(line.text for line in lines))


def _lines(text: str) -> Iterator[_Line]:
    if _HTML.match(text):
        for draft in read_page(text.encode(), "/").drafts:
            for block in (draft.title, *draft.blocks):
                yield _Line(" ".join(block.split()), key(block), True)
        return
    lines = _FRONT_MATTER.sub("", text.lstrip()).splitlines()
    apart = all(line.strip() for line in "\n".join(lines).strip().split("\n"))  # no empty line: each is a paragraph
    before = ""
    for line in lines:
        yield _Line(" ".join(line.split()), key(line), apart or not before.strip() or bool(_STARTS.match(line)))
        before = line


def _decoded(content: bytes, named: str) -> str:
    if len(content) > LARGEST:
        raise KbError(f"{named}: larger than {LARGEST} bytes. Is this the document?")
    marked = next((name for bom, name in (*_BOMS, *_SHORT_BOMS) if content.startswith(bom)), "")
    said = _CHARSET.search(content[:2048])
    for name in (marked,) if marked else ("utf-8", *([said[1].decode()] if said else []), "cp932"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise KbError(f"{named}: the encoding is not known. Save the document as UTF-8.")
