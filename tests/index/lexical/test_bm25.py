"""BM25 values worked out by hand: weight = idf * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / mean length))."""

from math import log

import numpy as np
import pytest

from index.lexical.bm25 import WordIndex

# Two documents of 2 and 4 words (mean 3): the lengths' factors are 1.2 * 0.75 = 0.9 and 1.2 * 1.25 = 1.5.
DOCUMENTS = [["a", "b"], ["a", "a", "c", "d"]]
BOTH, ONE = log(1 + 0.5 / 2.5), log(1 + 1.5 / 1.5)  # idf of a word in both documents, and in one
A = [BOTH * 2.2 / (1 + 0.9), BOTH * 4.4 / (2 + 1.5)]
B = [ONE * 2.2 / (1 + 0.9), 0.0]
C = [0.0, ONE * 2.2 / (1 + 1.5)]


def approximately(*values: float) -> object:
    return pytest.approx(values, rel=1e-6)


@pytest.mark.parametrize(
    ("query", "scores"),
    [
        (["a"], A),
        (["b"], B),
        (["c"], C),
        (["a", "b"], [A[0] + B[0], A[1]]),
        (["c", "a", "b"], [A[0] + B[0], A[1] + C[1]]),
        (["a", "a"], A),  # a word of the query counts once
        (["unknown"], [0.0, 0.0]),
        (["unknown", "b"], B),
        ([], [0.0, 0.0]),
    ],
)
def test_scores(query: list[str], scores: list[float]):
    assert WordIndex.of(DOCUMENTS).scores(query).tolist() == approximately(*scores)


def test_the_value_of_one_word_in_figures():
    assert WordIndex.of(DOCUMENTS).scores(["b"]).tolist() == approximately(0.8025914, 0.0)


def test_a_rarer_word_weighs_more_and_none_less_than_nothing():
    index = WordIndex.of([["all", "rare"], ["all"], ["all"], ["all"]])
    idf = dict(zip(index.vocabulary, index.idf.tolist(), strict=True))
    assert idf == pytest.approx({"all": log(1 + 0.5 / 4.5), "rare": log(1 + 3.5 / 1.5)}, rel=1e-6)


ALL, RARE = log(1 + 0.5 / 4.5), log(1 + 3.5 / 1.5)


@pytest.mark.parametrize(
    ("query", "shares", "known"),
    [
        (["all"], [1, 1, 1, 1], 1.0),
        (["rare"], [1, 0, 0, 0], 1.0),
        (["all", "rare"], [1, *[ALL / (ALL + RARE)] * 3], 1.0),
        (["rare", "unknown"], [0.5, 0, 0, 0], 0.5),  # an unknown word weighs as much as the rarest
        (["unknown"], [0, 0, 0, 0], 0.0),
        ([], [0, 0, 0, 0], 0.0),
    ],
)
def test_coverage(query: list[str], shares: list[float], known: float):
    held, whole = WordIndex.of([["all", "rare"], ["all"], ["all"], ["all"]]).coverage(query)
    assert held.tolist() == approximately(*shares)
    assert whole == pytest.approx(known)


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_documents_without_words(documents: list[list[str]]):
    index = WordIndex.of(documents)
    for either in (index, WordIndex.read(index.files("words"), "words")):
        assert either.scores(["a"]).tolist() == [0.0] * len(documents)
        assert either.size == len(documents)


def test_an_empty_document_among_others():
    assert WordIndex.of([["a"], []]).scores(["a"]).tolist() == approximately(
        log(1 + 1.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / 0.5)), 0.0
    )


def test_what_is_read_equals_what_was_written():
    index = WordIndex.of([["クラ", "ラス", "/24"], ["1.7.9", "a", "a"], ["é", "クラ"]])
    loaded = WordIndex.read(index.files("words"), "words")
    assert loaded.vocabulary == index.vocabulary
    assert loaded.size == index.size
    for name in ("starts", "documents", "weights", "idf"):
        before, after = getattr(index, name), getattr(loaded, name)
        assert after.dtype == before.dtype
        np.testing.assert_array_equal(after, before)


def test_two_statistics_lie_beside_each_other():
    files = WordIndex.of([["a"]]).files("words") | WordIndex.of([["b"]]).files("grams")
    assert list(WordIndex.read(files, "words").vocabulary) == ["a"]
    assert list(WordIndex.read(files, "grams").vocabulary) == ["b"]


def test_the_same_documents_are_the_same_bytes():
    written = [WordIndex.of([["クラ", "a"], ["b"]]).files("words") for _ in range(2)]
    assert written[0] == written[1]
    assert written[0]["words.txt"].decode() == "a\nb\nクラ\n"


@pytest.mark.parametrize(
    ("query", "places"), [(["a"], [0, 1]), (["a", "b"], [0]), (["b", "c"], []), (["a", "z"], []), (["z"], []), ([], [])]
)
def test_places_of_words_are_the_documents_that_have_all_of_them(query: list[str], places: list[int]):
    assert WordIndex.of(DOCUMENTS).places(query).tolist() == places
