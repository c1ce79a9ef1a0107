"""What the reader reads of sections that no index holds, as bot/decision/excerpt.py has it of those of an index."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.decision.excerpt import nearest_lines
from index.encoder.protocol import Encoder
from index.encoder.reader import MAX_PASSAGE, reader
from learn.records import Section, as_read

KEPT = 1 << 16  # vectors
Vector = NDArray[np.float32]


class Excerpts:
    """Of a long section the lines that are nearest to a question."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._length = encoder, reader().length
        self._query, self._line = (lru_cache(KEPT)(embed) for embed in (self._of_query, self._of_line))

    def as_read(self, question: str, section: Section) -> str:
        """The section with its headings; whole if it is read whole."""
        lines = section.text.split("\n")
        room = MAX_PASSAGE - self._length(as_read(section.path, ""))
        if sum(map(self._length, lines)) > room:
            asked = self._query(question)
            near = [float(self._line(line) @ asked) for line in lines]
            lines = nearest_lines(lines, near, self._length, room)
        return as_read(section.path, "\n".join(lines))

    def _of_query(self, question: str) -> Vector:
        return np.asarray(self._encoder.queries([question])[0])

    def _of_line(self, line: str) -> Vector:
        return np.asarray(self._encoder.passages([line])[0])
