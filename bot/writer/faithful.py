"""Whether quotes say what the sentences of a text say, and in the order in which they say it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.writer.following import follow
from bot.writer.quotes import links, normal, points, units
from bot.writer.reading import said
from bot.writer.records import BOUNDS, DENYING, LEAST, Match, Said, Unit, Word
from bot.writer.signals import conditions_lead
from bot.writer.voice import same_purpose, same_voice

_NUMBER = re.compile(r"\d")
_COMMA = re.compile(r"(?=[,;、])")
_SEMICOLON = re.compile(r"\s*[;；]\s*")


def why_not(sentence: str, quotes: Sequence[str], lang: str) -> str:
    """Why no quote says this, as a text of its own; "" if one does."""
    return why_none(((normal(sentence), {n: units(quote, lang) for n, quote in enumerate(quotes)}),), lang)


def why_none(text: Sequence[tuple[str, dict[int, Sequence[Unit]]]], lang: str) -> str:
    """Why not all sentences may be said one after the other; "" if they may. Each: it, and the quotes that it names.

    The reason is for the writer and the log, and repeats nothing.
    """
    placed = list[list[Match]]()
    for sentence, quotes in text:
        matches, why = _matches(sentence, quotes, lang)
        if not why:
            placed.append(matches)
            continue
        for part in _SEMICOLON.split(sentence):
            matches, part_why = _matches(part, quotes, lang)
            if part_why:
                return part_why
            placed.append(matches)
    return "" if follow(placed) else _TORN


def idle(sentence: str, quotes: dict[int, Sequence[Unit]], lang: str) -> bool:
    """Whether a quote says neither the sentence nor one of its parts: a reader would look for it there in vain."""
    parts = (sentence, *_SEMICOLON.split(sentence))
    return any(all(_matches(part, {n: known}, lang)[1] for part in parts) for n, known in quotes.items())


def _matches(sentence: str, quotes: dict[int, Sequence[Unit]], lang: str) -> tuple[list[Match], str]:
    """The sentences of the quotes that say this; else why none does."""
    read = said(sentence, lang)
    if sum(any(map(str.isalnum, word.text)) for word in read.words) < LEAST:
        return [], "a sentence says nothing"
    matches, reasons, linked = list[Match](), list[str](), links(sentence, lang)
    for number, known in quotes.items():
        for unit in known:
            if not unit.said.words:
                continue
            if why := _why(read, unit.said, lang):
                reasons.append(why)
            else:
                whole = [word.text for word in read.words] == [word.text for word in unit.said.words]
                follows = unit.follows or linked or (not whole and points(sentence, lang))
                matches.append(Match(number, unit.first, unit.last, unit.since, whole, follows, unit.held))
    return matches, "" if matches else min(reasons, key=_ORDER.index, default=_ORDER[-1])


# From what came nearest to what is farthest.
_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS, _TORN = (
    "a part of a clause of the quote, of a list, or what stands in front of it is left out",
    "it denies, requires, allows or limits otherwise than the quote",
    "its words stand in another order than in the quote",
    "it has words of linking or what goes on that the quote does not have",
    "it has words or signs that the quote does not have",
    "a sentence does not follow the one that it follows in its quote, or is an item without what stands above it",
)
_ORDER = (_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS)


def _why(read: Said, unit: Said, lang: str) -> str:
    spoken, quote = [word.text for word in read.words], [word.text for word in unit.words]
    voice = same_voice(read.words, unit.words, lang)
    if set(spoken) - set(quote) and not voice:
        return _WORDS
    if read.strange - unit.strange or read.ongoing != unit.ongoing:
        return _SIGNS
    end = len(quote) if voice else len(spoken)
    moved = _turned(spoken, unit.words[:end]) or same_purpose(read.words, unit.words[:end], lang)
    if spoken != quote[:end] and not voice and not moved:
        rest = iter(quote)
        return _LEFT_OUT if all(word in rest for word in spoken) else _OTHER_ORDER
    if spoken == quote[:end] and conditions_lead(lang) and _parts_otherwise(read, unit.words[:end]):
        return _TURNED
    if not _may_end(unit, end, lang):  # "some", "directly", "per node", "and macOS": each of them bounds what is said
        return _LEFT_OUT
    if any(read.turns[name] != unit.turns[name] for name in BOUNDS) or read.joined - unit.joined - unit.seams:
        return _TURNED
    return ""


def _parts_otherwise(read: Said, quote: Sequence[Word]) -> bool:
    """Whether commas stand elsewhere ("If A, at night B", "If A at night, B"), or beside a condition."""
    spoken, quoted = _parted(read.words), _parted(quote)
    moved = bool(spoken - quoted) and bool(quoted - spoken)
    return moved or (spoken != quoted and any(word.name in BOUNDS for word in quote))


def _parted(words: Sequence[Word]) -> set[int]:
    return {n for n, (before, after) in enumerate(pairwise(words)) if before.clause != after.clause}


def _may_end(unit: Said, end: int, lang: str) -> bool:
    """Whether what follows these words may be left out: it begins another statement and bounds none.

    What stands in front may never be: "Above 9 GB the sync stops, and …" speaks of the rest, too.
    """
    rest = {word.clause for word in unit.words[end:]}
    if not rest:
        return True
    before = unit.words[end - 1].clause
    begun = {clause for clause in unit.apart if before < clause <= min(rest)}
    return bool(begun) and not rest & unit.bounds and not _binds(unit, end, begun, lang)


def _binds(unit: Said, end: int, begun: set[int], lang: str) -> bool:
    """Whether what another statement says may bear on the one before it: it denies, requires, limits, or points back.

    What only follows from it ("so …") bears on it with a condition alone. A reason belongs to a "not" before it.
    """
    rest = unit.words[end:]
    bounded = any(word.name in BOUNDS or word.name == "only" for word in rest)
    if rest[0].name == "reason":
        return bounded or any(word.name in DENYING for word in unit.words[:end])
    if begun & unit.follows:
        return any(word.name in ("condition", "exception", "only") for word in rest)
    if any(word.turns or _NUMBER.search(word.text) for word in rest):
        return True
    return points("".join(_COMMA.split(unit.text)[1:]), lang)  # or names nothing of its own


def _turned(spoken: Sequence[str], quote: Sequence[Word]) -> bool:
    """Whether A B has become B A, where one of them is no statement: a statement keeps what stands before it."""
    texts = [word.text for word in quote]
    return any(spoken == texts[cut:] + texts[:cut] and _bounds(quote, cut) for cut in range(1, len(quote)))


def _bounds(quote: Sequence[Word], cut: int) -> bool:
    """Whether a condition, a time or a reason stands on one side of a comma that no "and" follows."""
    ends = quote[max(cut - 2, 0) : cut]  # in languages whose conditions end with their word, and a particle
    alone = quote[cut].clause - quote[cut - 1].clause == 1
    return alone and any(word.leads for word in (quote[0], quote[cut], *ends))
