"""How a text relates terms of the glossary: from one to another, one of this to several of that."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.evidence.topics import Topics
from bot.question.glossary import Glossary
from bot.question.parts import patterns

KEPT = 64  # glossaries whose plural names are kept
# Sizes and shares in a notation of their own, with no other name or number in front: `/25`, `50%`.
_NOTATIONS = (re.compile(r"(?<![\w./])/[0-9]{1,3}(?![\w/]|\.\w)"), re.compile(r"(?<![\w.])[0-9]{1,3}%"))
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s\b|(?<=[A-Z]{2})s\b")  # "glass" is one


def directions(text: str, topics: Topics) -> dict[tuple[str, str], str]:
    """From and to, by the first names of the glossary, with how a text writes them; others are not known."""
    pairs = {}
    for match in (match for pattern in patterns("directions") for match in pattern.finditer(text)):
        start, end = (topics.glossary.longest(match[group]) for group in ("from", "to"))
        if start and end and start != end:
            ends = (("from", start), ("to", end))
            written = (topics.glossary.mentions(match[group]).get(name, name) for group, name in ends)
            pairs[start, end] = " → ".join(written)
    return pairs


def counts(text: str, topics: Topics) -> dict[tuple[str, bool], str]:
    """Terms of which there is one (False) or are several (True), with how a text says that."""
    named = ((counted_term(match["what"], topics), match) for match in counted(text))
    return {(name, says_several(match)): match.group().strip() for name, match in named if name}


def counted(text: str) -> Iterator[re.Match[str]]:
    """Where a text counts a thing, `what`, be it a term of the glossary or not."""
    return (match for pattern in patterns("counts") for match in pattern.finditer(text))


def says_several(count: re.Match[str]) -> bool:
    """Whether what is counted is more than one; only some languages' patterns tell."""
    return bool(count.groupdict().get("many"))


def singular(text: str) -> str:
    """A text without the plurals of its English words: "two lids" names what "a lid" names."""
    return _PLURAL.sub("", text)


def singular_but_names(text: str, glossary: Glossary) -> str:
    """The same but for names that are plurals themselves: without its last letter, "box for lids" names nothing."""
    names = _plural_names(glossary)
    if names is None:
        return singular(text)
    pieces = names.split(text)  # every other one is a name
    return "".join(piece if at % 2 else singular(piece) for at, piece in enumerate(pieces))


@lru_cache(maxsize=KEPT)
def _plural_names(glossary: Glossary) -> re.Pattern[str] | None:
    """The terms whose singular is no term."""
    names = [term for term in glossary.names_of_all() if singular(term) not in glossary.names_of_all()]
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)({listed})(?!\w)", re.IGNORECASE) if names else None


def counted_term(text: str, topics: Topics) -> str | None:
    """The first name of the longest term in what is counted, in the singular as well."""
    names = (topics.glossary.longest(each) for each in (singular(text), text))
    return next(filter(None, names), None)


def exchanged(asked: Mapping[tuple[str, bool], str], stated: Sequence[frozenset[tuple[str, bool]]]) -> list[str]:
    """How a question counts two terms which a heading counts the other way: one lid, two pots."""
    other = [key for key in asked if (key[0], not key[1]) not in asked]
    against = [[key for key in other if (key[0], not key[1]) in heading and key not in heading] for heading in stated]
    alike = any(sum(key in heading for key in other) > 1 for heading in stated)
    exchanged = max(against, key=len, default=[])
    if len(exchanged) > 1 and not alike:
        return [asked[key] for key in exchanged]
    # "two jars, two trays", where the heading has two jars on one tray: what it says of one need not hold for several.
    more = [
        [key for key in against_it if key[1]]
        for heading, against_it in zip(stated, against, strict=True)
        if any(key in heading for key in other)
    ]
    return [asked[key] for key in max(more, key=len, default=[])] if not alike else []


def turns_away(asked: tuple[str, str], stated: frozenset[tuple[str, str]]) -> bool:
    """True if a question goes against the directions of a section, or from where they begin to elsewhere."""
    start, end = asked
    origins, goals = {a for a, _ in stated}, {b for _, b in stated}
    against = (start in goals and start not in origins) or (end in origins and end not in goals)
    return (end, start) in stated or against or (start in origins and end not in goals)


def apart(text: str, stated: str, topics: Topics) -> list[str]:
    """Terms of a text that asks whether they go together, of which the nearest section does not speak at all."""
    if not any(pattern.search(text) for pattern in patterns("together")):
        return []
    named = topics.glossary.mentions(text)
    silent = [shown for name, shown in named.items() if not _named(name, stated, topics)]
    return silent if len(named) > 1 else []


def _named(name: str, stated: str, topics: Topics) -> bool:
    return any(each in stated for each in (name, *topics.glossary.names(name)))


def other_values(text: str, stated: str) -> list[str]:
    """Values of a text where the section gives others in the same notation: what holds for `/23` may not for `/25`."""
    others = []
    for notation in _NOTATIONS:
        given = set(notation.findall(stated))
        others += [value for value in dict.fromkeys(notation.findall(text)) if given and value not in given]
    return others
