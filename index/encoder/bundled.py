"""The bundled model without torch: questions on the answering side, and passages where only this is installed."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import packaged
from index.encoder.batches import embed
from index.encoder.engine import shared
from index.encoder.protocol import BUNDLED, MAX_QUERY, MAX_TOKENS, PASSAGE, PROMPT, QUERY, plain
from index.encoder.unigram import Unigram


@cache
def tokens() -> Unigram:
    """The packaged tokenizer; a quarter of a million pieces are held once in a process."""
    weights = packaged.load()
    return Unigram(weights.pieces, weights.scores.tolist(), weights.special[3])


class BundledEncoder:
    """The packaged tokenizer and weights."""

    name = BUNDLED
    limit = MAX_TOKENS - PROMPT

    def __init__(self) -> None:
        self._engine = shared()
        self.digest, self.dimension = self._engine.digest, self._engine.dimension
        self._begin, self._end, _, _ = packaged.load().special
        self._tokens = tokens()

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """One after the other, on the thread that asks: others answer beside it."""
        rows = [self._engine.vectors([self._ids(QUERY + plain(text), MAX_QUERY)]) for text in texts]
        return np.concatenate([np.empty((0, self.dimension), np.float32), *rows])

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return embed(self._engine, [self._ids(PASSAGE + plain(text), MAX_TOKENS) for text in texts])

    def count(self, text: str, /) -> int:
        return len(self._tokens.ids(plain(text))) + 2

    def _ids(self, text: str, most: int) -> list[int]:
        """What is too long is cut before its end mark, as sentence-transformers does."""
        return [self._begin, *self._tokens.ids(text)[: most - 2], self._end]
