"""How much of a question the best topic lacks, from the word statistics of the index alone.

A question about something else finds a near section on any site; what gives it away is a name or a word that the
section does not have. Only counts are read, no text: this takes a fraction of a millisecond.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evidence.topics import Topics
from bot.question.parts import neutral
from bot.question.question import Question
from index.lexical.bm25 import WordIndex

LACKING = ("missing_name", "missing_latin", "missing_katakana")


def lacking(question: Question, topic: int, topics: Topics) -> dict[str, float]:
    """The shares of a question's parts that the topic lacks: of names ("Windows", not some windows), and by script."""
    sections = np.array(topics.numbers(topic))
    listed = [part for part in question.words if part.word not in neutral()]
    seen = dict.fromkeys(LACKING, 0.0)
    for part in listed:
        missing = _missing(topics.index.words, part.tokens, sections) / len(listed)
        for name in (f"missing_{part.script}", "missing_name" if part.named else ""):
            if name in seen:
                seen[name] += missing
    return seen


def _missing(index: WordIndex, tokens: Sequence[str], sections: NDArray[np.int64]) -> float:
    """The share of tokens that none of the sections has."""
    held = 0
    for number in map(index.vocabulary.get, tokens):
        if number is not None:
            documents, _ = index.postings(number)  # they ascend
            places = np.minimum(np.searchsorted(documents, sections), len(documents) - 1)
            held += bool((documents[places] == sections).any())
    return 1 - held / len(tokens) if tokens else 0.0
