"""Where a block of text may be cut: the spans that can be quoted on their own. A sign alone is none, nor is "N/A"."""

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

# What is written short: before a number, or before anything.
_SHORT = re.compile(
    r"\b(?:(?i:fig|figs|eq|sec|ch|vol|no|nos|pp?|ver)\.(?=\s+\d)|(?i:approx|incl|resp|al)\.|(?:Mr|Mrs|Ms|Dr|Prof)\.)"
)
_LONGEST = len("approx.")
_NOTHING = re.compile(r"n/a", re.IGNORECASE)


def ends_here(text: str) -> bool:
    """Whether a text begins no sentence: it is empty, ends as sentences do, or introduces what follows."""
    return not text or text.rstrip(")\"'」』）\u201d\u2019")[-1:] in tuple(".!?。！？:：")


def sentences(text: str, start: int = 0) -> Iterator[Span]:
    """Spans of the sentences of one block, offset by `start`; white space around a sentence is left out."""
    begin = read = opened = 0
    for match in _END.finditer(text):
        opened += text.count("「", read, match.end()) - text.count("」", read, match.end())
        read = match.end()
        if opened > 0 or _is_short(text, match):
            continue  # a sentence within a quotation, or none yet
        yield from _trimmed(text, begin, match.end(), start)
        begin, opened = match.end(), 0
    yield from _trimmed(text, begin, len(text), start)


def _is_short(text: str, end: re.Match[str]) -> bool:
    """Whether a point is that of "Fig. 3"."""
    return any(
        short.end() == end.end() for short in _SHORT.finditer(text, max(0, end.start() - _LONGEST), end.end() + 8)
    )


def _trimmed(text: str, begin: int, end: int, start: int) -> Iterator[Span]:
    part = text[begin:end]
    stripped = part.strip()
    if any(letter.isalnum() for letter in stripped) and not _NOTHING.fullmatch(stripped):
        first = begin + part.index(stripped[0])
        yield Span(start + first, start + first + len(stripped))
