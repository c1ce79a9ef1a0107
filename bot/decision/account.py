"""How far the best topics account for a question: the chance of each part that they do not speak of it.

A question whose condition, subject or kind was exchanged finds the same sections. So each of its parts is looked for in
the title, path, text and phrasings of the best two topics, in all languages, under any name of the glossary, and a
learned model (`kb contrast --learn`: Gardner et al. 2020) tells how likely a part is one that they leave out. The
reader (index/encoder/reader.py) reads the best one beside the question: whether it answers the whole of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.decision.excerpt import excerpt
from bot.decision.logistic import Logistic
from bot.decision.negation import is_negated
from bot.decision.outside import named_outside
from bot.decision.ranking import Ranking
from bot.decision.reading import Read
from bot.decision.same_question import is_wording
from bot.decision.stated import Stated, accounts_for, sections_with, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import Part
from bot.question.question import Question
from bot.question.statement import TRAILS_OFF, is_tagged, statement
from index.encoder.reader import Reading
from index.lexical.words import grams

COMMON = 0.1  # share of the sections: what so many speak of is never what one of them leaves out
BEST = 2  # topics that may account for a part
NEVER = 0.01  # chance that stands for none in a logarithm
ELLIPSIS = 1.5  # log odds that a question may lose where it leaves out what the one before says
WELL, SUREST = 2.0, 6.0  # log odds: of what a section answers, and beyond which more says nothing


@dataclass(frozen=True, slots=True)
class Account:
    """The parts of a question that tell something, in their order, each with the chance that it is left out."""

    chances: tuple[tuple[Part, float], ...] = ()
    missing: float = 0.0  # parts of which the best topic does not speak, and their share
    missing_share: float = 0.0
    outside: int | None = None  # the topic named as not covered that the question names
    outside_part: Part | None = None  # … by this part
    reading: Reading | None = None  # of the question and the best topic; None: nothing is left out

    @property
    def worst(self) -> float:
        return max((chance for _, chance in self.chances), default=0.0)

    def left_out(self) -> list[tuple[Part, float]]:
        """The parts with the chance that model and reader give together: what names them, and decides nothing.

        The mean of both log odds, as each sees what the other does not.
        """
        if self.reading is None:
            return list(self.chances)
        both = (
            (part, _odds(chance) + _odds(self.reading.chance(part.text, part.start))) for part, chance in self.chances
        )
        return [(part, float(1 / (1 + np.exp(-odds / 2)))) for part, odds in both]

    def features(self) -> dict[str, float]:
        """What the decision sees of it."""
        return {
            "worst": _odds(self.worst),
            "total": float(np.log(sum(chance for _, chance in self.chances) + NEVER)),
            "missing": self.missing,
            "missing_share": self.missing_share,
            "outside_named": float(self.outside is not None),
            "answers": WELL if self.reading is None else min(max(self.reading.answers, -SUREST), SUREST),
        }


def _odds(chance: float) -> float:
    """Log odds of a chance, which is never quite sure."""
    kept = min(max(chance, NEVER), 1 - NEVER)
    return float(np.log(kept / (1 - kept)))


def account(
    question: Question,
    ranked: Sequence[int] | NDArray[np.int64],
    topics: Topics,
    model: Logistic,
    read: Read | None = None,
) -> Account:
    """Of a question and the topics as they rank, the best first; the nearest that can be quoted count.

    `read` reads the best one; without it the account is as if that answered the whole question.
    """
    best = quotable(ranked, topics)
    if not best:
        return Account()
    seen = part_features(question, stated_by(best, topics), topics)
    missing = [features["missing"] for _, features in seen]
    chances = tuple((part, model.probability(features)) for part, features in seen)
    likeliest = [part for part, _ in sorted(chances, key=lambda pair: -pair[1])]
    outside, named = (not topics.covered.all() and named_outside(ranked, likeliest, topics)) or (None, None)
    share = float(np.mean(missing)) if missing else 0.0
    accounted = Account(chances, float(sum(missing)), share, outside, named)
    return accounted if read is None else with_reading(accounted, question, ranked, topics, read)


def with_reading(
    accounted: Account,
    question: Question,
    ranked: Sequence[int] | NDArray[np.int64],
    topics: Topics,
    read: Read,
    before: str = "",
) -> Account:
    """The account with what the reader says of the best topic; `before`: the question that this one goes on from.

    A question that stands below the section's heading needs no reading: its author says that the section answers it.
    Of another one the reader reads as much of the section as it can. What answers the question before, and not this
    one, answers nothing: of both together the reader is as sure of either.
    """
    best = quotable(ranked, topics)
    if not best:
        return accounted
    section = topics.in_language(best[0], question.lang)
    if not before and is_wording(question.text, section):
        return replace(accounted, reading=Reading(SUREST, question.text, ()))
    section = excerpt(question, section, topics)
    if not before:
        return replace(accounted, reading=read(question.text, section))
    both, alone = read(f"{before}\n{question.text}", section), read(question.text, section)
    return replace(accounted, reading=replace(both, answers=min(both.answers, alone.answers + ELLIPSIS)))


def as_stated(
    question: Question, accounted: Account, ranked: Sequence[int] | NDArray[np.int64], topics: Topics, read: Read
) -> Account:
    """The account by what the reader says of the plain statement that a question asks about.

    Its tag and its denial ("…, right?") turn no fact, but the reader is less sure with them.
    """
    best, said = quotable(ranked, topics), statement(question.asking)
    if not best or accounted.reading is None or not (said.denied or is_tagged(question.asking)):
        return accounted
    section = topics.in_language(best[0], question.lang)
    if is_wording(question.text, section):
        return accounted
    text = " ".join(f"{question.plain[: question.asks_from]} {said.text}".rpartition(TRAILS_OFF)[2].split())
    reading = read(text, excerpt(question, section, topics))
    return replace(accounted, reading=reading) if reading.answers > accounted.reading.answers else accounted


def quotable(ranked: Iterable[int], topics: Topics) -> list[int]:
    """The topics that may account for a part: the nearest that can be quoted."""
    return list(islice((int(topic) for topic in ranked if can_be_quoted(topic, topics)), BEST))


def can_be_quoted(topic: int, topics: Topics) -> bool:
    """Whether a topic is covered, and has sentences."""
    return bool(topics.covered[topic] and topics.quotable[topic])


def leader(ranking: Ranking, topics: Topics) -> int | None:
    """The topic that leads, where it can be quoted and nothing that the question names has put it there."""
    best = quotable(ranking.order[:1], topics)
    return None if ranking.fixed or not best else best[0]


def part_features(question: Question, stated: Sequence[Stated], topics: Topics) -> list[tuple[Part, dict[str, float]]]:
    """Each part of a question with what the model looks at. `stated` are topics, the best first."""
    asked, asks_from, listed = question.plain, question.asks_from, question.parts
    # What many sections speak of is what the site is about: a question names it in passing.
    most = COMMON * len(topics.index.sections)
    often = partial(sections_with, topics=topics)
    telling = [part for part in listed if part.script == "term" or max(map(often, part.tokens), default=0) < most]
    asking = [part for part in listed if part.asked]
    ends = (asking[:1], asking[-1:])
    return [
        (part, _features(part, len(listed), _placed(part, asked, asks_from, *ends), stated, topics)) for part in telling
    ]


def _placed(part: Part, asked: str, asks_from: int, first: Sequence[Part], last: Sequence[Part]) -> dict[str, float]:
    """How a part stands in the question: what is taken away, and what begins or ends the sentence that asks."""
    return {
        "negated": float(is_negated(part, asked, asks_from)),
        "first": float(part in first),
        "last": float(part in last),
        "asked": float(part.asked),
    }


def _features(
    part: Part, count: int, placed: Mapping[str, float], stated: Sequence[Stated], topics: Topics
) -> dict[str, float]:
    word, tokens = part.word, part.tokens
    names = topics.glossary.names(word)
    first = accounts_for(stated[0], part, word, tokens, names)
    best = max([first, *(accounts_for(other, part, word, tokens, names) for other in stated[1:])])
    trigrams = grams(part.text)
    alike = sum(each in stated[0].grams for each in trigrams) / len(trigrams) if trigrams else first
    held = [sections_with(token, topics) for token in tokens] or [0]
    missing = 1 - first
    script = {name: float(part.script == name) for name in ("katakana", "han")}
    plain_features = {
        **placed,
        "parts": float(np.log(count)),
        "digit": float(any(letter.isdigit() for letter in part.text)),
        "capital": float(part.named and not part.text.isupper()),
        "upper": float(part.text.isupper() and len(part.text) > 1),
        "term": float(bool(names)),
        "often": float(np.log1p(max(held))),
        "absent": float(min(held) == 0),
        **script,
    }
    return {
        "missing": missing,
        "missing_all": 1 - best,
        "unlike": 1 - alike,
        **plain_features,
        **{f"missing_{name}": missing * value for name, value in plain_features.items()},
    }
