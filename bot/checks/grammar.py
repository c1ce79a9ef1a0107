"""What is wrong with a text that is no JSON, by what its reader says: a key of the words, not the reader's English."""

# Of Python's json (the beginnings; the same in every version) and of PyYAML, which says too much to be translated.
_SLIPS = {
    "cut off": "cut",  # ours: the input ends in the midst of a value
    "Expecting value": "value",
    "Expecting property name": "key",
    "Illegal trailing comma": "trailing",
    "Expecting ',' delimiter": "comma",
    "Expecting ':' delimiter": "colon",
    "Extra data": "more",
    "Unterminated string": "open-string",
    "Invalid control character": "control",
    "Invalid \\": "escape",
    "a key that is no text": "key-type",
}


def slip(reason: str) -> str:
    """The key of `grammar` in bot/words/<lang>/checks.toml."""
    return next((key for said, key in _SLIPS.items() if reason.startswith(said)), "other")
