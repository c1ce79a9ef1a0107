"""What kind of thing a question asks for: a reason, a procedure, a date, a number, a comparison.

A question can share every word with a section and still ask what the section does not state ("why must it be /24?",
"which command shows it?"). The kinds are features of the decision; how much each counts is learned
(`kb calibrate`); what asks for them stands in bot/words/<lang>/question.toml.
"""

import re

from bot.language import patterns
from index.normal_form import nfkc

# Particles and endings are written in hiragana: a text without any is a noun or some of them.
_SENTENCE = re.compile(r"[\u3041-\u309f?。!]|\S\s+\S+\s+\S")  # or three words
# `KB_PORT`, `--pod-cidr`, `AGC005`, `/readyz`, `podSubnetId`: a name of code, not a word.
_IDENTIFIER = re.compile(r"(?:--|/)[\w-]+|[A-Za-z]\w+(?:[_.]\w{2,})+|[A-Za-z]+\d+|[a-z]{2,}(?:[A-Z][a-z]+)+", re.ASCII)
LONG, FEW = 60, 12  # letters, and as many different runs of three of them
INTENTS = ("asks_reason", "asks_procedure", "asks_date", "asks_number", "asks_comparison")


def intents(question: str) -> dict[str, float]:
    """1.0 for each kind of thing that the question asks for, else 0.0."""
    plain = nfkc(question)
    return {name: float(bool(pattern.search(plain))) for name, pattern in patterns("intents").items()}


def is_keyword(question: str) -> bool:
    """True for a word or two as people type them into a search box ("pots", "lid size"), which ask nothing yet."""
    plain = nfkc(question).strip()
    return bool(plain) and not _SENTENCE.search(plain)


def is_identifier(question: str) -> bool:
    """True for a name of code by itself: a setting, an option, a field, an address, the name of a rule."""
    return bool(_IDENTIFIER.fullmatch(nfkc(question).strip(" `'\"")))


def repeats(question: str) -> bool:
    """True for the same few letters again and again ("hahaha…"), which ask nothing, however much is written."""
    letters = "".join(nfkc(question).split())
    return len(letters) >= LONG and len({letters[at : at + 3] for at in range(len(letters) - 2)}) <= FEW
