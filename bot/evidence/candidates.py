"""A large site's question: only the topics that its vectors and words name are scored.

Candidates are the topics of the nearest rows, of the best sections by words and of the best by character trigrams (what
is misspelt). Ranking compares with all topics (z-scores): their mean and spread are those of the candidates, which hold
the high scores, and of the background sample, which stands for every topic that is no candidate: a stratified estimate.
Where all topics are candidates it is what a small site computes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bot.evidence.evidence import (
    CHANNELS,
    LEXICAL,
    NO_TOPICS,
    NOTHING,
    Evidence,
    Floats,
    Numbers,
    mean_and_spread,
    scored,
)
from bot.question.question import Question
from index.dense.vectors import products
from index.lexical.bm25 import QueryTerms, WordIndex, ranges
from index.lexical.pruned import at, best
from index.lexical.words import trigrams
from index.storage.background import Background
from index.storage.store import Index

ROWS, SECTIONS, MISSPELT = 96, 48, 32  # taken from vectors, words and character trigrams
SURE = 1e-4  # share of the sections from which on a word is no slip of the pen
OUTSIDE = 128  # so many topics that the site names as not covered are always scored: the decision looks at them


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks of one word index: the terms that score, and those of them, the first, that cover it."""

    scoring: QueryTerms
    covering: QueryTerms

    @classmethod
    def of(cls, index: WordIndex, scoring: Sequence[str], covering: Sequence[str]) -> "_Asked":
        own = index.find(covering)
        return cls(own if scoring == covering else index.find(scoring), own)


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

    def score(self, question: Question, also: Numbers = NO_TOPICS) -> Evidence:
        """Scores of what may answer one question, and of the topics in `also`."""
        words = _Asked.of(self._index.words, question.query, question.tokens)
        grams = _Asked.of(self._index.grams, question.trigrams, question.trigrams)
        topics = self._chosen(question, words.scoring, also)
        cosines = partial(self._index.vectors.cosines, question.vector)
        raw = self._scores(topics, cosines, words, grams)
        mean, spread = self._over_all(topics, raw, self._background_scores(question, words, grams))
        return Evidence(topics, scored(raw, mean), mean, spread, words.covering.share, cosines)

    def _chosen(self, question: Question, words: QueryTerms, also: Numbers) -> Numbers:
        """The topics to score, ascending."""
        rows, _ = self._index.vectors.search(question.vector, ROWS)
        misspelt = self._index.grams.find(trigrams(self._unsure(question.latin)))
        sections = (
            self._index.row_section[rows],
            best(self._index.words, words, SECTIONS),
            best(self._index.grams, misspelt, MISSPELT),
        )
        named = (self._of_section[each] for each in sections)
        return np.unique(np.concatenate([*named, self._outside, also])).astype(np.int64)

    def _unsure(self, latin: Sequence[str]) -> list[str]:
        """The words that may be misspelt: hardly a section holds them. Others are looked up as words."""
        counts, words = self._index.words.starts, self._index.words.vocabulary
        most = len(self._index.sections) * SURE
        numbers = ((word, words.get(word)) for word in dict.fromkeys(latin))
        return [word for word, number in numbers if number is None or counts[number + 1] - counts[number] <= most]

    def _scores(self, topics: Numbers, cosines: "partial[Floats]", words: _Asked, grams: _Asked) -> Floats:
        """(topics, channels), as dense scoring gives them but for the rounding of stored vectors."""
        sections = np.sort(self._by_topic[ranges(self._starts[topics], self._starts[topics + 1])])
        rows = ranges(*self._rows_of(sections))
        by_section = []
        for index, asked in ((self._index.words, words), (self._index.grams, grams)):
            scores, held = at(index, asked.scoring, len(asked.covering.numbers), sections)
            by_section.append((scores, asked.covering.shares(held)))
        return self._by_channel(topics, sections, rows, cosines(rows), by_section)

    def _background_scores(self, question: Question, words: _Asked, grams: _Asked) -> Floats:
        """(topics, channels) of the background; how rare a word is, the whole index tells."""
        sample, by_section = self._background, []
        for index, whole, scoring, covering in (
            (sample.words, words.covering, question.query, question.tokens),
            (sample.grams, grams.covering, question.trigrams, question.trigrams),
        ):
            asked = _Asked.of(index, scoring, covering)
            scores, held = index.sums(asked.scoring, len(asked.covering.numbers))
            by_section.append((scores, whole.shares(held)))
        cosines = products(self._vectors, question.vector)
        return self._by_channel(sample.topics, sample.sections, self._rows, cosines, by_section)

    def _by_channel(
        self,
        topics: Numbers,
        sections: NDArray[np.integer],
        rows: Numbers,
        cosines: Floats,
        by_section: Sequence[tuple[Floats, Floats]],
    ) -> Floats:
        """(topics, channels): of each topic the best of its sections and rows."""
        raw = np.zeros((len(CHANNELS), len(topics)), np.float32)
        raw[:LEXICAL] = NOTHING
        place = np.searchsorted(topics, self._of_section[self._index.row_section[rows]])
        np.maximum.at(raw.reshape(-1), self._index.row_kind[rows] * np.int64(len(topics)) + place, cosines)
        place = np.searchsorted(topics, self._of_section[sections])
        (scores, coverage), (gram_scores, gram_coverage) = by_section
        for channel, values in enumerate((scores, gram_scores, coverage, gram_coverage), LEXICAL):
            np.maximum.at(raw[channel], place, values)
        return np.ascontiguousarray(raw.T)

    def _over_all(self, topics: Numbers, raw: Floats, background: Floats) -> tuple[Floats, Floats]:
        """Mean and spread of each channel over all topics, as candidates and background let them be estimated."""
        others = background[~np.isin(self._background.topics, topics)]
        weight = (self._count - len(topics)) / len(others) if len(others) else 0.0
        counts = np.concatenate([np.ones(len(raw)), np.full(len(others), weight)])
        return mean_and_spread(np.concatenate([raw, others]), counts)

    def _rows_of(self, sections: NDArray[np.integer]) -> tuple[Numbers, Numbers]:
        rows, wanted = self._index.row_section, sections.astype(np.int32)
        return np.searchsorted(rows, wanted), np.searchsorted(rows, wanted, "right")
