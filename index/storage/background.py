"""A seeded sample of a large site's topics: what the scores of a question are like where it is not answered.

A score means something only beside those of other topics (bot/decision/decide.py). A small site compares with all of
them; a large one with its candidates and this sample, which stands for all the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, pack, unpack
from index.lexical.bm25 import WordIndex
from index.storage.sections import Catalogue

TOPICS = 1024  # the spread of their scores is that of all within about 3 %


@dataclass(frozen=True, slots=True)
class Background:
    """Some topics (ascending), their sections (ascending), and the word statistics of these sections alone."""

    topics: NDArray[np.int64]
    sections: NDArray[np.int64]
    words: WordIndex
    grams: WordIndex

    @classmethod
    def of(cls, known: Catalogue, words: WordIndex, grams: WordIndex) -> "Background":
        """The same topics for the same site."""
        count = len(known.named)
        topics = np.sort(np.random.default_rng(0).permutation(count)[:TOPICS])
        sections = np.flatnonzero(np.isin(known.topic, topics))
        return cls(topics, sections, words.part(sections), grams.part(sections))

    def files(self) -> dict[str, bytes]:
        arrays = pack(topics=self.topics, sections=self.sections)
        words, grams = self.words.files("background.words"), self.grams.files("background.grams")
        return {"background.arrays": arrays, **words, **grams}

    @classmethod
    def read(cls, files: Mapping[str, Buffer]) -> "Background":
        """What `files` gave."""
        words, grams = (WordIndex.read(files, f"background.{name}") for name in ("words", "grams"))
        return cls(words=words, grams=grams, **unpack(files["background.arrays"]))
