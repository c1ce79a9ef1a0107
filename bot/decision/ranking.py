"""Topics in the order in which they may answer a question, and what puts another one in front."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evidence.evidence import Floats


@dataclass(frozen=True, slots=True)
class Ranking:
    """Topics best first with their fused scores (sums of z-scores over the topics of this question).

    `order` names topics. `places` are their places in `fused` and in the evidence: the same where all are scored.
    """

    order: NDArray[np.int64]
    fused: Floats
    places: NDArray[np.int64]
    fixed: bool = False  # what the question names decides which topic leads, not the scores

    @classmethod
    def of(cls, fused: Floats, topics: NDArray[np.int64]) -> "Ranking":
        """Best first, ties in the order of the site; `topics[i]` has the score `fused[i]`."""
        places = np.argsort(-fused, kind="stable")
        return cls(topics[places], fused, places)

    def led(self, rank: int, *, fixed: bool = False) -> "Ranking":
        """The same with the topic at this rank in front."""
        fused = self.fused.copy()
        fused[self.places[rank]] = np.nextafter(fused[self.places[0]], np.float32(np.inf))
        order, places = (np.concatenate([of[[rank]], np.delete(of, rank)]) for of in (self.order, self.places))
        return Ranking(order, fused, places, fixed)

    def behind(self, rank: int) -> float:
        """By how much the fused score of this rank is less than that of the best."""
        return float(self.fused[self.places[0]] - self.fused[self.places[rank]])

    def led_by_first(self, ranks: Iterable[int]) -> "Ranking":
        """The same led by the first of these ranks, which the question names; as it is if there is none or it leads."""
        rank = next(iter(ranks), 0)
        return self.led(rank, fixed=True) if rank else self

    def nearest(self, most: int) -> list[tuple[int, int]]:
        """The best topics, each behind its rank."""
        return list(enumerate(self.order[:most].tolist()))

    def kept(self, wanted: NDArray[np.bool_] | list[bool]) -> "Ranking":
        """The same without the topics that are not wanted; `wanted`: of each rank."""
        return Ranking(self.order[wanted], self.fused, self.places[wanted], self.fixed)
