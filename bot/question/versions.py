"""Which version of the documentation a reader is told of: the one that the question names, theirs, or the usual one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.language import ELSE, SPOKEN, pack, patterns, say
from index.records import Version

_FOLLOWS = 30  # characters of a question that goes on from the one before: it is about the same version
_WORD = re.compile(r"\w")
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
    """The version that a question is about (None: the site has no versions), and the texts that do not name it."""

    version: str | None
    question: str
    history: tuple[str, ...]


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
    if named and not _WORD.search(text):
        text = texts.pop() if texts else question
    return Concerning(named or before or own or versions[0].name, text, tuple(texts))


def of_address(path: str, versions: Sequence[Version]) -> str | None:
    """The version whose folder, or another name of it, stands first in an address; None if none does."""
    return without_version(path, versions)[0]


def without_version(path: str, versions: Sequence[Version]) -> tuple[str | None, str]:
    """The version that an address or an id names, and the same without it: `/2.0/faq/#x` is `/faq/#x` of 2.0."""
    path, mark, anchor = path.partition("#")
    folders = path.split("/")
    by_name = {name: version.name for version in reversed(versions) for name in version.names}
    at = next((n for n, folder in enumerate(folders) if folder in by_name), None)
    if at is None:
        return None, f"{path}{mark}{anchor}"
    return by_name[folders[at]], "/".join((*folders[:at], *folders[at + 1 :])) + mark + anchor


def called(name: str | None, versions: Sequence[Version]) -> str | None:
    """The version that has this name, with or without a `v` before its number; None: none is named.

    Raises NoVersionError.
    """
    if name is None:
        return None
    bare = name.strip().removeprefix("v")
    for version in versions:
        if name.strip() in version.names or bare in [known.removeprefix("v") for known in version.names]:
            return version.name
    raise NoVersionError([version.name for version in versions])


def _named(text: str, versions: Sequence[Version]) -> tuple[str | None, str]:
    """The only version that a text names, and the text without it."""
    named, left = set[str](), text
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


@cache
def _mention(name: str) -> re.Pattern[str]:
    """How people speak of a version: a number where it cannot be another, a word only beside one for versions."""
    kinds = ["number"] * any(map(str.isdigit, name)) + ["dotted"] * bool(re.search(r"\d\.", name))
    shown = re.escape(name.removeprefix("v") if kinds else name)
    forms = [pack(lang, "question")["version"][kind] for lang in SPOKEN for kind in kinds or ["word"]]
    return re.compile("|".join(pattern.replace("NAME", shown) for pattern in forms), re.IGNORECASE)
