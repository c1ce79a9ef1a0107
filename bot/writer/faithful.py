"""Whether a quote says what a sentence says."""

import re
from collections.abc import Sequence

from bot.writer.reading import said, units
from bot.writer.records import BOUNDS, Said, Word
from bot.writer.voice import same_purpose, same_voice

LEAST = 2  # words; less says nothing
_SEMICOLON = re.compile(r"\s*[;；]\s*")


def why_not(sentence: str, quotes: Sequence[str], lang: str) -> str:
    """Why no quote says this; "" if one does. The reason is for the writer and the log, and repeats nothing."""
    known = [unit for quote in quotes for unit in units(quote, lang) if unit.words]
    whys = (_nearest(sentence, known, lang), *(_nearest(part, known, lang) for part in _SEMICOLON.split(sentence)))
    return "" if not whys[0] else next(filter(None, whys[1:]), "")


def idle(sentence: str, quotes: Sequence[str], lang: str) -> bool:
    """Whether a quote says neither the sentence nor one of its parts: a reader would look for it there in vain."""
    parts = (sentence, *_SEMICOLON.split(sentence))
    return any(all(why_not(part, [quote], lang) for part in parts) for quote in quotes)


def _nearest(sentence: str, known: Sequence[Said], lang: str) -> str:
    read = said(sentence, lang)
    if len(read.words) < LEAST:
        return "a sentence says nothing"
    reasons = [_why(read, unit, lang) for unit in known]
    return "" if "" in reasons else min(reasons, key=_ORDER.index, default=_ORDER[-1])


# From what came nearest to what is farthest.
_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS = (
    "a part of a clause of the quote, of a list, or what stands in front of it is left out",
    "it denies, requires, allows or limits otherwise than the quote",
    "its words stand in another order than in the quote",
    "it has signs that the quote does not have",
    "it has words that the quote does not have",
)
_ORDER = (_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS)


def _why(read: Said, unit: Said, lang: str) -> str:
    spoken, quote = [word.text for word in read.words], [word.text for word in unit.words]
    voice = same_voice(read.words, unit.words, lang)
    if set(spoken) - set(quote) and not voice:
        return _WORDS
    if read.strange - unit.strange or ("?" in read.strange) != ("?" in unit.strange):
        return _SIGNS
    end = len(quote) if voice else len(spoken)
    moved = _turned(spoken, unit.words[:end]) or same_purpose(read.words, unit.words[:end], lang)
    if spoken != quote[:end] and not voice and not moved:
        rest = iter(quote)
        return _LEFT_OUT if all(word in rest for word in spoken) else _OTHER_ORDER
    if not _may_end(unit, end):  # "some", "directly", "per node", "and macOS": each of them bounds what is said
        return _LEFT_OUT
    if any(read.turns[name] != unit.turns[name] for name in BOUNDS) or read.joined - unit.joined - unit.seams:
        return _TURNED
    return ""


def _may_end(unit: Said, end: int) -> bool:
    """Whether what follows these words may be left out: it begins another statement and bounds none.

    What stands in front may never be: "Above 9 GB the sync stops, and …" speaks of the rest, too.
    """
    rest = {word.clause for word in unit.words[end:]}
    if not rest:
        return True
    before = unit.words[end - 1].clause
    apart = any(before < clause <= min(rest) for clause in unit.apart)
    return apart and not rest & (unit.bounds | _only_turning(unit))


def _only_turning(unit: Said) -> set[int]:
    """Clauses that do nothing but deny or limit ("and only that"): they belong to what stands around them."""
    saying = {word.clause for word in unit.words if not word.turns}
    return {word.clause for word in unit.words} - saying


def _turned(spoken: Sequence[str], quote: Sequence[Word]) -> bool:
    """Whether A B has become B A, where one of them is no statement: a statement keeps what stands before it."""
    texts = [word.text for word in quote]
    return any(spoken == texts[cut:] + texts[:cut] and _bounds(quote, cut) for cut in range(1, len(quote)))


def _bounds(quote: Sequence[Word], cut: int) -> bool:
    """Whether a condition, a time or a reason stands on one side of a comma that no "and" follows."""
    ends = quote[max(cut - 2, 0) : cut]  # in languages whose conditions end with their word, and a particle
    alone = quote[cut].clause - quote[cut - 1].clause == 1
    return alone and any(word.leads for word in (quote[0], quote[cut], *ends))
