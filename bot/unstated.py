"""Which parts of a question the cited sections do not speak of.

A question whose condition, subject, direction or kind was exchanged finds the same section; its answer would be false.
So each part is looked for in the title, path, text and phrasings of what is cited, in all languages, under any name of
the glossary, and a learned model (`kb calibrate`, from contrast pairs: Gardner et al. 2020) tells how likely a part is
what the answer leaves out. What kind of thing is asked for, and from where to where, is compared as such.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from bot.evidence import Topics
from bot.language import say
from bot.parts import Part, kinds, last_sentence, neutral, parts, patterns, plain, stem
from index.records import Section
from index.words import grams, normalise, words

COMMON = 0.1  # share of the sections: what so many speak of is never what one of them leaves out
GIVEN = 0.3  # … and what so many speak of is what the site is about
SAME = 0.85  # share of a heading's parts that a question names, if it is the same question
KEPT = 512  # topics whose words are kept
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b")
PARTS_FILE = Path(__file__).parent / "data" / "parts.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of one part: coefficient, mean and spread of each feature, and the bias."""

    terms: Mapping[str, tuple[float, float, float]]
    bias: float
    unstated_from: float  # a part that is so probably left out is named
    doubt_from: float  # … and from here on no verdict is repeated

    def probability(self, seen: Mapping[str, float]) -> float:
        total = self.bias + sum(
            weight * (seen[name] - mean) / spread for name, (weight, mean, spread) in self.terms.items()
        )
        return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


