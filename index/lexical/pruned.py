"""The best documents for some words without scoring every document, and the scores of a few.

Moffat and Zobel, "Self-indexing inverted files for fast text retrieval" (1996), the strategy they call "continue":
words are taken from the one that can add most, and each document that holds one becomes a candidate; from a number of
postings on, the words that are left are only looked up for the best candidates. A question whose words stand in few
documents is answered exactly. Of others a document may be missed that holds only its most common words.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical.bm25 import QueryTerms, WordIndex

MOST_READ = 1 << 15  # postings that are read whole; more would be read for hardly another document
KEPT = 1 << 10  # candidates for which the words that are left are looked up
HEADS = 4  # common words whose heaviest documents fill up too few candidates
SAMPLE = 1 << 12  # weights by which the heaviest are told
Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]


def best(
    index: WordIndex, query: QueryTerms, k: int, most_read: int = MOST_READ, kept: int = KEPT
) -> NDArray[np.int64]:
    """About the k documents with the highest scores above 0, ties in their order; ascending numbers."""
    terms = sorted(query.numbers, key=lambda term: -index.max_impact[term])
    read_until = np.cumsum([len(index.postings(term)[0]) for term in terms])
    count = int(np.searchsorted(read_until, most_read, "right"))
    whole, common = terms[:count], terms[count:]
    total, likely = _read_whole(index, whole)
    if len(likely) > kept and common:
        likely = likely[np.argpartition(total[likely], -kept)[-kept:]]
    elif len(likely) < kept:
        heads = [_heaviest(*index.postings(term), kept // HEADS) for term in common[:HEADS]]
        likely = np.unique(np.concatenate([likely, *heads]))
    likely = np.sort(likely)
    scores = total[likely] + _sums(index, common, likely)
    return np.sort(likely[np.argsort(-scores, kind="stable")[:k]]).astype(np.int64)


def _read_whole(index: WordIndex, terms: Sequence[int]) -> tuple[Floats, Numbers]:
    """(size,) scores by these terms alone, and the documents that have one of them."""
    total, holding = np.zeros(index.size, np.float32), [np.zeros(0, np.int32)]  # untouched pages cost nothing
    for term in terms:
        documents, weights = index.postings(term)
        holding.append(documents[total[documents] == 0])
        total[documents] += weights
    return total, np.concatenate(holding)


def at(index: WordIndex, query: QueryTerms, own: int, documents: Numbers) -> tuple[Floats, Floats]:
    """Of some documents (ascending): scores, and the idf of those of the first `own` words that they hold.

    They are the dense ones, to the bit.
    """
    scores, held = np.zeros((2, len(documents)), np.float32)
    for place, (number, idf) in enumerate(zip(query.numbers, query.idf, strict=True)):
        weights = _weights(index, number, documents)
        scores += weights
        if place < own:
            held += (weights > 0) * np.float32(idf)
    return scores, held


def _sums(index: WordIndex, terms: Sequence[int], documents: Numbers) -> Floats:
    total = np.zeros(len(documents), np.float32)
    for term in terms:
        total += _weights(index, term, documents)
    return total


def _weights(index: WordIndex, number: int, documents: Numbers) -> Floats:
    """What one word adds to each of some documents (ascending)."""
    holding, weights = index.postings(number)
    places = holding.searchsorted(documents)
    hits: Floats = weights.take(places, mode="clip") * (holding.take(places, mode="clip") == documents)
    return hits


def _heaviest(documents: Numbers, weights: Floats, count: int) -> Numbers:
    """About `count` of the documents in which a word weighs most."""
    if len(documents) <= count:
        return documents
    sample = np.sort(weights[:: -(-len(weights) // SAMPLE)])
    least = sample[-max(1, len(sample) * count // len(weights))]
    return documents[np.flatnonzero(weights >= least)[: 2 * count]]
