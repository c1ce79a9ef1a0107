"""Exact search by cosine, with values worked out by hand."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors import VectorIndex

# East, north, north-east (3-4-5), west: unit vectors in the plane.
ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)


def found(index: VectorIndex, query: list[float], k: int) -> list[tuple[int, float]]:
    rows, cosines = index.search(np.array(query, np.float32), k)
    return [(int(row), pytest.approx(float(cosine), abs=1e-6)) for row, cosine in zip(rows, cosines, strict=True)]


def test_nearest_first_with_its_cosine():
    assert found(VectorIndex.of(ROWS), [1, 0], 4) == [(0, 1.0), (2, 0.6), (1, 0.0), (3, -1.0)]
    assert found(VectorIndex.of(ROWS), [0.8, 0.6], 2) == [(2, 0.96), (0, 0.8)]


def test_no_more_than_there_are():
    assert [row for row, _ in found(VectorIndex.of(ROWS), [0.6, 0.8], 99)] == [2, 1, 0, 3]


def test_size_and_dimension():
    index = VectorIndex.of(ROWS)
    assert (index.size, index.dimension) == ROWS.shape


def test_what_is_loaded_equals_what_was_saved(tmp_path: Path):
    VectorIndex.of(ROWS).save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    np.testing.assert_array_equal(loaded.vectors(), ROWS)
    assert found(loaded, [0, 1], 1) == [(1, 1.0)]


@pytest.mark.parametrize("rows", [ROWS.astype(np.float64), np.asfortranarray(ROWS), ROWS[:, ::-1][:, ::-1]])
def test_rows_of_any_layout(rows: NDArray[np.floating]):
    np.testing.assert_array_equal(VectorIndex.of(rows).vectors(), ROWS)
