"""What the index says of one question: scores of topics by named channels, beside their mean and spread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from index.storage.store import KINDS

Channel = Literal["passage", "sentence", "phrasing", "words", "grams", "coverage", "gram_coverage"]
# Three cosines (of the kinds of row, in their order), two BM25 scores, two shares of the question's words.
CHANNELS: tuple[Channel, ...] = get_args(Channel)
LEXICAL = len(KINDS)  # the place of the first channel that is no cosine
LEAST_SPREAD = 1e-6  # a channel that says the same of all topics says nothing
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
NO_TOPICS: Numbers = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`raw[i, c]` is the score of topic `topics[i]` in channel `CHANNELS[c]`."""

    topics: Numbers  # those that were scored, ascending
    raw: Floats
    mean: Floats  # of each channel over all topics that count, scored or not
    spread: Floats  # the same: standard deviations
    known: float  # the share of the question's words, by idf, that the index holds
    cosines: Callable[[Numbers], Floats]  # of the question to some rows of the index, by their numbers

    @classmethod
    def of_all(
        cls, raw: Floats, known: float, cosines: Callable[[Numbers], Floats], counted: NDArray[np.bool_] | slice
    ) -> "Evidence":
        """Where every topic was scored; `counted`: those whose scores say how unlike topics are."""
        counting = raw[counted]
        return cls(np.arange(len(raw)), raw, counting.mean(axis=0), counting.std(axis=0), known, cosines)

    def channel(self, name: Channel) -> Floats:
        """The scores of all scored topics in one channel."""
        return self.raw[:, CHANNELS.index(name)]

    def standardised(self) -> Floats:
        """z-scores, as `raw`."""
        spread = np.where(self.spread > LEAST_SPREAD, self.spread, 1).astype(np.float32)
        z: Floats = (self.raw - self.mean) / spread
        return z

    def holds(self, topics: Numbers) -> bool:
        """Whether all of these topics were scored."""
        return bool(np.isin(topics, self.topics, assume_unique=True).all())

    def among(self, topics: Numbers) -> "Evidence":
        """The same of fewer topics (ascending, all of them scored)."""
        return replace(self, raw=self.raw[np.searchsorted(self.topics, topics)], topics=topics)
