"""Where a block of text may be cut: the spans that can be quoted on their own."""

import re
from collections.abc import Iterator

from index.records import Span

# A sentence ends at 。！？ (and what closes after it, unless a particle goes on: 「…。」と), or at . ! ? before white
# space and a new start, which is no small letter ("approx. two").
_END = re.compile(
    r"(?<![。！？])[。！？]++(?:[」』）)\"']+(?![とはがをにのもや、。]))?(?![」』）)\"'])"
    r"|(?<!\b(?i:e\.g))(?<!\b(?i:i\.e))(?<!\b(?i:vs))(?<!\b(?i:etc))(?<!\b(?i:cf))"
    r"(?<![.!?][.!?])[.!?]++[)\"'\u2019\u201d]*(?=\s+[^\sa-z])"
)


def sentences(text: str, start: int = 0) -> Iterator[Span]:
    """Spans of the sentences of one block, offset by `start`; white space around a sentence is left out."""
    begin = read = opened = 0
    for match in _END.finditer(text):
        opened += text.count("「", read, match.end()) - text.count("」", read, match.end())
        read = match.end()
        if opened > 0:
            continue  # a sentence within a quotation
        yield from _trimmed(text, begin, match.end(), start)
        begin, opened = match.end(), 0
    yield from _trimmed(text, begin, len(text), start)


def _trimmed(text: str, begin: int, end: int, start: int) -> Iterator[Span]:
    part = text[begin:end]
    if stripped := part.strip():
        first = begin + part.index(stripped[0])
        yield Span(start + first, start + first + len(stripped))
