"""How long a result may be. What is too long is given shorter, and says so."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LATIN = 3  # ASCII characters that are a token; of any other script each is one
_ASCII = re.compile(r"[\x00-\x7f]+")
_END = re.compile(r"(?<=[.!?。！？])\s*|\n")


@dataclass(frozen=True, slots=True)
class Shown:
    """A result in its two forms: hosts pass on one of them, or both."""

    structured: Any  # one of the forms of outputs.py
    text: str  # Markdown

    @property
    def tokens(self) -> int:
        """About how many tokens both have together."""
        return tokens(json.dumps(self.structured, ensure_ascii=False)) + tokens(self.text)


def tokens(text: str) -> int:
    """About how many a large model's tokenizer makes of it; rather too many than too few."""
    latin = sum(len(part) for part in _ASCII.findall(text))
    return math.ceil(latin / LATIN) + len(text) - latin


class TightError(Exception):
    """Not even the shortest form of a result fits."""


def fitting(choices: Iterable[Shown], most: int) -> Shown:
    """The first one that fits, from the longest to the shortest. Raises TightError."""
    for shown in choices:
        if shown.tokens <= most:
            return shown
    raise TightError


def beginning(text: str, most: int) -> str:
    """The text's first sentences or lines, of `most` characters at most; an exact part of it."""
    if len(text) <= most:
        return text
    ends = [end.start() for end in _END.finditer(text[: most + 1]) if 0 < end.start() <= most]
    return text[: ends[-1] if ends else most].rstrip()
