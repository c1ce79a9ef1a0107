"""How sure an answer is, in a word."""

from bot.records import Certainty

SURE, PROBABLE = 0.9, 0.7  # confidence from which on an answer is called so


def certainty(confidence: float, *, left_out: bool) -> Certainty:
    """High, medium or low; what leaves a part of the question out is never sure to answer it."""
    if confidence >= SURE and not left_out:
        return "high"
    return "medium" if confidence >= PROBABLE else "low"
