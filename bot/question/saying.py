"""Whether a text says what a group of expressions of the word packs stands for: asked of one question many times."""

import re
from functools import cache, lru_cache

from bot.language import SPOKEN, pack

KEPT = 256  # texts that are kept: a question is compared with several sections


@lru_cache(KEPT)
def says(group: str, kind: str, text: str) -> bool:
    """Whether any expression of a kind, of a group in question.toml, is in a plain text, in any language."""
    return any(pattern.search(text) for pattern in _expressions(group, kind))


@cache
def _expressions(group: str, kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for lang in SPOKEN for text in pack(lang, "question")[group][kind])
