"""The best documents found by pruning are (nearly) those of dense scoring; their scores are the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.bm25 import WordIndex
from index.lexical.pruned import at, best

# Few words, so that many stand in most documents and many scores are equal.
WORDS = st.sampled_from("abcdefgh")


def dense(index: WordIndex, query: list[str], k: int) -> list[int]:
    scores = index.scores(query)
    order = np.argsort(-scores, kind="stable")[:k]
    return sorted(order[scores[order] > 0].tolist())


@given(st.lists(st.lists(WORDS, max_size=9), max_size=40), st.lists(WORDS, max_size=5), st.integers(1, 8))
def test_as_dense_scoring_on_small_sets(documents: list[list[str]], query: list[str], k: int):
    index = WordIndex.of(documents)
    assert best(index, index.find(query), k).tolist() == dense(index, query, k)


@given(
    st.lists(st.lists(WORDS, max_size=9), max_size=40),
    st.lists(WORDS, max_size=5),
    st.integers(1, 8),
    st.integers(0, 60),
    st.integers(8, 40),
)
def test_with_little_to_read_what_is_found_still_holds_a_word(
    documents: list[list[str]], query: list[str], k: int, taken: int, kept: int
):
    index = WordIndex.of(documents)
    taken_in = best(index, index.find(query), k, taken, kept)
    assert (np.diff(taken_in) > 0).all() and (index.scores(query)[taken_in] > 0).all()
    assert len(taken_in) <= k and bool(len(taken_in)) == bool(dense(index, query, k))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("taken", "least"), [(1 << 12, 0.99), (1 << 9, 0.95)])
def test_nearly_as_dense_scoring_where_words_are_as_frequent_as_in_texts(seed: int, taken: int, least: float):
    """A tenth of a large site, of whose postings a tenth is read."""
    random = np.random.default_rng(seed)
    index = WordIndex.of([[f"w{word}" for word in random.zipf(1.3, 30) % 5000] for _ in range(2_000)])
    shares = []
    for _ in range(20):
        query = [f"w{word}" for word in random.zipf(1.3, 6) % 5000]
        scores = index.scores(query)
        # Sums of the same weights in another order differ in the last bit: scores are compared, not places.
        right, pruned = (
            np.sort(scores[some])[::-1]
            for some in (dense(index, query, 50), best(index, index.find(query), 50, taken, kept=128))
        )
        shares.append(pruned.sum() / right.sum())
    assert np.mean(shares) >= least, shares


def test_the_scores_of_some_documents_are_the_dense_ones_to_the_bit():
    index = WordIndex.of([list(text) for text in ("abc", "a", "bcd", "", "aab")])
    some = np.array([0, 3, 4])
    scores, held = at(index, index.find(["a", "c", "z"]), 3, some)
    assert scores.tolist() == index.scores(["a", "c", "z"])[some].tolist()
    total = index.find(["a", "c", "z"]).total
    np.testing.assert_array_equal(held / np.float32(total), index.coverage(["a", "c", "z"])[0][some])


def test_a_part_scores_its_documents_as_the_whole_does():
    index = WordIndex.of([list(text) for text in ("abc", "a", "bcd", "", "aab")])
    part = index.part(np.array([1, 4]))
    assert part.size == 2 and set(part.vocabulary) == {"a", "b"}
    assert part.scores(["b", "a", "c"]).tolist() == index.scores(["b", "a", "c"])[[1, 4]].tolist()
