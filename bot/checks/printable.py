"""Foreign text made harmless once, so that no format has to think of terminals, bidi tricks or surrogates."""

LONGEST = 300
NAMED = 80  # characters of what an error names of what was sent


def printable(text: str, longest: int = LONGEST) -> str:
    r"""The text on one line, what cannot be seen written as \uXXXX, cut where nobody reads on."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(char if char.isprintable() else rf"\u{ord(char):04x}" for char in cut)
