"""Whether a text says what a group of expressions of the word packs stands for: asked of one question many times."""

from functools import lru_cache

from bot.language import expressions

KEPT = 256  # texts that are kept: a question is compared with several sections


@lru_cache(KEPT)
def says(group: str, kind: str, text: str) -> bool:
    """Whether any expression of a kind, of a group in question.toml, is in a plain text, in any language."""
    return any(pattern.search(text) for pattern in expressions(group, kind))
