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
NOTHING = -2.0  # below any score: of a topic that has no row of a kind
LEAST_SPREAD = 1e-6  # a channel that says the same of all topics says nothing
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
NO_TOPICS: Numbers = np.zeros(0, np.int64)


def mean_and_spread(raw: Floats, counts: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Of each channel over topics: `counts` is how many each stands for. A topic without a row of a kind is none of it.

    If it were (at 0, say, where others have cosines of 0.8 to 0.9), a few of them would make all others alike.
    """
    weights = (raw > NOTHING) * counts[:, None]
    total = np.maximum(weights.sum(axis=0), LEAST_SPREAD)
    mean = (weights * raw).sum(axis=0) / total
    spread = np.sqrt((weights * (raw - mean) ** 2).sum(axis=0) / total)
    return mean.astype(np.float32), spread.astype(np.float32)


def scored(raw: Floats, mean: Floats) -> Floats:
    """The same where a topic without a row of a kind stands at the mean: that tells neither for nor against it."""
    return np.where(raw > NOTHING, raw, mean)


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
        """Where every topic was scored; `counted`: those whose scores say how unlike topics are.

        A topic without a row of a kind scores `NOTHING`.
        """
        counts = np.zeros(len(raw))
        counts[counted] = 1.0
        mean, spread = mean_and_spread(raw, counts)
        return cls(np.arange(len(raw)), scored(raw, mean), mean, spread, known, cosines)

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
        return bool(np.isin(topics, self.topics).all())

    def among(self, topics: Numbers) -> "Evidence":
        """The same of fewer topics (ascending, all of them scored)."""
        return replace(self, raw=self.raw[np.searchsorted(self.topics, topics)], topics=topics)
