"""An item more, or less, at the beginning of a list in brackets; nothing else of the text changes."""

import re


def put(text: str, at: int, entry: str) -> str:
    """The item into the list whose bracket opens at `at`: on a line of its own where the others have theirs."""
    inside = text[at + 1 :]
    if line := re.match(r"[ \t]*\n(?=([ \t]*)[^\s\]])", inside):
        return f"{text[: at + 1]}\n{line[1]}{entry},{inside}"
    comma = "," if re.match(r"\s*\]", inside) else ", "
    return f"{text[: at + 1]}{entry}{comma}{inside}"


def take(text: str, entry: str) -> str | None:
    """The text without the item that `put` has put in; `item` is a regular expression. None if there is none."""
    for place in (
        rf"(?<=\[)\n[ \t]*{entry},(?=[ \t]*\n)",
        rf"(?<=\[){entry}, (?=[^\s\]])",
        rf"(?<=\[){entry},(?=\s*\])",
    ):
        taken, count = re.subn(place, "", text)
        if count:
            return taken if count == 1 else None
    return None
