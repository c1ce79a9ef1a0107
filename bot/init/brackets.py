"""An item more, or less, at the beginning of a list in brackets; nothing else of the text changes."""

import re


def put(text: str, at: int, item: str) -> str:
    """The item into the list whose bracket opens at `at`: on a line of its own where the others have theirs."""
    inside = text[at + 1 :]
    if line := re.match(r"[ \t]*\n(?=([ \t]*)[^\s\]])", inside):
        return f"{text[: at + 1]}\n{line[1]}{item},{inside}"
    comma = "," if re.match(r"\s*\]", inside) else ", "
    return f"{text[: at + 1]}{item}{comma}{inside}"


def take(text: str, item: str) -> str | None:
    """The text without the item that `put` has put in; `item` is a regular expression. None if there is none."""
    for place in (rf"(?<=\[)\n[ \t]*{item},(?=[ \t]*\n)", rf"(?<=\[){item}, (?=[^\s\]])", rf"(?<=\[){item},(?=\s*\])"):
        taken, count = re.subn(place, "", text)
        if count:
            return taken if count == 1 else None
    return None
