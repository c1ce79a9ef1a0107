"""Every regular expression in the words of the languages (bot/words), and how the code reads with it.

Whatever stands in a file of expressions is one, but for the words and texts that are named here: a table that is added
is read, too.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.language import SPOKEN, pack

ROOT = Path(__file__).parents[2]
FILES = ("conversation", "language", "question", "writer")
# What is no expression in them.
WORDS = {
    "conversation": ("way_back",),
    "language": ("place",),
    "question": (
        *("function", "introducing", "counters", "neutral", "endings", "place_nouns", "figures.words"),
        *("figures.scales", "kinds.*.name"),
    ),
    "writer": (
        *("neutral", "left_out", "forms", "plural", "passive", "attached", "purpose", "joins", "contrasting", "topic"),
        *("conditions_lead", "label", "instruction", "again"),
    ),
}
# How they are read where that is not seen beside `patterns("…")`: all that are not searched for.
READ = {
    "conversation": {"talk": "fullmatch", "means": "fullmatch", "joints": "fullmatch"},
    "question": {"support": "fullmatch"},
    "writer": {"small": "fullmatch", "particles": "match", "bounding": "match"},
}
_EACH = re.compile(r"""\b(\w+)\.(\w+)\((?:(?!\n\n).)*? for \1 in (_?)patterns\("(\w+)"\)""", re.DOTALL)
_NAMED = re.compile(r"""(?<!\w)(_?)patterns\("(\w+)"\)\["(\w+)"\]\.(\w+)\(""")


def worded() -> dict[str, re.Pattern[str]]:
    """By file, language and place."""
    return {
        f"{file}.toml:{lang}:{place}": re.compile(text, re.IGNORECASE)
        for file in FILES
        for lang in SPOKEN
        for place, text in texts(pack(lang, file))
        if not is_words(file, place)
    }


def is_words(file: str, place: str) -> bool:
    """Whether what stands at a place is words or a text, and no expression."""
    return any(begins(name, place) for name in WORDS[file])


def method(name: str) -> str:
    """What the code calls on an expression of `worded`: `search` for all that look for places in a text."""
    file, _, place = name.split(":", 2)
    known = {**_methods()[file.removesuffix(".toml")], **READ.get(file.removesuffix(".toml"), {})}
    return next((how for table, how in known.items() if begins(table, place)), "search")


@cache
def _methods() -> dict[str, dict[str, str]]:
    """By file and table how its expressions are read, wherever that is the same at all places."""
    called: dict[str, dict[str, set[str]]] = {file: {} for file in FILES}
    for source in (ROOT / "bot").rglob("*.py"):
        code = source.read_text("utf-8")
        reads = [(talk, table, how) for _, how, talk, table in _EACH.findall(code)]
        reads += [(talk, f"{table}.{key}", how) for talk, table, key, how in _NAMED.findall(code)]
        for talk, table, how in reads:
            called["conversation" if talk else "question"].setdefault(table, set()).add(how)
    return {
        file: {table: min(hows) for table, hows in tables.items() if hows <= {"match"} or hows <= {"fullmatch"}}
        for file, tables in called.items()
    }


def begins(name: str, place: str) -> bool:
    """Whether a place is that of a table or within it; `*` stands for any one name."""
    return bool(re.match(re.escape(name).replace(r"\*", r"\w+") + r"(?![\w-])", place))


def texts(held: object, place: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a file with their places."""
    if isinstance(held, str):
        yield place, held
    elif isinstance(held, dict):
        for name, value in held.items():
            yield from texts(value, f"{place}.{name}" if place else name)
    elif isinstance(held, list):
        for at, value in enumerate(held):
            yield from texts(value, f"{place}[{at}]")
