"""Documentation of a machine that follows its manual."""

from pathlib import Path

from bot.quality.watch import Watched, compare
from index.reading.sources import Document, documents

SOURCE = """The machine brews coffee at 93 degrees.

Only citric acid may descale it. Vinegar
ruins the seals.

- The tank holds 1.8 litres.
- The grinder takes decaf beans.

水は毎日取り替えてください。古い水は味を損ないます。
"""
FACTS = {
    "brew-93": "The machine brews coffee at 93 degrees.",
    "citric-only": "Only citric acid may descale it.",
    "no-vinegar": "Vinegar ruins the seals.",
    "tank-1-8": "The tank holds 1.8 litres.",
    "decaf": "The grinder takes decaf beans.",
    "water": "Fresh water daily.",
}
STATED = [["brew-93"], ["citric-only", "no-vinegar"], ["tank-1-8"], ["decaf"], ["water"]]
LEDGER = "fact,statement,sections\n" + "".join(f"{name},{said},index#{name}\n" for name, said in FACTS.items())
URL = "https://maker.example/manual"


def manual(docs: Path) -> Document:
    return documents(docs).known[0]


def compared(docs: Path, text: str | bytes) -> Watched:
    return compare(manual(docs), text.encode() if isinstance(text, str) else text, "copy.txt")
