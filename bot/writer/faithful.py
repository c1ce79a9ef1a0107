"""Whether a quote says what a sentence says."""

from collections.abc import Sequence

from bot.writer.reading import BOUNDS, ENDS, Said, Word, said, units

LEAST = 2  # words; less says nothing


def why_not(sentence: str, quotes: Sequence[str], lang: str) -> str:
    """Why no quote says this; "" if one does. The reason is for the writer and the log, and repeats nothing."""
    known = [unit for quote in quotes for unit in units(quote, lang) if unit.words]
    for part in ENDS.split(sentence):
        read = said(part, lang)
        if len(read.words) < LEAST:
            return "a sentence says nothing"
        reasons = [_why(read, unit) for unit in known]
        if "" not in reasons:
            return min(reasons, key=_ORDER.index, default=_ORDER[-1])
    return ""


# From what came nearest to what is farthest.
_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS = (
    "a part of a clause of the quote is left out",
    "it denies, requires, allows or limits otherwise than the quote",
    "its words stand in another order than in the quote",
    "it has signs that the quote does not have",
    "it has words that the quote does not have",
)
_ORDER = (_LEFT_OUT, _TURNED, _OTHER_ORDER, _SIGNS, _WORDS)


def _why(read: Said, unit: Said) -> str:
    known = {word.text for word in unit.words}
    if any(word.text not in known for word in read.words):
        return _WORDS
    if read.strange - unit.strange:
        return _SIGNS
    places = _places(read.words, unit.words)
    if places is None:
        return _OTHER_ORDER
    touched = {unit.words[place].clause for place in places} | _only_turning(unit) | unit.bounds
    about = [place for place, word in enumerate(unit.words) if word.clause in touched]
    if set(about) - set(places):  # "some", "directly", "per node", "without a subnet": each of them bounds what is said
        return _LEFT_OUT
    if any(read.turns[name] != unit.turns[name] for name in BOUNDS):
        return _TURNED
    return ""


def _only_turning(unit: Said) -> set[int]:
    """Clauses that do nothing but deny or limit ("and only that"): they belong to what stands around them."""
    saying = {word.clause for word in unit.words if not word.turns}
    return {word.clause for word in unit.words} - saying


def _places(words: Sequence[Word], quote: Sequence[Word]) -> list[int] | None:
    """Where the words stand in the quote: in its order, or its last clauses before its first ones."""
    if places := _in_order(words, quote, 0, len(quote)):
        return places
    for cut in range(1, len(quote)):
        if quote[cut].clause != quote[cut - 1].clause:  # A B becomes B A, both whole
            turned = [*range(cut, len(quote)), *range(cut)]
            if [word.text for word in words] == [quote[place].text for place in turned]:
                return turned
    return None


def _in_order(words: Sequence[Word], quote: Sequence[Word], start: int, end: int) -> list[int] | None:
    """The words one after the other; what is left out between two of them lies in one clause."""
    ways: dict[int, list[int]] = {}
    for n, word in enumerate(words):
        here = [place for place in range(start, end) if quote[place].text == word.text]
        if not n:
            ways = {place: [place] for place in here}
            continue
        following: dict[int, list[int]] = {}
        for place in here:
            for before, way in ways.items():
                near = place == before + 1 or (
                    place > before and len({word.clause for word in quote[before : place + 1]}) == 1
                )
                if near or (place > before and _whole_clauses(quote, before, place)):
                    following.setdefault(place, [*way, place])
        ways = following
        if not ways:
            return None
    return next(iter(ways.values()), None)


def _whole_clauses(quote: Sequence[Word], before: int, place: int) -> bool:
    """Whether the first one ends a clause and the second one begins one: what lies between are whole clauses."""
    ends = before + 1 == len(quote) or quote[before + 1].clause != quote[before].clause
    return ends and quote[place - 1].clause != quote[place].clause
