"""Which parts of a question the cited sections do not speak of.

A question whose condition, subject, direction or kind was exchanged finds the same section; its answer would be false.
So each part is looked for in the title, path, text and phrasings of what is cited, in all languages, under any name of
the glossary, and a learned model (`kb contrast --learn`: Gardner et al. 2020) tells how likely a part is what the
answer leaves out. What kind of thing is asked for, and from where to where, is compared as such.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

import numpy as np

from bot.evidence import Topics
from bot.language import say
from bot.parts import Part, kinds, last_sentence, parts, plain, stem
from bot.relations import counts, directions, exchanged, negated, turns_away
from bot.stated import Stated, sections_with, stated_by
from index.words import grams, normalise, words

COMMON = 0.1  # share of the sections: what so many speak of is never what one of them leaves out
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)+")
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
    stated = stated_by(cited, topics)
    missing = [kind.key for kind in kinds() if _asks(kind.asks, asked) and not kind.states.search(stated[0].text)]
    names = [say(lang, "question", f"kinds.{key}.name") for key in missing]
    pairs = directions(asked, topics)
    others = [pair for pair in pairs if pair not in stated[0].pairs]
    turned = [pair for pair in others if turns_away(pair, stated[0].pairs)]
    probable = [(part, model.probability(seen)) for part, seen in part_features(asked, stated, topics, confidence)]
    worst = max((chance for _, chance in probable), default=0.0)
    left_out = [part for part, chance in probable if chance >= model.unstated_from]
    names += [pairs[pair] for pair in turned]
    taken_away = negated(asked[last_sentence(asked) :], topics)
    names += [how for name, how in taken_away.items() if name not in stated[0].negated]
    names += exchanged(counts(asked, topics), stated[0].counts)
    names += _joined(asked, left_out)
    whole = [name for name in names if not any(name != other and name in other for other in names)]
    return Unstated(tuple(dict.fromkeys(whole)), bool(names) or worst >= model.doubt_from)


def part_features(
    asked: str, stated: Sequence[Stated], topics: Topics, confidence: float
) -> list[tuple[Part, dict[str, float]]]:
    """Each part of a plain question with what the model looks at. `stated` are the cited topics, the best first."""
    written = normalise(asked)
    terms = topics.glossary.terms(written) if len(written) == len(asked) else []
    listed = list(parts(asked, terms))
    # What many sections speak of is what the site is about: a question names it in passing.
    most = COMMON * len(topics.index.sections)
    often = partial(sections_with, topics=topics)
    telling = [part for part in listed if part.script == "term" or max(map(often, words(part.text)), default=0) < most]
    return [(part, _features(part, len(listed), stated, topics, confidence)) for part in telling]


def _features(part: Part, count: int, stated: Sequence[Stated], topics: Topics, confidence: float) -> dict[str, float]:
    word, tokens = normalise(part.text), words(part.text)
    names = topics.glossary.names(word)
    first = _accounted(part, word, tokens, names, stated[0])
    best = max([first, *(_accounted(part, word, tokens, names, other) for other in stated[1:])])
    threes = grams(part.text)
    alike = sum(three in stated[0].grams for three in threes) / len(threes) if threes else first
    held = [sections_with(token, topics) for token in tokens] or [0]
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


@lru_cache(4096)
def _bounded(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])")


def _holds(text: str, term: str) -> bool:
    return term in text and (not term.isascii() or bool(_bounded(term).search(text)))


def _asks(pattern: re.Pattern[str], asked: str) -> bool:
    """Whether the sentence that asks, does so."""
    return bool(pattern.search(asked, last_sentence(asked)))


def _joined(asked: str, left_out: Sequence[Part]) -> list[str]:
    """Neighbours as one name: "Windows node pools"."""
    names: list[tuple[int, int]] = []
    for part in left_out:
        if names and not asked[names[-1][1] : part.start].strip(" -の"):
            names[-1] = (names[-1][0], part.end)
        else:
            names.append((part.start, part.end))
    return [asked[start:end] for start, end in names]
