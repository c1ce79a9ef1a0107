"""Word statistics of the sections and their BM25 scores, as flat arrays.

Scores: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with Lucene's
never-negative idf. The weight of each word in each section is computed once, at indexing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Postings of word `w` are `[starts[w]:starts[w + 1]]` of `documents` and `weights`."""

    vocabulary: dict[str, int]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    size: int  # number of documents

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]]) -> "WordIndex":
        """Statistics over documents given as lists of words."""
        counts = [Counter(words) for words in documents]
        lengths = np.array([len(words) for words in documents], np.float32)
        mean = float(lengths.mean()) if len(documents) and lengths.any() else 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, counter in enumerate(counts):
            for word, count in counter.items():
                postings.setdefault(word, []).append((number, count))
        vocabulary = {word: i for i, word in enumerate(sorted(postings))}
        ordered = [postings[word] for word in vocabulary]
        frequency = np.array([len(found) for found in ordered], np.float32)
        idf = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        flat = np.array([pair for found in ordered for pair in found], np.int32).reshape(-1, 2)
        numbers, times = flat[:, 0], flat[:, 1].astype(np.float32)
        saturation = times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[numbers] / mean))
        weights = np.repeat(idf, frequency.astype(np.int64)) * saturation
        starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(vocabulary, starts, numbers.astype(np.int32), weights.astype(np.float32), idf, len(documents))

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """(size,) BM25 scores; a word of the query counts once."""
        total = np.zeros(self.size, np.float32)
        for word in dict.fromkeys(query):
            if (number := self.vocabulary.get(word)) is not None:
                found = slice(self.starts[number], self.starts[number + 1])
                total[self.documents[found]] += self.weights[found]
        return total

    def coverage(self, query: Iterable[str]) -> tuple[NDArray[np.float32], float]:
        """(size,) share of the query's words, by idf, that each document holds; and that the index holds at all.

        A word that no document has weighs as much as the rarest one: it may be what the question is about.
        """
        held = np.zeros(self.size, np.float32)
        rarest = float(self.idf.max(initial=1.0))
        total = known = 0.0
        for word in dict.fromkeys(query):
            number = self.vocabulary.get(word)
            weight = rarest if number is None else float(self.idf[number])
            total += weight
            if number is not None:
                known += weight
                held[self.documents[self.starts[number] : self.starts[number + 1]]] += weight
        return (held / np.float32(total), known / total) if total else (held, 0.0)

    def save(self, folder: Path, name: str) -> None:
        """Write `<name>.txt` (one word a line, in the order of the arrays) and `<name>.npz`."""
        (folder / f"{name}.txt").write_text("".join(f"{word}\n" for word in self.vocabulary), "utf-8", newline="\n")
        with (folder / f"{name}.npz").open("wb") as file:
            np.savez(
                file,
                starts=self.starts,
                documents=self.documents,
                weights=self.weights,
                idf=self.idf,
                size=np.array(self.size),
            )

    @classmethod
    def load(cls, folder: Path, name: str) -> "WordIndex":
        lines = (folder / f"{name}.txt").read_text("utf-8").split("\n")[:-1]
        with np.load(folder / f"{name}.npz") as arrays:
            return cls(
                {word: i for i, word in enumerate(lines)},
                arrays["starts"],
                arrays["documents"],
                arrays["weights"],
                arrays["idf"],
                int(arrays["size"]),
            )
