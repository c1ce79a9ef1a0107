"""The asker's language, and the words that the bot says in it (bot/words/<lang>/*.toml, nowhere else)."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

SPOKEN = ("ja", "en")  # languages the bot's own words exist in
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")


def detect(question: str, langs: Sequence[str]) -> str:
    """The language to answer in: `langs` are the site's, its main one first.

    Any kana or Han makes a question Japanese: engineers mix English terms into Japanese sentences, never the reverse.
    """
    spoken = "ja" if _JAPANESE.search(question) else "en"
    return spoken if spoken in langs else langs[0]


def written_length(text: str) -> int:
    """Characters of a text as it is read: compatibility characters may stand for many (NFKC), U+FDFA for eighteen."""
    return max(len(text), len(unicodedata.normalize("NFKC", text)))


def say(lang: str, topic: str, key: str, /, **values: object) -> str:
    """The words `key` of bot/words/<lang>/<topic>.toml, with `{places}` filled; English where `lang` has none."""
    text: Any = _words(lang if lang in SPOKEN else "en", topic)
    for part in key.split("."):
        text = text[part]
    return str(text).format(**values) if values else str(text)


def pack(lang: str, topic: str) -> dict[str, Any]:
    """All of bot/words/<lang>/<topic>.toml."""
    return _words(lang, topic)


@cache
def _words(lang: str, file: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words" / lang / f"{file}.toml").read_text("utf-8"))
