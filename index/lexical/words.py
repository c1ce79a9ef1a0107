"""Text to words, the same at indexing, at asking and in the browser (docs/theme/scripts/words.js, shared test vectors).

NFKC, lower case; Latin words whole; versions, paths and identifiers (`1.7.9`, `/24`, `alb-controller`, `10.0.0.0/16`)
kept whole beside their parts; Japanese (and other scripts without spaces) as overlapping pairs of characters, which
need no dictionary and never disagree between index and query.
"""

import re
from collections.abc import Iterable

from index.normal_form import nfkc

# Scripts written without spaces between words: kana, Han, the long-vowel and iteration marks.
_UNSPACED = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)"
    r"|(?P<size>(?<![a-z0-9_/])/[0-9]{1,3}(?![a-z0-9_/]|\.[a-z0-9]))"  # a prefix length alone: /24
    rf"|(?P<word>[^\W_{_UNSPACED}]+(?:[._/:-][^\W_{_UNSPACED}]+)*)"
)
_VERSION = re.compile(r"v?[0-9]+(?:\.[0-9]+)+(?:-[a-z0-9.]+)?")


_KATAKANA = {hiragana: hiragana + 0x60 for hiragana in range(0x3041, 0x3097)}
_LATIN = re.compile(r"[a-z][a-z0-9]+")


def normalise(text: str) -> str:
    """NFKC, lower case, hiragana as katakana: full-width, half-width and kana spellings of a term become one."""
    return nfkc(text).lower().translate(_KATAKANA)


def latin(text: str) -> list[str]:
    """The Latin words of a text that are long enough for trigrams."""
    return _LATIN.findall(normalise(text))


def trigrams(latin_words: Iterable[str]) -> list[str]:
    """Character trigrams, ends marked: `kubnet` still shares most of its trigrams with `kubenet`."""
    marked = (f"_{word}_" for word in latin_words)
    return [word[i : i + 3] for word in marked for i in range(len(word) - 2)]


def grams(text: str) -> list[str]:
    """Character trigrams of the Latin words of a text."""
    return trigrams(latin(text))


def words(text: str) -> list[str]:
    """Tokens in order of appearance; an identifier comes whole, then in parts."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(normalise(text)):
        token = match.group()
        if match.lastgroup == "unspaced":
            tokens += [token[i : i + 2] for i in range(len(token) - 1)] or [token]
        else:
            tokens.append(token)
            if match.lastgroup == "word":
                tokens += _parts(token)
    return tokens


def _parts(token: str) -> list[str]:
    """Parts of an identifier: `10.0.4.0/24` has `/24`, `alb-controller:1.10.21` has `1.10.21`, `v1.7.9` has `1.7.9`."""
    if token.isalnum():
        return []
    stem, stroke, length = token.rpartition("/")
    if stroke and length.isascii() and length.isdigit() and _VERSION.fullmatch(stem):
        return [stem, f"/{length}"]
    parts: list[str] = []
    for segment in re.split("[/:]", token):
        if segment != token:
            parts.append(segment)
        if _VERSION.fullmatch(segment):
            if segment.startswith("v"):
                parts.append(segment[1:])
        elif len(pieces := re.split("[._-]", segment)) > 1:
            parts += pieces
    return parts
