"""Questions as vectors that tell them apart: what all texts of a language have in common is taken away.

Before questions are grouped, so is the direction in which they and the site's text differ most. On a small site that is
asking against stating, and the site's name: all questions have it, and it tells none of them apart.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evidence.topics import Topics
from index.encoder.protocol import Encoder
from index.records import Kind
from index.storage.store import KINDS

Vectors = NDArray[np.float32]
Done = Callable[[int], None]
BLOCK = 64  # questions that are embedded at once
SAMPLE = (
    2000  # headings and phrasings of a site from which its mean is taken, and rows from which its main direction is
)
SAME = 0.7  # distance (average linkage) up to which questions ask about one thing; unrelated ones are about 1 apart
TIE = 1e-6  # cosines of float32 differ by less in the other direction; a chain of neighbours must not turn in a circle


class Space:
    """The vectors of a site's language, seen from the mean of the site's own headings and phrasings."""

    def __init__(self, topics: Topics, encoder: Encoder) -> None:
        self._topics, self._encoder = topics, encoder
        self._sections: dict[tuple[int, str], Vectors] = {}
        phrasings = np.flatnonzero(topics.index.row_kind == KINDS.index(Kind.PHRASING)).astype(np.int64)
        chosen = phrasings[:: max(1, len(phrasings) // SAMPLE)]
        vectors = topics.index.vectors.rows(chosen) if len(chosen) else np.zeros((0, 0), np.float32)
        self._all = vectors.mean(0) if len(vectors) else None
        langs = np.array([topics.index.sections[int(topics.index.row_section[row])].lang for row in chosen])
        self._means = {lang: vectors[langs == lang].mean(0) for lang in topics.index.manifest.langs if lang in langs}

    def questions(self, texts: Sequence[str], lang: str, done: Done = lambda _: None) -> Vectors:
        """(n, d) unit vectors of questions; `done` is told how many more there are."""
        blocks = list[Vectors]()
        for at in range(0, len(texts), BLOCK):
            blocks.append(self._encoder.queries(list(texts[at : at + BLOCK])))
            done(len(blocks[-1]))
        return self._seen(np.concatenate(blocks), lang)

    def distinguished(self, questions: Vectors, lang: str) -> Vectors:
        """Vectors of `questions` without the direction that divides them and the site's text the most."""
        if not len(questions):
            return questions
        rows = np.arange(len(self._topics.index.row_kind), dtype=np.int64)
        text = self._seen(self._topics.index.vectors.rows(rows[:: max(1, len(rows) // SAMPLE)]), lang)
        both = np.concatenate([questions, text]).astype(np.float64)
        main = np.linalg.eigh(both.T @ both)[1][:, -1]  # of as many rows and columns as a vector has numbers
        return _units(questions - np.outer(questions @ main, main))

    def section(self, topic: int, lang: str) -> Vectors:
        """(n, d) unit vectors of a section's heading and phrasings; none if it is not in this language."""
        if (topic, lang) not in self._sections:
            self._sections[topic, lang] = self._section(topic, lang)
        return self._sections[topic, lang]

    def _section(self, topic: int, lang: str) -> Vectors:
        index = self._topics.index
        numbers = [number for number in self._topics.numbers(topic) if index.sections[number].lang == lang]
        if not numbers:
            return np.zeros((0, index.vectors.dimension), np.float32)
        first, last = np.searchsorted(index.row_section, [numbers[0], numbers[0] + 1])
        rows = np.arange(first, last)[index.row_kind[first:last] == KINDS.index(Kind.PHRASING)].astype(np.int64)
        return self._seen(index.vectors.rows(rows), lang)

    def _seen(self, vectors: Vectors, lang: str) -> Vectors:
        mean = self._means.get(lang, self._all)
        return _units(vectors if mean is None else vectors - mean)


def _units(vectors: NDArray[np.floating[Any]]) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def apart(group: Vectors, other: Vectors) -> float:
    """Mean distance of two groups of vectors (average linkage); 1 where one of them is empty."""
    return 1.0 - float(group.mean(0) @ other.mean(0)) if len(group) and len(other) else 1.0


def clusters(vectors: Vectors, done: Done = lambda _: None) -> list[list[int]]:
    """The rows of groups that are about one thing, the largest group first, each group's middle one first.

    `done` is told how many more rows have found their group.
    """
    groups = [np.array(sorted(group)) for group in _linked(vectors, done)]
    inner = [group[np.argsort(-(vectors[group] @ vectors[group].mean(0)), kind="stable")].tolist() for group in groups]
    return sorted(inner, key=lambda group: (-len(group), min(group)))


def _linked(vectors: Vectors, done: Done) -> Iterator[list[int]]:
    """Average linkage up to SAME, by chains of nearest neighbours.

    The mean similarity of two groups of unit vectors is that of their means, so that no pair has to be kept: memory
    grows with the questions, where a library's matrix of distances takes gigabytes for 20,000 of them.
    """
    means, rows = vectors.copy(), {n: [n] for n in range(len(vectors))}
    chain = list[int]()
    while rows:
        if 2 * len(rows) < len(means):  # groups that are whole are zero by now, and are not looked at any more
            kept = list(rows)
            means, rows = means[kept], dict(enumerate(rows.values()))
            chain = [kept.index(at) for at in chain]
        chain = chain or [next(iter(rows))]
        tip, before = chain[-1], chain[-2] if len(chain) > 1 else None
        near = means @ means[tip]
        near[tip] = -np.inf
        other = int(np.argmax(near))
        if before is not None and near[before] >= near[other] - TIE:
            other = before
        if 1.0 - near[other] > SAME:  # what joins others comes no nearer, so this group is whole
            means[tip] = 0.0
            whole = rows.pop(chain.pop())
            done(len(whole))
            yield whole
        elif other == before:
            own, others = rows.pop(tip), rows[other]
            means[other] = (means[tip] * len(own) + means[other] * len(others)) / (len(own) + len(others))
            means[tip] = 0.0
            others += own
            del chain[-2:]
        else:
            chain.append(other)
