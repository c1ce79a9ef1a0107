"""The only file that imports faiss: exact search over unit vectors."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    """Unit vectors, searched by inner product (= cosine)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        """An index over (n, d) unit vectors; row numbers are their ids."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> "VectorIndex":
        return cls(faiss.read_index(str(file)))

    def save(self, file: Path) -> None:
        faiss.write_index(self._index, str(file))

    def vectors(self) -> NDArray[np.float32]:
        """All stored vectors, (n, d)."""
        return np.asarray(self._index.reconstruct_n(0, self.size), np.float32)

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Row numbers and cosines of the k nearest rows of one (d,) query, best first."""
        cosines, found = self._index.search(query.reshape(1, -1), min(k, self.size))
        return found[0], cosines[0]
