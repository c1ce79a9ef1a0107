"""The parts of a question that name something: what an answer has to account for.

Words, identifiers, and runs of katakana or kanji; words that name nothing and the kinds of thing asked for are data of
each language (bot/words/<lang>/question.toml).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from bot.language import SPOKEN, pack
from index.lexical.words import normalise, words
from index.normal_form import nfkc

_VALUE = re.compile(r"--?[a-z][a-z-]*[ =](?!-)([\w./:-]+)")  # of an option
_PART = re.compile(
    r"(?P<latin>[A-Za-z0-9](?:[A-Za-z0-9_./:+#'\u2019-]*[A-Za-z0-9])?)|(?P<katakana>[\u30a1-\u30fa\u30fc]{2,})"
    r"|(?P<han>[\u4e00-\u9fff\u3005]+)|(?P<size>/[0-9]+)|(?P<word>[^\W\d_\u3041-\u30ff\u4e00-\u9fff]+)",
)
_KANA = re.compile(r"[\u3041-\u30ff]")
_OPENS, _ENDS = "\"'(（「", ".!?:。！？"  # marks in front of a sentence, and at its end
KEPT = 8192  # words whose stems are kept
DONE = frozenset({"steps", "command", "remedy"})  # kinds of thing that say how something is done
LEAST = 4  # words of a sentence that asks by itself
_QUOTE = re.compile("['\u2019]")
# "min. version" goes on: a stop ends a sentence after a long word, or before a capital letter. Runs are read once.
SENTENCE_END = re.compile(
    r"(?<![!?])[!?]++\s++|(?:(?<=\w{4})\.++|(?<!\.)\.++(?=\s++[^\sa-z]))\s++|[。！？]|\n",
)
ASKS = re.compile(r"[?？]|(?:か|かな|かしら|でしょう)[。」）)]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a question as it is written; `script` is latin, katakana, han, size or word."""

    text: str
    start: int
    end: int
    script: str
    asked: bool  # in the last sentence, which asks
    named: bool  # written as a name is: "Windows", not some windows
    word: str = field(init=False, repr=False, compare=False)  # as the index writes it
    tokens: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", normalise(self.text))
        object.__setattr__(self, "tokens", tuple(words(self.text)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is asked for (a reason, a date), and how to tell in any language that a text states it."""

    key: str
    asks: re.Pattern[str]
    states: re.Pattern[str]


def plain(question: str) -> str:
    """NFKC: what the parts are parts of."""
    return nfkc(question)


def parts(question: str) -> Iterator[Part]:
    """The parts of a plain question in their order."""
    return single_parts(question, last_sentence(question))


def single_parts(question: str, asks_from: int) -> Iterator[Part]:
    """The same where it is known already at which place the sentence begins that asks."""
    japanese = bool(_KANA.search(question))
    for match in _PART.finditer(question):
        text, start, script = match.group(), match.start(), match.lastgroup or "word"
        if script == "han" and text[0] in counters() and question[:start].rstrip(" ")[-1:].isdigit():
            text, start = text[1:], start + 1
        if text and _QUOTE.sub("", text.lower()) not in functions() and (len(text) > 1 or script == "han"):
            # What begins a sentence is capital for another reason; in Japanese a Latin word is a name.
            capital = text[:1].isupper() and (japanese or not _begins(question, start))
            yield Part(text, start, match.end(), script, start >= asks_from, capital)


def with_terms(
    single: Iterable[Part], terms: Sequence[tuple[int, int, str]], question: str, asks_from: int
) -> tuple[Part, ...]:
    """Single parts in their order with terms in place of those within; `terms`: start, end and name of each."""
    within = {place for start, end, _ in terms for place in range(start, end)}
    whole = [Part(question[start:end], start, end, "term", start >= asks_from, False) for start, end, _ in terms]
    others = (part for part in single if part.start not in within)
    return tuple(sorted((*whole, *others), key=lambda part: part.start))


def last_sentence(question: str) -> int:
    """Where the sentence that asks begins: what stands before it tells of the asker.

    "… (no lid). Allowed?" asks with the sentence before it.
    """
    return _asking_span(question)[0]


def asking_sentence(question: str) -> str | None:
    """The sentence that asks, where others stand around it that are long enough to hide it; None: it is alone."""
    asked = plain(question).strip()
    start, end = _asking_span(asked)
    rest = (asked[:start] + asked[end:]).strip()
    return asked[start:end].strip() if len(_PART.findall(rest)) > 1 else None


def is_wish(question: str) -> bool:
    """Whether a plain text only says what its author wants or plans: there is nothing to say yes or no to."""
    matches = [match for pattern in patterns("wishes") if (match := pattern.search(question))]
    rest = question.replace(matches[0].group(), " ") if matches else ""
    asks = ASKS.search(question.rstrip()) or any(pattern.search(rest) for pattern in patterns("asking"))
    return bool(matches) and not asks


def is_closed(question: str) -> bool:
    """Whether a plain text asks yes or no, and for no procedure, whatever command it names: "Do I run it again?"."""
    asked = question.strip()
    return any(pattern.search(asked) for pattern in patterns("closed")) and not kinds_of(asked) & DONE


def without_commands(question: str) -> str | None:
    """The question without the command lines that it mentions but for their options' values.

    None: it has none, or hardly anything is asked beside them ("az disk create, which options?").
    """
    asked = plain(question)
    for pattern in patterns("side_commands"):
        asked = pattern.sub(lambda command: " ".join(_VALUE.findall(command["options"])), asked)
    named = [part for part in parts(asked) if part.word not in neutral()] if asked != plain(question) else []
    return asked if len(named) > 1 or (named and is_closed(asked)) else None


def asking_part(question: str) -> str:
    """The sentence of a plain question that asks, or all of it."""
    start, end = _asking_span(question)
    return question[start:end].strip()


def _asking_span(question: str) -> tuple[int, int]:
    """Of the long sentences the last that ends with a question mark, or the last of all."""
    text_ends = len(question.rstrip())
    cuts = [match.end() for match in SENTENCE_END.finditer(question) if match.end() < text_ends]
    spans = list(zip([0, *cuts], [*cuts, len(question)], strict=True))
    long = [span for span in spans if len(_PART.findall(question, *span)) >= LEAST]
    asking = [span for span in long if ASKS.search(question[slice(*span)].rstrip())]
    return (asking or long or [(0, len(question))])[-1]


def _begins(question: str, at: int) -> bool:
    """Whether a sentence begins at a place, behind white space and marks that open."""
    while at and question[at - 1] in _OPENS:
        at -= 1
    while at and question[at - 1].isspace():
        if question[at - 1] == "\n":
            return True
        at -= 1
    return not at or question[at - 1] in _ENDS


@cache
def functions() -> frozenset[str]:
    """Words that name nothing, of all languages: engineers mix them."""
    return frozenset(word for lang in SPOKEN for word in pack(lang, "question")["function"].split())


@cache
def introducing() -> frozenset[str]:
    """Words behind which a noun stands, of all languages."""
    return frozenset(word for lang in SPOKEN for word in pack(lang, "question")["introducing"].split())


@cache
def counters() -> frozenset[str]:
    """Letters that count what is named, behind a number: no part of the name."""
    return frozenset(word for lang in SPOKEN for word in pack(lang, "question")["counters"].split())


@cache
def neutral() -> frozenset[str]:
    """Words that do not turn an answer: a yes to the question without them is a yes to the one with them."""
    return frozenset(word for lang in SPOKEN for word in pack(lang, "question")["neutral"].split())


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of thing that are asked for; a section in one language may answer a question in another."""
    packs = [pack(lang, "question")["kinds"] for lang in SPOKEN]
    return tuple(Kind(key, _any(packs, key, "asks"), _any(packs, key, "states")) for key in packs[0])


def stems(named: Iterable[Part]) -> frozenset[str]:
    """The stems of what parts name."""
    return frozenset(stem(part.text.lower()) for part in named)


def kinds_of(text: str) -> frozenset[str]:
    """The kinds of thing (a reason, a date) that a text asks for or names."""
    asked = plain(text)
    return frozenset(kind.key for kind in kinds() if kind.asks.search(asked))


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Of all languages: `directions` have the groups `from` and `to`, `negated_terms` the group `what`."""
    expressions = (expression for lang in SPOKEN for expression in pack(lang, "question")[name])
    return tuple(re.compile(expression, re.IGNORECASE) for expression in expressions)


@lru_cache(KEPT)
def stem(word: str) -> str:
    """A word without its ending, where at least three letters are left."""
    endings = (ending for lang in SPOKEN for ending in pack(lang, "question")["endings"])
    return next((word[: -len(e)] for e in endings if word.endswith(e) and len(word) - len(e) > 2), word)


def root(word: str) -> str:
    """A stem that "fills" and "filling" share with "fill", and "moves" and "moved" with "move"."""
    return stem(word).removesuffix("e")


def _any(packs: list[dict[str, Any]], key: str, field: str) -> re.Pattern[str]:
    return re.compile("|".join(each[key][field] for each in packs if key in each), re.IGNORECASE)
