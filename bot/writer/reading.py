"""What a sentence says, as far as can be compared without understanding it: its words in order, in clauses, and turns.

A writer may leave out what is said besides and choose other small words. The rest has to be the quote's: the same
numbers and names, in the same order, the same negations, conditions and limits.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from bot.language import pack
from bot.question.parts import stem
from index.normal_form import nfkc
from index.reading.sentences import sentences

KEPT = 512  # sentences that are remembered as they were read
_EXACT = {"limit", "time", "quantity", "reason"}  # turns of which each word has a sense of its own
BOUNDS = ("condition", "exception", "until", "time")  # turns that belong to the whole sentence, wherever they stand
_LEADING = {*BOUNDS, "reason"}  # turns with which a clause begins, in languages where it begins with its word
_SAYING = {"number", "latin", "kanji", "katakana"}
_LINES = re.compile(r"\s*[\n\t]\s*")
# Where a sentence begins with a name in small letters: "… ends. kubenet is …".
_SMALL = re.compile(r"(?<=[a-z0-9)]{4}\.)(?<!approx\.)(?<!incl\.)(?<!resp\.)\s+(?=[a-z])")
_COMMAS = ",、，:：;"
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")
_LATIN = r"[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f._/+@%-]*[A-Za-z0-9\u00c0-\u024f%+]|[A-Za-z0-9\u00c0-\u024f]"
_PIECE = re.compile(
    rf"(?P<number>[-+~<>=/≤≥±]*\d[\d.,:/_-]*\d|[-+~<>=/≤≥±]*\d)(?P<unit>[A-Za-z%°]*)|(?P<latin>{_LATIN})"
    r"|(?P<kanji>[\u3400-\u9fff々〆]+)|(?P<katakana>[\u30a0-\u30ff]+)|(?P<hiragana>[\u3041-\u309f]+)"
    r"|(?P<pause>[,、，:：;（）()「」『』\"“”])|(?P<sign>[^\s.。!?！？'’‘ー・])"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something, or a turn."""

    text: str
    clause: int

    @property
    def turns(self) -> bool:
        return self.text.startswith("\x02")

    @property
    def leads(self) -> bool:
        """Whether it is a condition, a time or a reason."""
        return self.turns and self.text[1:].partition(":")[0] in _LEADING


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence. `turns`: how often it denies, requires, limits; `strange`: signs.

    `bounds`: clauses that say of what the others speak ("…, on Windows"), and that belong to each of them.
    `apart`: clauses that begin another statement, which may be left out with all that follows; others go on a list.
    """

    words: tuple[Word, ...]
    bounds: frozenset[int]
    apart: frozenset[int]
    turns: Counter[str]
    strange: frozenset[str]


def units(text: str, lang: str) -> list[Said]:
    """The sentences of a quote, with and without what they say in brackets; behind "…:" and a line's end with that."""
    parts, lead = list[str](), ""
    for line in _LINES.split(normal(text)):
        begins = line.endswith(":")
        parts += (f"{'' if begins else lead}{part}" for part in _spans(line))
        lead = f"{line} " if begins else lead
    aside = partial(_kept_aside, lang)
    return [said(form, lang) for part in parts for form in dict.fromkeys((part, _ASIDE.sub(aside, part)))]


def _kept_aside(lang: str, match: re.Match[str]) -> str:
    """What stands in brackets, if it denies or bounds ("(only on Windows)"); else nothing."""
    aside = match[0][1:-1]
    bounds = _bounding(lang).match(aside) or any(turn.search(aside) for turn in _turns(lang).values())
    return match[0] if bounds else " "


def normal(text: str) -> str:
    """One form of each character; what is not seen stays, to be refused."""
    return nfkc(text).replace("’", "'")


def _spans(text: str) -> Iterator[str]:
    for span in sentences(text):
        whole = text[span.start : span.end]
        yield from dict.fromkeys((whole, *_SMALL.split(whole)))


