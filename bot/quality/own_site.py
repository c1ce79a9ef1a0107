"""`kb calibrate --site`: a site's own weights from a few dozen of its own questions, kept only if they are better.

Few questions teach little, so little can be learned: the channels' weights are drawn to the shipped ones, and the
decision is moved by one number. Each question is judged by weights that were learned without it, and by the shipped
ones; what is not clearly better there is not kept, ranking and decision each by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.answering.ask import Bot
from bot.decision.account import account
from bot.decision.decide import Weights, decide
from bot.decision.genres import rank_topics
from bot.decision.leading import read_best
from bot.decision.own_weights import OwnWeights, moved, upon
from bot.decision.ranking import Ranking
from bot.decision.reading import read_section
from bot.decision.unstated import load_model
from bot.evidence.evidence import CHANNELS
from bot.quality.calibrate import LabelledQuestion, of_version, right_topics, scored
from bot.quality.fit import Bools, Doubles, by_channel, fit_ranking, in_folds
from bot.records import Status
from index.encoder.reader import Reading
from index.errors import KbError
from index.records import Section

LEAST = (20, 10)  # questions that the site answers, and others
FOLDS = 5
DRAWN = 8.0  # to the shipped weights, in nats: that of one question per standard deviation of a quarter
SHIFTS = tuple(step / 4 for step in range(-6, 7))  # of the decision, in log odds
NONE = SHIFTS.index(0.0)
DEAR = 0.02  # share of the questions that a shift by one has to gain
ERRORS = 2.0  # standard errors by which weights have to be better than the shipped ones


@dataclass(frozen=True, slots=True)
class Held:
    """How many questions went well by the shipped weights, and by those that had not seen them, of how many."""

    shipped: int
    learned: int
    of: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of calibration; `own` is None if the shipped weights are as good."""

    own: OwnWeights | None
    first: Held  # covered questions: a right section ranked first
    answered: Held  # covered questions
    refused: Held  # uncovered questions: not answered


def teach(questions: Sequence[LabelledQuestion], bot: Bot, shipped: Weights) -> Lesson:
    """A site's weights from its questions, and how they did. Raises KbError if the questions are too few."""
    questions = of_version(questions, bot.topics)
    covered: Bools = np.array([question.answerable for question in questions])
    if covered.sum() < LEAST[0] or (~covered).sum() < LEAST[1]:
        raise KbError(
            f"calibration needs at least {LEAST[0]} labeled questions that the site answers and {LEAST[1]} that it "
            f"does not: there are {covered.sum()} and {(~covered).sum()}. kb questions proposes more."
        )
    list(right_topics(questions, bot.topics))  # names a section that is not there before anything else is done
    learner = _Learner(questions, bot, shipped)
    folds, everything = list(in_folds(covered, FOLDS)), np.arange(len(questions))

    first_shipped, first_learned = learner.first(shipped.rank, everything), np.zeros(len(questions), bool)
    ranks = [learner.rank(known) for known, _ in folds]
    for rank, (_, new) in zip(ranks, folds, strict=True):
        first_learned[new] = learner.first(rank, new)
    keeps_rank = _clearly_better(first_shipped[covered], first_learned[covered], np.ones(int(covered.sum())))

    shipped_well = learner.well(shipped.rank, everything)[:, NONE]
    learned_well = np.zeros(len(questions), bool)
    for rank, (known, new) in zip(ranks, folds, strict=True):
        used = rank if keeps_rank else shipped.rank
        learned_well[new] = learner.well(used, new)[:, learner.shift(used, known)]
    counts = np.where(covered, 1 / covered.sum(), 1 / (~covered).sum())  # both kinds count as much in all
    # An answer from a wrong section is no gain: where labels are wrong, to answer everything would look better.
    first_used = first_learned if keeps_rank else first_shipped
    keeps_shift = _clearly_better(
        shipped_well & (first_shipped | ~covered), learned_well & (first_used | ~covered), counts
    )

    own = None
    if keeps_rank or keeps_shift:
        rank = learner.rank(everything) if keeps_rank else dict(shipped.rank)
        shift = SHIFTS[learner.shift(rank, everything)] if keeps_shift else 0.0
        own = OwnWeights(upon(shipped, bot.encoder.digest), rank, shift)
    return Lesson(
        own,
        _held(first_shipped, first_learned, covered),
        _held(shipped_well, learned_well, covered),
        _held(shipped_well, learned_well, ~covered),
    )


