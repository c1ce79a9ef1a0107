"""What a sentence says, as far as can be compared without understanding it: its words in order, in clauses, and turns.

A writer may leave out what is said besides and choose other small words. The rest has to be the quote's: the same
numbers and names, in the same order, the same negations, conditions and limits.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache, partial

from bot.language import pack
from bot.writer.records import BOUNDS, LEADING, Said, Word
from bot.writer.signals import (
    adding,
    apart,
    bounding,
    concluding,
    conditions_lead,
    contrasting,
    directions,
    forms,
    joins,
    left_out,
    neutral,
    ongoing,
    particles,
    pausing,
    relatives,
    request,
    small_words,
    turns_of,
    without_plural,
)

KEPT = 512  # sentences that are remembered as they were read
# Turns of which each word has a sense of its own.
_EXACT = {"although", "contraction", "future", "limit", "quantity", "refusal", "time", "weakening"}
_SAYING = {"number", "latin", "kanji", "katakana", "sign"}
_COUNTING = {"only", "quantity", "limit"}  # turns behind which each particle says something: all of …, within …
_NEAR = 60  # characters in which a word that turns ends in front of a pause
_COMMAS = ",、，:：;"
_LATIN = r"[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f._/+@%-]*[A-Za-z0-9\u00c0-\u024f%+]|[A-Za-z0-9\u00c0-\u024f]"
_PIECE = re.compile(
    rf"(?P<number>[-+~<>=/≤≥±−]{{0,8}}\d(?:[\d.,:/_-]*\d)?)(?P<unit>[A-Za-z%°]*)|(?P<latin>{_LATIN})"
    r"|(?P<kanji>[\u3400-\u9fff々〆]+)|(?P<katakana>[\u30a0-\u30ff]+)|(?P<hiragana>[\u3041-\u309f]+)"
    r"|(?P<pause>[,、，:：;（）()「」『』\"“”])|(?P<sign>\.{2,}|(?<![\w.)])\.(?=\d)|(?<=\d)'|[^\s.。'’‘ー・])"
)


@lru_cache(KEPT)
def said(text: str, lang: str) -> Said:
    """Read one sentence."""
    rest = text
    for name, turn in turns_of(lang):  # words that turn are no words that say
        rest = turn.sub(partial(_marked, name), rest)
    reading = _Reading(rest, lang, ongoing(lang).findall(text))
    for piece in re.finditer(rf"\x02(?P<turn>[^\x03]+)\x03|{_PIECE.pattern}", rest):
        reading.take(piece)
    return reading.whole(text)


class _Reading:
    """A sentence as far as it has been read."""

    def __init__(self, text: str, lang: str, goes_on: Iterable[str]) -> None:
        self._text, self._lang, self._lead = text, lang, conditions_lead(lang)
        self._words, self._turns, self._strange = list[Word](), Counter[str](), set[str]()
        self._ongoing = frozenset(goes_on)
        self._bounds, self._apart, self._joins = set[int](), set[int](), set[int]()
        self._follows = set[int]()
        self._counts = "\x02quantity" in text or "\x02negation" in text  # "all do not", or "not all do"
        self._clause = 0
        self._conditional = -1  # the clause that a condition has begun
        self._before, self._ends = "", -1  # the kind of the last piece, and its end, if that says something
        self._turned = ""  # the last turn

    def take(self, piece: re.Match[str]) -> None:
        """Read on by a piece."""
        kind, value = next((name, value) for name, value in piece.groupdict().items() if value)
        match kind:
            case "turn":
                self._turn(value)
            case "pause":
                self._pause(value, piece.start(), piece.end())
            case "hiragana":
                self._hiragana(value, piece.start())
            case "sign":
                self._say(value)
            case _:
                self._word(piece[0] if kind == "number" else value, kind)
        self._before, self._ends = kind, piece.end() if kind in _SAYING or kind == "turn" else -1

    def whole(self, text: str) -> Said:
        """The sentence, when all of it is read."""
        bounds = self._bounds
        if not self._lead:  # what stands before the word of a condition is joined to it: "A, and B, then C"
            closed = [word.clause for word in self._words if word.name in ("condition", "exception")]
            bounds = bounds | set(range(max(closed, default=0)))
        texts = ["", *(word.text for word in self._words), ""]
        joined = frozenset((texts[at], texts[at + 1]) for at in self._joins)
        return Said(
            text,
            tuple(self._words),
            frozenset(bounds),
            frozenset(self._apart),
            frozenset(self._follows),
            self._turns,
            frozenset(self._strange),
            self._ongoing,
            joined,
        )

    def _say(self, text: str) -> None:
        self._words.append(Word(text, self._clause))

    def _turn(self, value: str) -> None:
        name = self._turned = value.partition(":")[0]
        if self._lead and name in LEADING and any(word.clause == self._clause for word in self._words):
            self._clause += 1
            if name == "reason":
                self._apart.add(self._clause)
        self._turns[name] += 1
        self._say(f"\x02{value}")  # its place among the words counts
        if self._lead and name in BOUNDS:
            self._conditional = self._clause

    def _pause(self, value: str, start: int, end: int) -> None:
        if value in "()":  # where they stand says what they bound
            self._say(value)
        if pausing(self._lang).search(self._text, max(start - _NEAR, 0), start):
            self._say(",")  # "No, lids …" is not "No lids …"
        if value in _COMMAS:
            if self._begins_another(value, start, end):
                self._apart.add(self._clause + 1)
                if concluding(self._lang).match(self._text, end):
                    self._follows.add(self._clause + 1)
            self._clause += value == ";"  # as a comma with "and"
            if bounding(self._lang).match(self._text, end):
                self._bounds.add(self._clause + 1)
        self._clause += 1

    def _begins_another(self, comma: str, start: int, end: int) -> bool:
        """Whether another statement begins behind a comma, and not within brackets."""
        begun, left = self._text[:start], self._text[end:]
        outside = begun.count("(") == begun.count(")")
        return outside and (comma == ";" or bool(apart(self._lang).search(f"{begun}\0{left}")))

    def _hiragana(self, value: str, start: int) -> None:
        follows = self._ends >= 0 and not self._text[self._ends : start].strip()
        particle = particles(self._lang).match(value) if follows else None
        counts = self._turned in _COUNTING
        if particle and (self._before != "turn" or counts or adding(self._lang).search(particle[0])):
            self._say(particle[0] if self._counts else _same(particle[0], self._lang))
        for way in directions(self._lang).finditer(value):
            self._say(way.lastgroup or way[0])
        # The ending of a word, or one of its own; what is neither an ending nor a particle says something.
        own = f"-{value}" if self._ends == start and self._before == "kanji" else value
        if value in left_out(self._lang):
            self._strange.add(value)
        elif not small_words(self._lang).fullmatch(own):
            self._say(own)
        if (asks := request(self._lang)) and asks in value:  # what is done is not what the reader is asked to do
            self._say(asks)

    def _word(self, word: str, kind: str) -> None:
        if kind == "latin" and self._is_cased(word):
            self._say(word)
            return
        plain = word.lower()
        if plain in joins(self._lang):
            self._joins.add(len(self._words))
            self._clause += self._clause != self._conditional  # "if A but B": both are the condition
            if plain in contrasting(self._lang):
                self._say(plain)
        elif plain in left_out(self._lang):
            self._strange.add(plain)
        elif plain not in neutral(self._lang):
            self._say(self._as_named(plain, word) or _form(plain, kind, self._lang))

    def _is_cased(self, word: str) -> bool:
        """Whether its letters are those of a name or a unit: "region A", "LaTeX", "8 Mb"; no article that begins."""
        plain = word.lower()
        article = not self._before and plain in neutral(self._lang)
        unit = len(word) == 1 or self._before == "number" or word[1:] != plain[1:]
        return word != plain and unit and not article

    def _as_named(self, plain: str, word: str) -> str:
        """A name within the sentence, whose plural is another name; a clause that a comma parts from its noun."""
        same = forms(self._lang).get(plain, plain)
        if plain in relatives(self._lang):
            return f",{same}" if self._before == "pause" else same
        return plain if self._before and word[0].isupper() else ""


def _marked(name: str, match: re.Match[str]) -> str:
    """A turn in the place of its word; of those in _EXACT the word, too, in other signs, or it would be read as one."""
    return f" \x02{name}{f':{match[0].lower().encode().hex()}' if name in _EXACT else ''}\x03 "


def _form(word: str, kind: str, lang: str) -> str:
    if kind != "latin" or not word.isalpha():
        return word
    return forms(lang).get(word) or without_plural(word, lang)


def _same(particle: str, lang: str) -> str:
    """A particle, or several, without the one that only names what is spoken of."""
    topic, subject = pack(lang, "writer")["topic"]
    return particle.replace(topic, "") or subject