@dataclass(frozen=True, slots=True)
class Unstated:
    """What an answer leaves out, as the question writes it, and whether its verdict may not be the question's."""

    names: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What sections say, in all languages: normalised text, words, their stems and threes of letters, directions."""

    text: str
    words: frozenset[str]
    stems: frozenset[str]
    grams: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: frozenset[str]
    counts: tuple[frozenset[tuple[str, bool]], ...]  # of each heading and phrasing

    @classmethod
    def of(cls, sections: Iterable[Section], topics: Topics) -> "Stated":
        sections = list(sections)
        asked = [text for section in sections for text in (section.title, *section.phrasings)]
        whole = "\n".join((*asked, *(text for section in sections for text in (*section.path, section.text))))
        text, held = normalise(whole), frozenset(words(whole))
        return cls(
            text,
            held,
            frozenset(map(stem, held)),
            frozenset(grams(whole)),
            frozenset(_pairs(whole, topics)),
            frozenset(_negated(whole, topics)),
            tuple(counted for counted in (frozenset(_counts(text, topics)) for text in asked) if len(counted) > 1),
        )


@cache
def load_model(file: Path = PARTS_FILE) -> Model:
    """The reviewed weights."""
    raw = json.loads(file.read_text("utf-8"))
    terms = {name: (term["weight"], term["mean"], term["spread"]) for name, term in raw["terms"].items()}
    return Model(terms, raw["bias"], raw["unstated_from"], raw["doubt_from"])


def unstated(
    question: str, cited: Sequence[int], topics: Topics, confidence: float, lang: str, model: Model
) -> Unstated:
    """Of a question and the topics that answer it, the best first."""
    asked = plain(question)
    stated = [_stated(topic, topics) for topic in cited]
    missing = [kind.key for kind in kinds() if _asks(kind.asks, asked) and not kind.states.search(stated[0].text)]
    names = [say(lang, "question", f"kinds.{key}.name") for key in missing]
    pairs = _pairs(asked, topics)
    others = [pair for pair in pairs if pair not in stated[0].pairs]
    turned = [pair for pair in others if _turns_away(pair, stated[0].pairs)]
    probable = [(part, model.probability(seen)) for part, seen in part_features(asked, stated, topics, confidence)]
    worst = max((chance for _, chance in probable), default=0.0)
    left_out = [part for part, chance in probable if chance >= model.unstated_from]
    names += [pairs[pair] for pair in turned]
    negated = _negated(asked[last_sentence(asked) :], topics)
    names += [how for name, how in negated.items() if name not in stated[0].negated]
    names += _exchanged(_counts(asked, topics), stated[0].counts)
    names += _joined(asked, left_out)
    whole = [name for name in names if not any(name != other and name in other for other in names)]
    return Unstated(tuple(dict.fromkeys(whole)), bool(names) or worst >= model.doubt_from)


def same_question(question: str, section: Section, topics: Topics) -> bool:
    """Whether a question names what the section's heading (or a phrasing of it) names, and nothing more.

    Only then its yes or no is the section's: a condition that is added or dropped may turn it.
    """
    asked = plain(question)
    wordings = [plain(wording) for wording in (section.title, *section.phrasings)]
    known, own = _words_of("\n".join(wordings), topics), _words_of(asked, topics)
    if not all(_named_in(part, known, topics) for part in _turning(asked, topics) if part.asked):
        return False
    return any(_share(list(_turning(wording, topics)), own, topics) >= SAME for wording in wordings)


def _turning(text: str, topics: Topics) -> Iterator[Part]:
    """The parts that may turn an answer. A single kanji is the stem of a verb; what most sections name is a given."""
    most = GIVEN * len(topics.index.sections)
    for part in parts(text):
        given = max((_sections_with(word, topics) for word in words(part.text)), default=0) > most
        if part.text.lower() not in neutral() and not (part.script == "han" and len(part.text) == 1) and not given:
            yield part


def _share(listed: Sequence[Part], held: frozenset[str], topics: Topics) -> float:
    return sum(_named_in(part, held, topics) for part in listed) / len(listed) if listed else 1.0


def _words_of(text: str, topics: Topics) -> frozenset[str]:
    """Normalised words and their stems, and every name of the terms among them."""
    held = {normalise(part.text) for part in parts(text)} | set(words(text))
    names = topics.glossary.all_names(normalise(text))
    return frozenset(held | {stem(word) for word in held} | names | {word for name in names for word in words(name)})


def _named_in(part: Part, held: frozenset[str], topics: Topics) -> bool:
    word = normalise(part.text)
    if word in held or (stem(word) in held and not part.named):
        return True
    return all(token in held for token in words(part.text)) or not held.isdisjoint(topics.glossary.names(word))


def part_features(
    asked: str, stated: Sequence[Stated], topics: Topics, confidence: float
) -> list[tuple[Part, dict[str, float]]]:
    """Each part of a plain question with what the model looks at. `stated` are the cited topics, the best first."""
    written = normalise(asked)
    terms = topics.glossary.terms(written) if len(written) == len(asked) else []
    listed = list(parts(asked, terms))
    # What many sections speak of is what the site is about: a question names it in passing.
    most = COMMON * len(topics.index.sections)
    often = partial(_sections_with, topics=topics)
    telling = [part for part in listed if part.script == "term" or max(map(often, words(part.text)), default=0) < most]
    return [(part, _features(part, len(listed), stated, topics, confidence)) for part in telling]


def stated_by(cited: Sequence[int], topics: Topics) -> list[Stated]:
    """What each topic states."""
    return [_stated(topic, topics) for topic in cited]


def _features(part: Part, count: int, stated: Sequence[Stated], topics: Topics, confidence: float) -> dict[str, float]:
    word, tokens = normalise(part.text), words(part.text)
    names = topics.glossary.names(word)
    first = _accounted(part, word, tokens, names, stated[0])
    best = max(first, *(_accounted(part, word, tokens, names, other) for other in stated[1:]), first)
    threes = grams(part.text)
    alike = sum(three in stated[0].grams for three in threes) / len(threes) if threes else first
    held = [_sections_with(token, topics) for token in tokens] or [0]
    missing, often = 1 - first, float(np.log1p(max(held)))
    script = {name: float(part.script == name) for name in ("katakana", "han")}
    plain_features = {
        "asked": float(part.asked),
        "parts": float(np.log(count)),
        "digit": float(any(letter.isdigit() for letter in part.text)),
        "capital": float(part.named and not part.text.isupper()),
        "upper": float(part.text.isupper() and len(part.text) > 1),
        "term": float(bool(names)),
        "often": often,
        "absent": float(min(held) == 0),
        **script,
    }
    return {
        "missing": missing,
        "missing_all": 1 - best,
        "unlike": 1 - alike,
        "missing_confidence": missing * confidence,
        **plain_features,
        **{f"missing_{name}": missing * value for name, value in plain_features.items()},
    }


def _accounted(part: Part, word: str, tokens: Sequence[str], names: frozenset[str], stated: Stated) -> float:
    """1 if a text speaks of a part, under any of its names; of Japanese, the share of its pairs of letters."""
    if any(_holds(stated.text, name) for name in (word, *names)):
        return 1.0
    if any(token in stated.words for token in tokens if _VERSION.fullmatch(token)):
        return 1.0  # v1.7.9
    if part.script == "term":
        return 0.0
    if part.script not in ("latin", "word"):
        return sum(token in stated.words for token in tokens) / len(tokens) if tokens else 0.0
    return 0.0 if part.named else float(stem(word) in stated.stems)


@cache
def _bounded(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])")


def _holds(text: str, term: str) -> bool:
    return term in text and (not term.isascii() or bool(_bounded(term).search(text)))


def _sections_with(token: str, topics: Topics) -> int:
    index = topics.index.words
    number = index.vocabulary.get(token)
    return 0 if number is None else int(index.starts[number + 1] - index.starts[number])


def _asks(pattern: re.Pattern[str], asked: str) -> bool:
    """Whether the sentence that asks, does so."""
    return bool(pattern.search(asked, last_sentence(asked)))


def _pairs(text: str, topics: Topics) -> dict[tuple[str, str], str]:
    """From and to, by the first names of the glossary, with how a text writes them; others are not known."""
    pairs = {}
    for match in (match for pattern in patterns("directions") for match in pattern.finditer(text)):
        start, end = (topics.glossary.longest(match[group]) for group in ("from", "to"))
        if start and end and start != end:
            pairs[start, end] = f"{match['from'].strip()} → {match['to'].strip()}"
    return pairs


def _negated(text: str, topics: Topics) -> dict[str, str]:
    """Terms of the glossary that a text takes away ("no overlay"), by their first names, with how it does."""
    matches = (match for pattern in patterns("negations") for match in pattern.finditer(text))
    named = ((topics.glossary.longest(match["what"]), match.group()) for match in matches)
    return {name: written.strip() for name, written in named if name}


def _counts(text: str, topics: Topics) -> dict[tuple[str, bool], str]:
    """Terms of which there is one (False) or are several (True), with how a text says that."""
    matches = (match for pattern in patterns("counts") for match in pattern.finditer(text))
    named = ((_term(match["what"], topics), match) for match in matches)
    return {(name, bool(match.groupdict().get("many"))): match.group().strip() for name, match in named if name}


def _term(text: str, topics: Topics) -> str | None:
    """The first name of the longest term, in the singular as well: "two gateways"."""
    names = (topics.glossary.longest(each) for each in (_PLURAL.sub("", text), text))
    return next(filter(None, names), None)


def _exchanged(asked: Mapping[tuple[str, bool], str], stated: Sequence[frozenset[tuple[str, bool]]]) -> list[str]:
    """How a question counts two terms which a heading counts the other way: one gateway, two subnets."""
    other = [key for key in asked if (key[0], not key[1]) not in asked]
    against = [[key for key in other if (key[0], not key[1]) in heading and key not in heading] for heading in stated]
    alike = any(sum(key in heading for key in other) > 1 for heading in stated)
    exchanged = max(against, key=len, default=[])
    return [asked[key] for key in exchanged] if len(exchanged) > 1 and not alike else []


def _turns_away(asked: tuple[str, str], stated: frozenset[tuple[str, str]]) -> bool:
    """True if a question goes against the directions of a section, or from where they begin to elsewhere."""
    start, end = asked
    origins, goals = {a for a, _ in stated}, {b for _, b in stated}
    against = (start in goals and start not in origins) or (end in origins and end not in goals)
    return (end, start) in stated or against or (start in origins and end not in goals)


def _joined(asked: str, left_out: Sequence[Part]) -> list[str]:
    """Neighbours as one name: "Windows node pools"."""
    names: list[tuple[int, int]] = []
    for part in left_out:
        if names and not asked[names[-1][1] : part.start].strip(" -の"):
            names[-1] = (names[-1][0], part.end)
        else:
            names.append((part.start, part.end))
    return [asked[start:end] for start, end in names]


def _stated(topic: int, topics: Topics) -> Stated:
    """Kept for the next question; threads may do the same work twice, which is harmless."""
    kept: dict[int, Stated] = topics.stated
    stated = kept.get(topic)
    if stated is None:
        stated = Stated.of(topics.sections(topic).values(), topics)
        if len(kept) >= KEPT:
            kept.clear()
        kept[topic] = stated
    return stated
