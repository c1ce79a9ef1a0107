"""A made site of any size and questions to it, out of the real site, seeded; nothing of it is in memory whole.

Each section has a passage, a sentence and a heading, whose vectors are those of real rows with noise, and a text of
clauses of real sections in their real frequency beside a name of its own. Questions are rows of the made site with
noise.
"""

import re
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.records import Section, Span
from index.storage.sections import LazySections
from index.storage.store import Index

CHUNK = 1 << 15
CLAUSES = 6  # of a made section
KINDS = 3  # rows of a made section
NOISE = 0.5  # length of the noise beside a unit vector
NEAREST = 10
Floats = NDArray[np.float32]


class MadeSections(LazySections):
    """Sections that are put together of clauses; each two are twins."""

    def __init__(self, real: Sequence[Section], size: int, random: np.random.Generator) -> None:
        self._clauses = [
            clause for section in real for clause in re.split(r"(?<=[。、,.])\s*|\n", section.text) if clause
        ]
        self._chosen = random.integers(len(self._clauses), size=(size, CLAUSES), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._chosen)

    def section(self, number: int) -> Section:
        clauses = [self._clauses[place] for place in self._chosen[number].tolist()]
        text = " ".join([*clauses, f"vnet-{number:x}."])
        name, lang = f"made/p{number // 2}#a", ("ja", "en")[number % 2]
        span = (Span(0, min(len(text), 80)),)
        return Section(name, lang, clauses[0][:60], ("Made",), f"/{lang}/{name}", text, span, (), (), True)


def made_vectors(real: Index, sections: int, file: Path, random: np.random.Generator) -> Floats:
    """(sections · KINDS, d) unit vectors, mapped from `file`, which is written here."""
    stored = real.vectors.vectors()
    shape = (sections * KINDS, stored.shape[1])
    made: Floats = np.lib.format.open_memmap(file, "w+", np.float32, shape)
    for kind in range(KINDS):
        rows = np.flatnonzero(real.row_kind == kind)
        for start in range(0, sections, CHUNK):
            some = made[start * KINDS + kind : (start + CHUNK) * KINDS : KINDS]
            some[:] = jittered(stored[random.choice(rows, len(some))], random)
    return made


def jittered(vectors: Floats, random: np.random.Generator) -> Floats:
    """Unit vectors beside the given ones."""
    noisy = vectors + random.standard_normal(vectors.shape, np.float32) * np.float32(NOISE / sqrt(vectors.shape[1]))
    return noisy / np.linalg.norm(noisy, axis=1, keepdims=True)


def nearest(vectors: Floats, queries: Floats) -> NDArray[np.int64]:
    """(questions, 10) numbers of the rows that are nearest to each question: exact search, a part at a time."""
    best, rows = np.empty((len(queries), 0), np.float32), np.empty((len(queries), 0), np.int64)
    for start in range(0, len(vectors), CHUNK):
        cosines = queries @ vectors[start : start + CHUNK].T
        numbers = np.broadcast_to(np.arange(start, start + cosines.shape[1]), cosines.shape)
        best, rows = np.hstack([best, cosines]), np.hstack([rows, numbers])
        kept = np.argpartition(-best, min(NEAREST, best.shape[1]) - 1, axis=1)[:, :NEAREST]
        best, rows = (np.take_along_axis(array, kept, axis=1) for array in (best, rows))
    return rows
