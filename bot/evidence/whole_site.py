"""A small site's question: every topic is scored."""

import numpy as np
from numpy.typing import NDArray

from bot.evidence.evidence import CHANNELS, LEXICAL, NO_TOPICS, NOTHING, Evidence, Numbers
from bot.question.question import Question
from index.storage.store import Index


class WholeSite:
    """Scores all topics of an index. `of_section` is the topic of each section."""

    def __init__(self, index: Index, of_section: NDArray[np.int32], counted: NDArray[np.bool_] | None) -> None:
        """`counted`: topics whose scores say how unlike topics are; None: all."""
        self._index, self._of_section, self._counted = index, of_section, slice(None) if counted is None else counted
        self._count = len(np.unique(of_section))
        # Where each row counts in the flat (topics, channels).
        self._cells = of_section[index.row_section].astype(np.int64) * len(CHANNELS) + index.row_kind

    def score(self, question: Question, also: Numbers = NO_TOPICS) -> Evidence:
        """Scores of every topic, those in `also` among them."""
        words, grams = self._index.words, self._index.grams
        cosines = self._index.vectors.cosines(question.vector)
        raw = np.zeros((self._count, len(CHANNELS)), np.float32)
        raw[:, :LEXICAL] = NOTHING
        np.maximum.at(raw.reshape(-1), self._cells, cosines)
        own, trigrams = words.find(question.tokens), grams.find(question.trigrams)
        scores, held = words.sums(words.find(question.query), len(own.numbers))
        gram_scores, gram_held = grams.sums(trigrams, len(trigrams.numbers))
        by_section = scores, gram_scores, own.shares(held), trigrams.shares(gram_held)
        for channel, values in enumerate(by_section, LEXICAL):
            np.maximum.at(raw[:, channel], self._of_section, values)
        return Evidence.of_all(raw, own.share, cosines.__getitem__, self._counted)
