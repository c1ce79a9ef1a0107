"""Which version of the documentation a reader is told of: the one that the question names, theirs, or the usual one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from bot.language import ELSE, SPOKEN, pack, patterns, say
from index.records import Version

_FOLLOWS = 30  # characters of a question that goes on from the one before: it is about the same version
_WORD = re.compile(r"\w")
_WIDE = {ord("！") + n: ord("!") + n for n in range(94) if chr(ord("!") + n).isalnum() or n in (12, 13)}  # - and .
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_EDGE = " \t\n,;:、，：\u3000"


class NoVersionError(Exception):
    """The site has no version of this name; `names` are those that it has."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(self.message(ELSE))

    def message(self, lang: str) -> str:
        """What there is instead."""
        return say(lang, "errors", "no_version" if self.names else "no_versions", names=", ".join(self.names))


@dataclass(frozen=True, slots=True)
class Concerning:
    """The version that a question is about (None: the site has no versions), and the texts that do not name it.

    `missing`: the version that the question names and that there is not, as it writes it.
    """

    version: str | None
    question: str
    history: tuple[str, ...]
    missing: str | None = None


def concerning(question: str, history: Sequence[str], own: str | None, versions: Sequence[Version]) -> Concerning:
    """What a question is about: the version that it names, else that of the question it goes on from, else `own`.

    `own`: the reader's, None: they have none; `versions`: the usual one first. A question that says nothing but a
    version is the one before, about that version. Raises NoVersionError.
    """
    own = called(own, versions)
    if not versions:
        return Concerning(None, question, tuple(history))
    named, text = _named(question, versions)
    earlier = [_named(before, versions) for before in history]
    before = earlier[-1][0] if earlier and len(question) <= _FOLLOWS else None
    texts = [asked for _, asked in earlier]
    missing, text = (None, text) if named else _not_there(text, versions)
    if (named or missing) and not _WORD.search(text):
        text = texts.pop() if texts else question
    return Concerning(named or before or own or versions[0].name, text, tuple(texts), missing)


def of_address(path: str, versions: Sequence[Version]) -> str | None:
    """The version whose folder, or another name of it, stands first in an address; None if none does."""
    return without_version(path, versions)[0]


def without_version(path: str, versions: Sequence[Version]) -> tuple[str | None, str]:
    """The version that an address or an id names, and the same without it: `/2.0/faq/#x` is `/faq/#x` of 2.0."""
    path, mark, anchor = path.partition("#")
    folders = path.split("/")
    by_name = {name: version.name for version in reversed(versions) for name in version.names}
    readable = map(unquote, path.partition("?")[0].split("/"))  # as a browser writes them, 第1版 is %E7%AC%AC1…
    at = next((n for n, folder in enumerate(readable) if folder in by_name), None)
    if at is None:
        return None, f"{path}{mark}{anchor}"
    named = unquote(folders[at].partition("?")[0])
    return by_name[named], "/".join((*folders[:at], *folders[at + 1 :])) + mark + anchor


def called(name: str | None, versions: Sequence[Version]) -> str | None:
    """The version that has this name, with or without a `v` before its number; None: none is named.

    Raises NoVersionError.
    """
    if name is None:
        return None
    for version in versions:
        if name.strip() in version.names:
            return version.name
    bare = _plain(name).strip().removeprefix("v")
    for version in versions:
        if bare in [_plain(known).removeprefix("v") for known in version.names]:
            return version.name
    raise NoVersionError([version.name for version in versions])


def _named(text: str, versions: Sequence[Version]) -> tuple[str | None, str]:
    """The only version that a text names, and the text without it."""
    named, left = set[str](), _plain(text)
    names = [(name, version.name) for version in versions for name in version.names]
    for name, version in sorted(names, key=lambda pair: -len(pair[0])):  # "1.0" is not "1" and something behind it
        left, count = _mention(name).subn(" ", left)
        named |= {version} if count else set()
    if versions:
        left, count = patterns("version")["newest"].subn(" ", left)
        named |= {versions[0].name} if count else set()
    if len(named) != 1:  # of two it is not about one of them alone
        return None, text
    return named.pop(), " ".join(left.split()).strip(_EDGE)


def _not_there(text: str, versions: Sequence[Version]) -> tuple[str | None, str]:
    """The version that a text asks for as this documentation's and that there is not, and the text without it.

    Nobody names one by number where none has a number, and 1.0.3 is a 1.0.
    """
    held = [number for version in versions for name in version.names if (number := _NUMBER.search(_plain(name)))]
    plain = _plain(text)
    for lang in SPOKEN if held else ():
        match = re.search(pack(lang, "question")["version"]["other"], plain, re.IGNORECASE)
        if match and (number := _NUMBER.search(match[1])) and not any(_within(number[0], its[0]) for its in held):
            left = f"{plain[: match.start()]} {plain[match.end() :]}"
            return match[1], " ".join(left.split()).strip(_EDGE)
    return None, text


def _within(number: str, other: str) -> bool:
    """Whether one of two numbers of versions goes on from the other: 1.0.3 from 1.0."""
    short, long = sorted((number, other), key=len)
    return f"{long}.".startswith(f"{short}.")


def _plain(text: str) -> str:
    """Letters and digits of full width (１.０) are those of half width."""
    return text.translate(_WIDE)


@cache
def _mention(name: str) -> re.Pattern[str]:
    """How people speak of a version: a number where it cannot be another, a word only beside one for versions.

    A name that says itself that it is a version (第1版) needs no word beside it. One alone is the whole question.
    """
    plain, tables = _plain(name), [pack(lang, "question")["version"] for lang in SPOKEN]
    dotted, numbered = bool(re.search(r"\d\.", plain)), any(map(str.isdigit, plain))
    kinds = ["alone"] * dotted + ["number"] * numbered + ["dotted"] * dotted  # the whole question goes before its part
    kinds += ["by_itself"] * bool(patterns("version")["says_so"].search(plain))
    shown = re.escape(plain.removeprefix("v") if kinds else plain)
    forms = [table[kind] for kind in kinds or ["word"] for table in tables if kind in table]
    return re.compile("|".join(pattern.replace("NAME", shown) for pattern in forms), re.IGNORECASE)
