"""The only file that imports faiss: search over unit vectors, exact on a small site, by neighbourhoods on a large."""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer
from index.dense.codes import Codes
from index.installed import require_installed

require_installed("faiss", "faiss-cpu")  # before the import, which runs what it finds

import faiss  # noqa: E402

FLAT, IVF = "flat", "ivf-sq8"
FLAT_ROWS = 1 << 15  # up to here all rows are compared with a question; beyond, those of the nearest neighbourhoods
MOST_LISTS = 4096  # more would take longer to choose from than to look through
TRAINED_ON, ROUNDS = 32, 6  # rows per list and rounds of k-means; more find nothing more and take much longer
CHUNK = 1 << 16  # rows added at once: a list of vectors on disk is never in memory whole
PROBED = 1 / 128  # share of the lists that is looked through, but at least:
LEAST_PROBED = 32


class VectorIndex:
    """Unit vectors, searched by inner product (= cosine).

    `flat` keeps them whole and compares all. `ivf-sq8` keeps the way from the nearest of seeded k-means centres, a byte
    per dimension, and looks through the lists whose centres are nearest: cosines are right to about 0.001, and a few of
    the nearest rows may be missed (`make bench-scale` measures how many).
    """

    def __init__(self, index: Any, content: Buffer | None = None) -> None:
        self._index, self._content = index, content  # a mapped index reads from `content` for as long as it lives
        self._codes: Codes | None = None
        if isinstance(index, faiss.IndexIVF):
            index.nprobe = max(LEAST_PROBED, round(index.nlist * PROBED))
            self._codes = None if content is None else _codes(index, content)

    @property
    def kind(self) -> str:
        """FLAT: every vector is compared; IVF: those of the nearest lists."""
        return IVF if isinstance(self._index, faiss.IndexIVF) else FLAT

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._index.d)

    @classmethod
    def of(cls, vectors: NDArray[Any], flat_rows: int = FLAT_ROWS) -> "VectorIndex":
        """An index over (n, d) unit vectors; row numbers are their ids."""
        size, dimension = vectors.shape
        index: Any = faiss.IndexFlatIP(dimension) if size <= flat_rows else _trained(vectors)
        for start in range(0, size, CHUNK):
            index.add(np.ascontiguousarray(vectors[start : start + CHUNK], np.float32))
        if size > flat_rows:
            index.make_direct_map(True)  # row numbers to places: `rows` finds them
        return cls(index)

    @classmethod
    def read(cls, content: Buffer) -> "VectorIndex":
        """An index from what `as_bytes` gave, in place. Raises RuntimeError if it is none."""
        view = np.frombuffer(content, np.uint8)
        reader = faiss.ZeroCopyIOReader(  # type: ignore[attr-defined]  # the stubs know the older readers
            faiss.swig_ptr(view), view.size
        )
        return cls(faiss.read_index(reader, faiss.IO_FLAG_MMAP_IFC), content)

    def as_bytes(self) -> bytes:
        """The file of this index. (faiss.write_index would not tell that a disk is full when it closes the file.)."""
        return bytes(faiss.serialize_index(self._index))

    def vectors(self) -> NDArray[np.float32]:
        """All stored vectors, (n, d)."""
        return np.asarray(self._index.reconstruct_n(0, self.size), np.float32)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors of some rows, (len(numbers), d)."""
        if self._codes:
            return self._codes.rows(numbers)
        return np.asarray(self._index.reconstruct_batch(numbers), np.float32)

    def cosines(self, query: NDArray[np.float32], numbers: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Cosines of one (d,) query to some rows, or to each row of a flat index: none is found, and none sorted."""
        if numbers is None:
            return _products(self._index.get_xb(), self.size, query)
        if self._codes:
            return self._codes.cosines(numbers, query, products)
        return products(self.rows(numbers), query)

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Row numbers and cosines of the k nearest rows of one (d,) query, best first; fewer if fewer were found."""
        cosines, rows = self._index.search(query.reshape(1, -1), min(k, self.size))
        here = rows[0] >= 0
        return rows[0][here], cosines[0][here]


def products(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) inner products of (n, d) vectors with one (d,) query, in this thread alone.

    BLAS would share so little work among threads that wait for each other on a busy machine.
    """
    return _products(faiss.swig_ptr(np.ascontiguousarray(vectors)), len(vectors), query)


def _products(vectors: Any, count: int, query: NDArray[np.float32]) -> NDArray[np.float32]:  # a pointer
    cosines, query = np.empty(count, np.float32), np.ascontiguousarray(query)
    faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]  # the stubs leave it out
        faiss.swig_ptr(cosines), faiss.swig_ptr(query), vectors, len(query), count
    )
    return cosines


def _codes(index: Any, content: Buffer) -> Codes:
    """Where the rows of an index that reads from `content` lie in it."""
    view: Any = np.frombuffer(content, np.uint8)
    lists: Any = index.invlists
    starts = np.array([int(lists.get_codes(number)) for number in range(index.nlist)], np.int64) - view.ctypes.data
    trained = faiss.vector_to_array(index.sq.trained)
    low, span = trained.reshape(2, index.d)
    centres = index.quantizer.reconstruct_n(0, index.nlist)
    return Codes(content, faiss.vector_to_array(index.direct_map.array), starts, centres, low, span)


def _trained(vectors: NDArray[Any]) -> faiss.IndexIVFScalarQuantizer:
    """Seeded: the same vectors give the same centres."""
    size, dimension = vectors.shape
    lists = min(MOST_LISTS, 1 << round(np.log2(4 * sqrt(size))))
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, True
    )
    chosen = np.sort(np.random.default_rng(0).permutation(size)[: TRAINED_ON * lists])
    index.cp.max_points_per_centroid, index.cp.niter = TRAINED_ON, ROUNDS
    index.cp.min_points_per_centroid = 1  # no warning that these are few
    index.train(np.ascontiguousarray(vectors[chosen], np.float32))
    return index
