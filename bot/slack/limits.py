"""What Slack takes: characters that must be escaped, and how long each part of a message may be.

Sizes are UTF-16 code units, the larger of the two ways to count characters that are met in practice.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import accumulate, takewhile
from typing import Any

from index.reading.sentences import sentences

SECTION, BUTTON, VALUE, BLOCKS = 3000, 75, 2000, 50
TOTAL = 12_000  # of a message; undocumented: Slack refuses somewhat more, however short each block is
CUT = " …"
# Controls (but not tab and newline), those that turn the direction of writing, and unseen tags: text must not look like
# other text.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_JOINS = "\u200d\ufe0e\ufe0f"  # part of the character before: emoji sequences


def escape(text: str) -> str:
    """Text for `mrkdwn`: shown as it is, so that nobody is mentioned and nothing becomes a link."""
    return _UNSEEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unmarked(text: str) -> str:
    """Text for `rich_text`, which knows no markup."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """Text for `plain_text` on one line, which knows no escapes: brackets that could open a mention look alike."""
    return " ".join(_UNSEEN.sub("", text).replace("<", "‹").replace(">", "›").split())


def size(text: str) -> int:
    """Its length in UTF-16 code units, as Slack counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int, write: Callable[[str], str] = escape) -> str:
    """`text` as `write` writes it, at most `limit` long: whole sentences if one fits, else whole characters."""
    whole = write(text)
    if size(whole) <= limit:
        return whole
    ends = (span.end for span in sentences(text[: limit + 1]))  # what is written is never shorter
    fits = list(takewhile(lambda end: end <= limit and size(write(text[:end]) + CUT) <= limit, ends))
    return (write(text[: fits[-1]]) if fits else _characters(text, limit - size(CUT), write)) + CUT


def whole_lines(lines: Sequence[str]) -> str:
    """As many of the lines, which are escaped, as one section takes."""
    sizes = accumulate(size(line) + 1 for line in lines)
    return "\n".join(line for line, end in zip(lines, sizes, strict=True) if end <= SECTION)


def fitted(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks that Slack takes in one message; from the end, blocks that hold no buttons are left out first."""
    kept = list(blocks)
    while len(kept) > BLOCKS or total(kept) > TOTAL:
        texts = [n for n, block in enumerate(kept) if block["type"] != "actions"]
        kept.pop(texts[-1] if len(texts) > 1 else -1)
    return kept


def total(blocks: list[dict[str, Any]]) -> int:
    """The size of everything in the blocks, their own JSON included."""
    return size(json.dumps(blocks, ensure_ascii=False))


def _characters(text: str, limit: int, write: Callable[[str], str]) -> str:
    low, high = 0, min(len(text), limit)  # how many characters fit: what is written only grows
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(write(text[:middle])) <= limit else (low, middle - 1)
    while 0 < low < len(text) and (
        unicodedata.combining(text[low]) or text[low] in _JOINS or text[low - 1] == "\u200d"
    ):
        low -= 1
    return write(text[:low])
