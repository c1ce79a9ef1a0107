"""The asker's language, and the words that the bot says in it (bot/words/<lang>/*.toml, nowhere else)."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.lexical.words import words
from index.normal_form import nfkc

_PACKS = Path(__file__).parent / "words"
_WORD = re.compile(r"[^\W\d_]+")
ELSE = "en"  # where nothing tells the language, and where one has no words of its own


@cache
def _words(lang: str, file: str) -> dict[str, Any]:
    return tomllib.loads((_PACKS / lang / f"{file}.toml").read_text("utf-8"))


# The languages that the bot's own words exist in: one folder each.
SPOKEN = tuple(
    sorted(
        (folder.name for folder in _PACKS.iterdir() if (folder / "language.toml").is_file()),
        key=lambda lang: (_words(lang, "language")["place"], lang),
    )
)


def detect(question: str, langs: Sequence[str], own: Mapping[str, Collection[str]] = MappingProxyType({})) -> str:
    """The language to answer in: `langs` are the site's, its main one first, `own` words of some of them.

    Letters that only one language has decide: any kana or Han makes a question Japanese, as engineers mix English terms
    into Japanese sentences, never the reverse. Else the language with the most of its own words in the question,
    and of those with as many the first.
    """
    spoken = next((lang for lang, letters in _letters().items() if letters.search(question)), None)
    if spoken is None or (own and spoken not in langs):
        others = [lang for lang in langs if lang in own or (lang in SPOKEN and lang not in _letters())]
        # A site's own words may be pairs of characters, of scripts without spaces.
        read = words(question) if own else [word.lower() for word in _WORD.findall(question)]
        asked = read if len(others) > 1 else []
        known = {lang: own[lang] if lang in own else function_words(lang) for lang in others}
        spoken = max(others, key=lambda lang: sum(word in known[lang] for word in asked), default=ELSE)
    return spoken if spoken in langs else langs[0]


def same_language(lang: str, langs: Sequence[str]) -> str | None:
    """Which of `langs` a language tag means, whatever its region and its capitals; None if none."""
    wanted = lang.lower()
    return next((each for each in langs if each.lower() == wanted), None) or next(
        (each for each in langs if each.partition("-")[0].lower() == wanted.partition("-")[0]), None
    )


def has_letters(lang: str) -> bool:
    """Whether a language that the bot speaks is known by its letters alone."""
    return lang in _letters()


@cache
def _letters() -> dict[str, re.Pattern[str]]:
    packs = {lang: _words(lang, "language").get("letters") for lang in SPOKEN}
    return {lang: re.compile(letters) for lang, letters in packs.items() if letters}


@cache
def function_words(lang: str) -> frozenset[str]:
    """Words that every text has, of a language that the bot speaks."""
    return frozenset(_words(lang, "question")["function"].split())


def written_length(text: str) -> int:
    """Characters of a text as it is read: compatibility characters may stand for many (NFKC), U+FDFA for eighteen."""
    return max(len(text), len(nfkc(text)))


def say(lang: str, topic: str, key: str, /, **values: object) -> str:
    """The words `key` of bot/words/<lang>/<topic>.toml, with `{places}` filled; English where `lang` has none."""
    text: Any = _words(lang if lang in SPOKEN else ELSE, topic)
    for part in key.split("."):
        text = text[part]
    return str(text).format(**values) if values else str(text)


def pack(lang: str, topic: str) -> dict[str, Any]:
    """All of bot/words/<lang>/<topic>.toml."""
    return _words(lang, topic)


@cache
def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """The expressions of a table of question.toml by name, those of all languages in one: engineers mix them."""
    tables = [pack(lang, "question")[table] for lang in sorted(SPOKEN, key=lambda lang: lang != ELSE)]
    names = dict.fromkeys(name for each in tables for name in each)
    return {name: re.compile("|".join(each[name] for each in tables if name in each), re.IGNORECASE) for name in names}


@cache
def expressions(table: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Those that a list of a table of question.toml has, of all languages, one by one: their groups have names."""
    return tuple(re.compile(text, re.IGNORECASE) for lang in SPOKEN for text in pack(lang, "question")[table][name])
