"""The vectors of some rows out of the mapped file of a large index: one gather for all of them.

FAISS decodes one row at a time, several microseconds each; a question looks at more than a thousand. Each row is the
centre of its list and, per dimension, a byte between `low` and `low + span` of the way from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from index.arrays import Buffer

LEVELS = 255  # of a byte; each stands for the middle of its interval
Floats = NDArray[np.float32]
Products = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Codes:
    """Row `i` is in list `place[i] >> 32`, at `place[i] & 0xffffffff` there; list `l` begins at byte `starts[l]`."""

    content: Buffer
    place: NDArray[np.int64]
    starts: NDArray[np.int64]
    centres: Floats
    low: Floats
    span: Floats

    def rows(self, numbers: NDArray[np.int64]) -> Floats:
        """(len(numbers), d) vectors."""
        codes, lists = self._codes(numbers)
        vectors: Floats = self.centres[lists] + (codes + np.float32(0.5)) * self._step() + self.low
        return vectors

    def cosines(self, numbers: NDArray[np.int64], query: Floats, products: Products) -> Floats:
        """(len(numbers),) inner products of one (d,) query with rows that are not decoded for it.

        `products` gives those of the query with vectors.
        """
        codes, lists = self._codes(numbers)
        step = self._step()
        start = np.float32(query @ (self.low + step / 2))
        ways: Floats = products(codes.astype(np.float32), query * step) + start
        return products(self.centres, query)[lists] + ways

    def _codes(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """(len(numbers), d) bytes and the list of each row."""
        dimension = self.centres.shape[1]
        lists, within = self.place[numbers] >> 32, self.place[numbers] & 0xFFFFFFFF
        bytes_at = sliding_window_view(np.frombuffer(self.content, np.uint8), dimension)
        return bytes_at[self.starts[lists] + within * dimension], lists

    def _step(self) -> Floats:
        step: Floats = self.span / np.float32(LEVELS)
        return step