@lru_cache(KEPT)
def said(text: str, lang: str) -> Said:
    """Read one sentence."""
    words, turns, strange = list[Word](), Counter[str](), set[str]()
    bounds, apart = set[int](), set[int]()
    rest, touching, clause, before = text, -1, 0, ""
    conditional = -1  # the clause that a condition has begun
    for name, turn in _turns(lang).items():  # words that turn are no words that say
        rest = turn.sub(partial(_marked, name), rest)
    for piece in re.finditer(rf"\x02(?P<turn>[^\x03]+)\x03|{_PIECE.pattern}", rest):
        kind, value = next((name, value) for name, value in piece.groupdict().items() if value)
        if kind == "turn":
            turned = value.partition(":")[0]
            if turned in _LEADING and _leads(lang) and any(word.clause == clause for word in words):
                clause += 1
                if turned == "reason":
                    apart.add(clause)
            turns[turned] += 1
            words.append(Word(f"\x02{value}", clause))  # its place among the words counts
            if turned in BOUNDS and _leads(lang):
                conditional = clause
        elif kind == "pause":
            if value in _COMMAS:
                begun, left = rest[: piece.start()], rest[piece.end() :]
                if begun.count("(") == begun.count(")") and (value == ";" or _apart(lang).search(f"{begun}\0{left}")):
                    apart.add(clause + 1)
                clause += value == ";"  # as a comma with "and"
                if _bounding(lang).match(rest, piece.end()):
                    bounds.add(clause + 1)
            clause += 1
        elif kind == "hiragana":
            follows = touching >= 0 and not rest[touching : piece.start()].strip()
            particle = _particle(lang).match(value) if follows else None
            if particle and (before != "turn" or _adding(lang).search(particle[0])):
                words.append(Word(_same(particle[0], lang), clause))
            words += (Word(way[0], clause) for way in _directions(lang).finditer(value))
            # The ending of a word, or one of its own; what is neither an ending nor a particle says something.
            own = f"-{value}" if touching == piece.start() and before == "kanji" else value
            if not small_words(lang).fullmatch(own):
                words.append(Word(own, clause))
        elif kind == "sign":
            strange.add(value)
        else:
            whole = piece[0] if kind == "number" else value
            plain = whole.lower()
            if plain in _joins(lang):
                clause += clause != conditional  # "if A but B": both are the condition
            elif plain not in _neutral(lang):
                words.append(Word(_stem(plain, kind), clause))
        touching, before = piece.end() if kind in _SAYING or kind == "turn" else -1, kind
    if not _leads(lang):  # what stands before the word of a condition is joined to it: "A, and B, then C"
        closed = [word.clause for word in words if word.text in ("\x02condition", "\x02exception")]
        bounds |= set(range(max(closed, default=0)))
    return Said(tuple(words), frozenset(bounds), frozenset(apart), turns, frozenset(strange))


def _marked(name: str, match: re.Match[str]) -> str:
    """A turn in the place of its word; of those in _EXACT the word, too, in other signs, or it would be read as one."""
    return f" \x02{name}{f':{match[0].lower().encode().hex()}' if name in _EXACT else ''}\x03 "


def _stem(word: str, kind: str) -> str:
    return stem(word) if kind == "latin" and word.isalpha() else word


@cache
def _turns(lang: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(turn, re.IGNORECASE) for name, turn in pack(lang, "writer")["turns"].items()}


@cache
def _apart(lang: str) -> re.Pattern[str]:
    """Beside a comma (here NUL) what says that another statement begins there, and that no list goes on."""
    return re.compile(pack(lang, "writer")["apart"], re.IGNORECASE)


@cache
def _bounding(lang: str) -> re.Pattern[str]:
    """How a clause behind a comma begins that bounds what is said."""
    return re.compile(pack(lang, "writer")["bounding"], re.IGNORECASE)


def _leads(lang: str) -> bool:
    """Whether a condition begins with its word, or ends with it."""
    return bool(pack(lang, "writer")["conditions_lead"])


@cache
def _neutral(lang: str) -> frozenset[str]:
    return frozenset(pack(lang, "writer")["neutral"].split())


@cache
def _joins(lang: str) -> frozenset[str]:
    return frozenset(pack(lang, "writer")["joins"].split())


@cache
def _particle(lang: str) -> re.Pattern[str]:
    return re.compile(pack(lang, "writer")["particles"])


@cache
def _directions(lang: str) -> re.Pattern[str]:
    return re.compile(pack(lang, "writer")["directions"])


@cache
def small_words(lang: str) -> re.Pattern[str]:
    """Endings and particles that say nothing of their own."""
    return re.compile(pack(lang, "writer")["small"])


@cache
def _adding(lang: str) -> re.Pattern[str]:
    """The particle that says "also": it counts wherever it stands."""
    return re.compile(pack(lang, "writer")["adding"])


def _same(particle: str, lang: str) -> str:
    """A particle, or several, without the one that only names what is spoken of."""
    topic, subject = pack(lang, "writer")["topic"]
    return particle.replace(topic, "") or subject
