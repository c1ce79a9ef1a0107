"""Groups are those of average linkage, whose memory grows with the questions alone."""

import tracemalloc

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering

from bot.learning.vectors import SAME, Vectors, clusters


def directions(seed: int, count: int, width: int = 24) -> Vectors:
    """Unit vectors around a dozen middles, more or less near to them."""
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(12, width))
    made = middles[chance.integers(0, 12, count)] + chance.normal(size=(count, width)) * chance.uniform(0.3, 1.5)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("seed", range(12))
def test_groups_are_those_of_the_librarys_average_linkage(seed: int):
    vectors = directions(seed, 20 + 17 * seed)
    labels = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=SAME).fit_predict(
        vectors
    )
    same = sorted(np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1))
    assert sorted(sorted(group) for group in clusters(vectors)) == same


def test_the_largest_group_comes_first_and_its_middle_one_leads_it():
    near = np.array([[1, 0.3, 0], [1, 0, 0], [1, -0.3, 0], [0, 0, 1]], np.float32)
    assert clusters(near / np.linalg.norm(near, axis=1, keepdims=True)) == [[1, 0, 2], [3]]


@pytest.mark.parametrize("noise", [1e-7, 1e-4])
@pytest.mark.parametrize("seed", range(40))
def test_questions_that_hardly_differ_are_one_group(seed: int, noise: float):
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(12, 384))
    near = np.repeat(middles, 6, axis=0) + chance.normal(size=(72, 384)) * noise
    vectors = np.asarray(near / np.linalg.norm(near, axis=1, keepdims=True), np.float32)
    assert sorted(sorted(group) for group in clusters(vectors)) == [list(range(6 * n, 6 * n + 6)) for n in range(12)]


@pytest.mark.parametrize("count", [0, 1])
def test_few_questions_need_no_grouping(count: int):
    assert clusters(directions(1, 5)[:count]) == [[0]][:count]


def test_each_row_is_counted_once():
    done = list[int]()
    clusters(directions(3, 200), done.append)
    assert sum(done) == 200


def test_memory_grows_with_the_questions_and_not_with_their_pairs():
    vectors = directions(2, 2000, 8)
    tracemalloc.start()
    clusters(vectors)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2000 * 2000  # bytes: a matrix of distances would have four or eight for each pair
