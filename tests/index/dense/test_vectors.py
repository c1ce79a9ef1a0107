"""Search by cosine: exact with values worked out by hand, and by neighbourhoods beside the exact one."""

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense.vectors import FLAT, IVF, VectorIndex

# East, north, north-east (3-4-5), west: unit vectors in the plane.
ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)


def nearest(index: VectorIndex, query: list[float], k: int) -> list[tuple[int, float]]:
    rows, cosines = index.search(np.array(query, np.float32), k)
    return [(int(row), pytest.approx(float(cosine), abs=1e-6)) for row, cosine in zip(rows, cosines, strict=True)]


def test_nearest_first_with_its_cosine():
    assert nearest(VectorIndex.of(ROWS), [1, 0], 4) == [(0, 1.0), (2, 0.6), (1, 0.0), (3, -1.0)]
    assert nearest(VectorIndex.of(ROWS), [0.8, 0.6], 2) == [(2, 0.96), (0, 0.8)]


def test_no_more_than_there_are():
    assert [row for row, _ in nearest(VectorIndex.of(ROWS), [0.6, 0.8], 99)] == [2, 1, 0, 3]


def test_size_and_dimension():
    index = VectorIndex.of(ROWS)
    assert (index.size, index.dimension) == ROWS.shape


def test_what_is_read_equals_what_was_written():
    loaded = VectorIndex.read(VectorIndex.of(ROWS).as_bytes())
    np.testing.assert_array_equal(loaded.vectors(), ROWS)
    assert nearest(loaded, [0, 1], 1) == [(1, 1.0)]


@pytest.mark.parametrize("rows", [ROWS.astype(np.float64), np.asfortranarray(ROWS), ROWS[:, ::-1][:, ::-1]])
def test_rows_of_any_layout(rows: NDArray[np.floating]):
    np.testing.assert_array_equal(VectorIndex.of(rows).vectors(), ROWS)


@pytest.mark.parametrize("content", [b"", b"IxFI", VectorIndex.of(ROWS).as_bytes()[:-1]])
def test_half_a_file_is_refused(content: bytes):
    with pytest.raises(RuntimeError):
        VectorIndex.read(content)


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def many() -> NDArray[np.float32]:
    """Sixty neighbourhoods of ten rows each, in this order."""
    random = np.random.default_rng(0)
    centres = np.repeat(unit(random.standard_normal((60, 32))), 10, axis=0)
    return unit(centres + 0.02 * random.standard_normal(centres.shape))


def test_the_cosines_of_all_rows_are_those_of_searching_them_to_the_bit(many: NDArray[np.float32]):
    index = VectorIndex.of(many)
    rows, cosines = index.search(many[7], index.size)
    np.testing.assert_array_equal(index.cosines(many[7])[rows], cosines)


@pytest.mark.parametrize("read", [False, True], ids=["built", "read"])
def test_rows_of_a_large_index_by_their_numbers(many: NDArray[np.float32], *, read: bool):
    index = VectorIndex.of(many, flat_rows=0)
    if read:
        index = VectorIndex.read(index.as_bytes())
    some = np.array([599, 0, 5, 5])
    assert index.kind == IVF
    np.testing.assert_allclose(index.rows(some), index.vectors()[some], atol=1e-6)
    np.testing.assert_allclose(index.rows(some), many[some], atol=0.005)
    np.testing.assert_allclose(index.cosines(many[7], some), index.rows(some) @ many[7], atol=1e-6)


def test_rows_are_flat_up_to_a_number_and_a_large_index_beyond(many: NDArray[np.float32]):
    assert [VectorIndex.of(many, flat_rows=most).kind for most in (600, 599)] == [FLAT, IVF]
    assert VectorIndex.of(many).kind == FLAT


@pytest.mark.parametrize("read", [False, True], ids=["built", "read"])
def test_a_large_index_finds_the_neighbourhood_of_a_query(many: NDArray[np.float32], *, read: bool):
    index = VectorIndex.of(many, flat_rows=0)
    if read:
        index = VectorIndex.read(index.as_bytes())
    for number in range(0, len(many), 10):
        rows, cosines = index.search(many[number], 10)
        assert sorted(rows.tolist()) == list(range(number, number + 10))
        assert (np.diff(cosines) <= 0).all()
        np.testing.assert_allclose(cosines, many[rows] @ many[number], atol=0.005)


def test_a_file_of_the_older_kind_is_refused():
    """Before, rows were kept whole, not as ways from their centres."""
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(2), 2, 1, faiss.ScalarQuantizer.QT_8bit_uniform, faiss.METRIC_INNER_PRODUCT, False
    )
    index.train(ROWS)
    index.add(ROWS)
    index.make_direct_map(True)
    with pytest.raises(ValueError):
        VectorIndex.read(bytes(faiss.serialize_index(index)))
