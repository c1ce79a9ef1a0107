"""A large site's question: only the topics that its vectors and words name are scored.

Candidates are the topics of the nearest rows, of the best sections by words and of the best by character trigrams (what
is misspelt). Ranking compares with all topics (z-scores): their mean and spread are those of the candidates, which hold
the high scores, and of the background sample, which stands for every topic that is no candidate: a stratified estimate.
Where all topics are candidates it is what a small site computes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.question.question import Question
from index.dense.vectors import products
from index.lexical.bm25 import Found, WordIndex, ranges
from index.lexical.pruned import at, best
from index.lexical.words import trigrams
from index.storage.background import Background
from index.storage.store import KINDS, Index

ROWS, SECTIONS, MISSPELT = 96, 48, 32  # taken from vectors, words and character trigrams
SURE = 1e-4  # share of the sections from which on a word is no slip of the pen
OUTSIDE = 128  # so many topics that the site names as not covered are always scored: the decision looks at them
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Some topics (ascending), their scores by channel, and mean and spread of each channel over all topics.

    `known` is the share of the question's words that the index holds.
    """

    topics: Numbers
    raw: Floats
    whole: tuple[Floats, Floats]
    known: float


@dataclass(frozen=True, slots=True)
class _Words:
    """A question's words (or character trigrams), as an index knows them."""

    index: WordIndex
    found: Found
    own: Found  # the words asked for, which come first


class Candidates:
    """Scores the topics of a large index that may answer. `of_section` is the topic of each section."""

    def __init__(self, index: Index, background: Background, of_section: NDArray[np.int32], outside: Numbers) -> None:
        self._index, self._background = index, background
        self._of_section, self._outside = of_section, outside[:OUTSIDE]
        self._count = int(of_section.max()) + 1
        self._by_topic = np.argsort(of_section, kind="stable").astype(np.int32)
        self._starts = np.searchsorted(of_section[self._by_topic], np.arange(self._count + 1))
        self._rows = ranges(*self._rows_of(background.sections))
        self._vectors = index.vectors.rows(self._rows)

    def score(self, question: Question, among: Numbers | None = None) -> Scored:
        """Scores of what may answer one question, and of the topics in `among`."""
        words, grams = self._index.words, self._index.grams
        own, expanded = words.find(question.tokens), words.find(question.query)
        letters = grams.find(question.trigrams)
        rows, _ = self._index.vectors.search(question.vector, ROWS)
        sections = (
            self._index.row_section[rows],
            best(words, expanded, SECTIONS),
            best(grams, grams.find(trigrams(self._unsure(question.latin))), MISSPELT),
        )
        named = (self._of_section[one] for one in sections)
        topics = np.unique(np.concatenate([*named, self._outside, *([] if among is None else [among])])).astype(
            np.int64
        )
        raw = self._raw(
            question.vector,
            topics,
            _Words(words, expanded, own),
            _Words(grams, letters, letters),
        )
        whole = self._whole(topics, raw, self._background_raw(question, own, letters))
        return Scored(topics, raw, whole, own.share)

    def _unsure(self, latin: Sequence[str]) -> list[str]:
        """The words that may be misspelt: hardly a section holds them. Others are found as words."""
        counts, words = self._index.words.starts, self._index.words.vocabulary
        most = len(self._index.sections) * SURE
        numbers = ((word, words.get(word)) for word in dict.fromkeys(latin))
        return [word for word, number in numbers if number is None or counts[number + 1] - counts[number] <= most]

    def _raw(self, vector: Floats, topics: Numbers, words: _Words, grams: _Words) -> Floats:
        """(topics, channels), as dense scoring gives them but for the rounding of stored vectors."""
        sections = np.sort(self._by_topic[ranges(self._starts[topics], self._starts[topics + 1])])
        rows = ranges(*self._rows_of(sections))
        by_section = []
        for one in (words, grams):
            scores, held = at(one.index, one.found, len(one.own.numbers), sections)
            by_section.append((scores, one.own.shares(held)))
        return self._fused(topics, sections, rows, self._index.vectors.cosines(vector, rows), by_section)

    def _background_raw(self, question: Question, *whole: Found) -> Floats:
        one = self._background
        by_section = []
        asked_for = (
            (one.words, question.query, question.tokens),
            (one.grams, question.trigrams, question.trigrams),
        )
        for (index, scored, covering), own in zip(asked_for, whole, strict=True):
            scores, held = index.sums(index.find(scored), len(index.find(covering).numbers))
            by_section.append((scores, own.shares(held)))
        return self._fused(one.topics, one.sections, self._rows, products(self._vectors, question.vector), by_section)

    def _fused(
        self,
        topics: Numbers,
        sections: NDArray[np.integer],
        rows: Numbers,
        cosine: Floats,
        by_section: Sequence[tuple[Floats, Floats]],
    ) -> Floats:
        """Of each topic the best of its sections and rows, in the order of bot.evidence.CHANNELS."""
        raw = np.zeros((len(KINDS) + 4, len(topics)), np.float32)
        place = np.searchsorted(topics, self._of_section[self._index.row_section[rows]])
        np.maximum.at(raw.reshape(-1), self._index.row_kind[rows] * np.int64(len(topics)) + place, cosine)
        place = np.searchsorted(topics, self._of_section[sections])
        (scores, coverage), (gram_scores, gram_coverage) = by_section
        for channel, values in enumerate((scores, gram_scores, coverage, gram_coverage), len(KINDS)):
            np.maximum.at(raw[channel], place, values)
        return np.ascontiguousarray(raw.T)

    def _whole(self, topics: Numbers, raw: Floats, background: Floats) -> tuple[Floats, Floats]:
        others = background[~np.isin(self._background.topics, topics)].astype(np.float64)
        left = self._count - len(topics)
        weight = left / len(others) if len(others) else 0.0
        count = len(topics) + weight * len(others)
        mean = (raw.sum(axis=0, dtype=np.float64) + weight * others.sum(axis=0)) / count
        square = ((raw - mean) ** 2).sum(axis=0) + weight * ((others - mean) ** 2).sum(axis=0)
        return mean.astype(np.float32), np.sqrt(square / count).astype(np.float32)

    def _rows_of(self, sections: NDArray[np.integer]) -> tuple[Numbers, Numbers]:
        rows, wanted = self._index.row_section, sections.astype(np.int32)
        return np.searchsorted(rows, wanted), np.searchsorted(rows, wanted, "right")