class _Learner:
    """The questions by their places; each is read beside a section once."""

    def __init__(self, questions: Sequence[LabelledQuestion], bot: Bot, shipped: Weights) -> None:
        self._questions, self._topics, self._encoder, self._shipped = questions, bot.topics, bot.encoder, shipped
        self._part = load_model().part
        self._asked = [bot.topics.read(question.question, bot.encoder) for question in questions]
        self._evidence = [bot.topics.score(question) for question in self._asked]
        self._readings: dict[tuple[str, str, str], Reading] = {}
        self._well: dict[tuple[int, str], list[bool]] = {}

    def rank(self, known: NDArray[np.int64]) -> dict[str, float]:
        """The weights of the channels, learned from some of the questions."""
        prior = np.array([self._shipped.rank[channel] for channel in CHANNELS])
        seen = scored([self._questions[i] for i in known], self._topics, self._encoder)
        fitted: Doubles = fit_ranking(seen, DRAWN / len(seen), around=prior)
        # In all as much as before: the decision looks at how far sections lie apart.
        return by_channel(fitted * prior.sum() / fitted.sum())

    def first(self, rank: Mapping[str, float], places: NDArray[np.int64]) -> Bools:
        """Whether a right section is the first of those that can be quoted."""
        usable = self._topics.covered & self._topics.quotable
        firsts = [next((t for t in self._ranking(rank, i).order if usable[t]), None) for i in places]
        return np.array(
            [
                first is not None and self._topics.ids[first] in self._questions[i].sections
                for i, first in zip(places, firsts, strict=True)
            ]
        )

    def shift(self, rank: Mapping[str, float], known: NDArray[np.int64]) -> int:
        """The place of the shift with which the most questions go well; a small one where others are as good."""
        covered = np.array([self._questions[i].answerable for i in known])
        well = self.well(rank, known)
        worth = (well[covered].mean(axis=0) + well[~covered].mean(axis=0)) / 2 - DEAR * np.abs(SHIFTS)
        return max(range(len(SHIFTS)), key=lambda i: (round(float(worth[i]), 9), -abs(SHIFTS[i])))

    def well(self, rank: Mapping[str, float], places: NDArray[np.int64]) -> Bools:
        """Whether each question is answered if the site covers it, and is not if it does not: a column per shift."""
        return np.array([self._row(rank, int(i)) for i in places])

    def _row(self, rank: Mapping[str, float], i: int) -> list[bool]:
        key = (i, str(rank))
        if key not in self._well:
            answered = self._answered(replace(self._shipped, rank=dict(rank)), i)
            self._well[key] = [each == self._questions[i].answerable for each in answered]
        return self._well[key]

    def _answered(self, weights: Weights, i: int) -> Iterator[bool]:
        """With each shift, as a search decides: what is not covered even if a section answered all is not read."""
        question, evidence, topics = self._asked[i], self._evidence[i], self._topics
        ranking = self._ranking(weights.rank, i)
        unread, read = account(question, ranking.order, topics, self._part), None
        for shift in SHIFTS:
            shifted = moved(weights, weights.rank, shift)
            status = decide(question, evidence, ranking, topics, shifted, unread).status
            if status is not Status.NOT_COVERED:
                read = read or read_best(question, ranking, unread, topics, self._part, self._read)
                status = decide(question, evidence, read[0], topics, shifted, read[1]).status
            yield status is Status.ANSWERED

    def _ranking(self, rank: Mapping[str, float], i: int) -> Ranking:
        weights = replace(self._shipped, rank=dict(rank))
        return rank_topics(self._asked[i], self._evidence[i], weights, self._topics)

    def _read(self, question: str, section: Section) -> Reading:
        key = (question, section.id, section.lang)
        if key not in self._readings:
            self._readings[key] = read_section(question, section)
        return self._readings[key]


def _clearly_better(before: Bools, after: Bools, counts: Doubles) -> bool:
    """Whether more went well than chance would give."""
    gains = counts * (after.astype(float) - before.astype(float))
    return bool(gains.sum() > 0 and gains.sum() >= ERRORS * np.sqrt((gains**2).sum()))


def _held(before: Bools, after: Bools, which: Bools) -> Held:
    return Held(int(before[which].sum()), int(after[which].sum()), int(which.sum()))
