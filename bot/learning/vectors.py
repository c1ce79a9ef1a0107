"""Questions as vectors that tell them apart: what all questions of a language have in common is taken away."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evidence.topics import Topics
from index.encoder.protocol import Encoder
from index.records import Kind
from index.storage.store import KINDS

Vectors = NDArray[np.float32]
SAMPLE = 2000  # headings and phrasings of a site from which its mean is taken
SAME = 0.7  # distance (average linkage) up to which questions ask about one thing; unrelated ones are about 1 apart


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

    def questions(self, texts: Sequence[str], lang: str) -> Vectors:
        """(n, d) unit vectors of questions."""
        return self._seen(self._encoder.queries(list(texts)), lang)

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
        moved = vectors if mean is None else vectors - mean
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)


def apart(group: Vectors, other: Vectors) -> float:
    """Mean distance of two groups of vectors (average linkage); 1 where one of them is empty."""
    return 1.0 - float(group.mean(0) @ other.mean(0)) if len(group) and len(other) else 1.0


def clusters(vectors: Vectors) -> list[list[int]]:
    """The rows of groups that are about one thing, the largest group first, each group's middle one first."""
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return [[n] for n in range(len(vectors))]
    model = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=SAME)
    labels = model.fit_predict(vectors)
    groups = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    inner = [group[np.argsort(-(vectors[group] @ vectors[group].mean(0)), kind="stable")].tolist() for group in groups]
    return sorted(inner, key=lambda group: (-len(group), min(group)))
