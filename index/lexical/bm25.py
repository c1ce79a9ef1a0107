"""Word statistics of the sections and their BM25 scores, as flat arrays.

Scores: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with Lucene's
never-negative idf. The weight of each word in each section is computed once, at indexing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, pack, unpack
from index.lexical import vocabulary

K1, B = 1.2, 0.75
BLOCK = 1 << 14  # documents counted at once


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query as an index knows it: number and idf of each of its words that the index holds, in its order.

    `total` is the idf of all its words, `known` that of those held. A word that no document has counts as
    the rarest word does: the question may be about it.
    """

    numbers: tuple[int, ...]
    idf: tuple[float, ...]
    total: float
    known: float

    @property
    def share(self) -> float:
        """The share of the query's words, by idf, that the index holds."""
        return self.known / self.total if self.total else 0.0

    def shares(self, held: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same of each document, from the idf of the words that it holds."""
        return held / np.float32(self.total) if self.total else held


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Postings of word `w` are `[starts[w]:starts[w + 1]]` of `documents` (ascending) and `weights`."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    max_impact: NDArray[np.float32]  # the largest weight of each word
    size: int  # number of documents
    rarest: float = field(init=False)  # the idf of a word that no document has

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarest", float(self.idf.max(initial=1.0)))

    def places(self, words: Iterable[str]) -> NDArray[np.int32]:
        """The documents that have all of these words, ascending; none where a word is unknown or there is none."""
        numbers = [self.vocabulary.get(word) for word in words]
        held = [self.documents[self.starts[n] : self.starts[n + 1]] for n in numbers if n is not None]
        if not held or len(held) < len(numbers):
            return np.zeros(0, np.int32)
        return reduce(partial(np.intersect1d, assume_unique=True), held)

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]], counted: NDArray[np.bool_] | None = None) -> "WordIndex":
        """Statistics over documents given as lists of words; they may be millions and are read once.

        `counted`: those that say how rare a word and how long a document is; None: all.
        """
        seen: dict[str, int] = {}
        lengths, postings = _counted(documents, seen)
        among = np.ones(len(lengths), bool) if counted is None else counted
        mean = float(lengths[among].mean()) if lengths[among].any() else 1.0
        words = {word: number for number, word in enumerate(sorted(seen))}
        postings = postings.by_word(np.array([words[word] for word in seen], np.int32))
        counts = np.bincount(postings.word, minlength=len(words))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        # A word of no document that counts is as rare as a word of one.
        frequency = np.bincount(postings.word[among[postings.document]], minlength=len(words))
        frequency = np.maximum(frequency, 1).astype(np.float32)
        idf = np.log1p((among.sum() - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        times = postings.times
        saturation = times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[postings.document] / mean))
        weights = (np.repeat(idf, counts) * saturation).astype(np.float32)
        return cls(words, starts, postings.document, weights, idf, _max_impacts(weights, starts), len(lengths))

    def part(self, documents: NDArray[np.int64]) -> "WordIndex":
        """The same weights, but of some documents only (ascending), which are numbered anew from 0."""
        new = np.full(self.size, -1, np.int32)
        new[documents] = np.arange(len(documents), dtype=np.int32)
        kept = new[self.documents] >= 0
        before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
        counts = np.diff(before[self.starts])
        held = np.flatnonzero(counts)
        starts = np.concatenate([[0], np.cumsum(counts[held])]).astype(np.int64)
        names = set(held.tolist())
        words = (word for number, word in enumerate(self.vocabulary) if number in names)
        return WordIndex(
            {word: i for i, word in enumerate(words)},
            starts,
            new[self.documents[kept]],
            self.weights[kept],
            self.idf[held],
            self.max_impact[held],
            len(documents),
        )

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """(size,) BM25 scores; a word of the query counts once."""
        return self.sums(self.find(query), 0)[0]

    def coverage(self, query: Iterable[str]) -> tuple[NDArray[np.float32], float]:
        """(size,) share of the query's words, by idf, that each document holds; and that the index holds at all."""
        terms = self.find(query)
        return terms.shares(self.sums(terms, len(terms.numbers))[1]), terms.share

    def sums(self, terms: QueryTerms, own: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(size,) scores, and of each document the idf of those of the first `own` words that it holds."""
        scores, held = np.zeros((2, self.size), np.float32)
        numbers = np.array(terms.numbers, np.int64)
        starts, ends = self.starts[numbers], self.starts[numbers + 1]
        places, counts = ranges(starts, ends), (ends - starts)[:own]
        documents = self.documents[places]  # word by word: the same bits as in a loop
        np.add.at(scores, documents, self.weights[places])
        np.add.at(held, documents[: counts.sum()], np.repeat(np.array(terms.idf[:own], np.float32), counts))
        return scores, held

    def find(self, query: Iterable[str]) -> QueryTerms:
        """The words of a query, each once."""
        numbers = [self.vocabulary.get(word) for word in dict.fromkeys(query)]
        held = tuple(number for number in numbers if number is not None)
        idf = tuple(self.idf[list(held)].tolist())
        total = known = 0.0
        each = iter(idf)
        for number in numbers:  # in their order, as sums of rounded numbers depend on it
            weight = self.rarest if number is None else next(each)
            total += weight
            known += 0.0 if number is None else weight
        return QueryTerms(held, idf, total, known)

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The documents that hold a word, ascending, and its weight in each."""
        place = slice(*self.starts[number : number + 2].tolist())
        return self.documents[place], self.weights[place]

    def files(self, name: str) -> dict[str, bytes]:
        """`<name>.txt` (one word a line, in the order of the arrays) and `<name>.arrays`."""
        arrays = pack(
            starts=self.starts,
            documents=self.documents,
            weights=self.weights,
            idf=self.idf,
            peak=self.max_impact,
            size=np.array(self.size),
        )
        return {f"{name}.txt": vocabulary.written(self.vocabulary), f"{name}.arrays": arrays}

    @classmethod
    def read(cls, files: Mapping[str, Buffer], name: str) -> "WordIndex":
        """Statistics from what `files` gave, in place."""
        arrays = unpack(files[f"{name}.arrays"])
        size, max_impact = int(arrays.pop("size")), arrays.pop("peak")
        return cls(vocabulary.read(files[f"{name}.txt"]), max_impact=max_impact, size=size, **arrays)


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of all half-open ranges, one range after the other."""
    lengths = ends - starts
    numbers: NDArray[np.int64] = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    return numbers


@dataclass(frozen=True, slots=True)
class Postings:
    """Which word stands in which document how often; three columns of the same length.

    Of [["a", "b"], ["a", "a"]], with 0 for a and 1 for b:

        word      0  0  1
        document  0  1  0
        times     1  2  1
    """

    word: NDArray[np.int32]
    document: NDArray[np.int32]
    times: NDArray[np.float32]

    def by_word(self, numbers: NDArray[np.int32]) -> "Postings":
        """In the order of new numbers of the words; the documents of a word stay in order."""
        word = numbers[self.word]
        order = np.argsort(word, kind="stable")
        return Postings(word[order], self.document[order], self.times[order])


def _counted(documents: Iterable[Sequence[str]], seen: dict[str, int]) -> tuple[NDArray[np.float32], Postings]:
    """Lengths of the documents and their postings. New words are added to `seen`, numbered as they appear."""
    lengths: list[int] = []
    blocks: list[Postings] = [Postings(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))]
    for block in _blocks(iter(documents)):
        first = len(lengths)
        lengths += map(len, block)
        numbers = np.array([seen.setdefault(word, len(seen)) for words in block for word in words], np.int64)
        within = np.repeat(np.arange(len(block)), lengths[first:])
        keys, times = np.unique(numbers * BLOCK + within, return_counts=True)
        document = (keys % BLOCK + first).astype(np.int32)
        blocks.append(Postings((keys // BLOCK).astype(np.int32), document, times.astype(np.float32)))
    word, document, counts = (
        np.concatenate([getattr(block, column) for block in blocks]) for column in ("word", "document", "times")
    )
    return np.array(lengths, np.float32), Postings(word, document, counts)


def _blocks(documents: Iterator[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    while block := list(islice(documents, BLOCK)):
        yield block


def _max_impacts(weights: NDArray[np.float32], starts: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.maximum.reduceat(weights, starts[:-1]) if len(weights) else np.zeros(0, np.float32)
