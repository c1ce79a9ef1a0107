"""Where a block of text may be cut: the spans that can be quoted on their own."""

import re
from collections.abc import Iterator

from index.records import Span

# A sentence ends at 。！？ (and what closes after it), or at . ! ? before white space and a new start.
_END = re.compile(
    r"[。！？]+[」』）)\"']*"
    r"|(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\betc)(?<!\bcf)(?<!\bno)[.!?]+[)\"'\u2019\u201d]*(?=\s+[^\sa-z])",
    re.IGNORECASE,
)
_LOWER_START = re.compile(r"\s+[a-z]")


def sentences(text: str, start: int = 0) -> Iterator[Span]:
    """Spans of the sentences of one block, offset by `start`; white space around a sentence is left out."""
    begin = 0
    for match in _END.finditer(text):
        if text[match.start()] in ".!?" and _LOWER_START.match(text, match.end()):
            continue  # "approx. two": no sentence starts in lower case
        yield from _trimmed(text, begin, match.end(), start)
        begin = match.end()
    yield from _trimmed(text, begin, len(text), start)


def _trimmed(text: str, begin: int, end: int, start: int) -> Iterator[Span]:
    part = text[begin:end]
    if stripped := part.strip():
        first = begin + part.index(stripped[0])
        yield Span(start + first, start + first + len(stripped))
