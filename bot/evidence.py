"""What the index knows about a question: scores of every topic over several channels.

A topic is a section in all its languages (twins share an id): a Japanese question is ranked over English text, too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.glossary import Glossary
from index.encoder import Encoder
from index.records import Kind, Section
from index.store import KINDS, Index
from index.words import grams, words

CHANNELS = ("passage", "sentence", "phrasing", "words", "grams", "coverage", "gram_coverage")
COMMON_IDF = 1.0  # about: a word that stands in more than a third of the sections
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`raw[t, c]` is the score of topic t in channel c: three cosines, two BM25 scores, two covered shares.

    `rows[i]` is the cosine of row i of the index; `known` the share of the question's words that the index holds.
    """

    raw: Floats
    rows: Floats
    known: float


class Topics:
    """The sections of an index grouped by id, and the scoring of a question against them."""

    def __init__(self, index: Index) -> None:
        self.index = index
        numbers: dict[str, int] = {}
        for section in index.sections:
            numbers.setdefault(section.id, len(numbers))
        self.ids = tuple(numbers)
        self.glossary = Glossary(index.sections)
        self._topic = numbers
        self.sections: tuple[dict[str, Section], ...] = tuple({} for _ in numbers)
        for section in index.sections:
            self.sections[numbers[section.id]][section.lang] = section
        self.of_section = np.array([numbers[section.id] for section in index.sections], np.int32)
        self.covered = np.array([all(s.covered for s in group.values()) for group in self.sections])
        self.warnings = tuple(i for i, group in enumerate(self.sections) if any(s.warning for s in group.values()))
        self._of_row = self.of_section[index.row_section]
        self._number = {(section.lang, section.id): i for i, section in enumerate(index.sections)}

    def __len__(self) -> int:
        return len(self.ids)

    def group(self, section_id: str) -> dict[str, Section]:
        """The languages of one section; empty if the site has no such section."""
        number = self._topic.get(section_id)
        return {} if number is None else self.sections[number]

    def in_language(self, topic: int, lang: str) -> Section:
        """A topic's section in the wanted language, or in the one there is."""
        group = self.sections[topic]
        return group.get(lang) or next(iter(group.values()))

    def knows(self, question: str) -> bool:
        """True if at least one word of the question that is not on most pages stands somewhere on this site."""
        index = self.index.words
        numbers = (index.vocabulary.get(word) for word in words(question))
        return any(number is not None and index.idf[number] > COMMON_IDF for number in numbers)

    def score(self, question: str, encoder: Encoder) -> Evidence:
        """Scores of every topic for one question."""
        query = encoder.queries([question])[0]
        rows, cosines = self.index.vectors.search(query, self.index.vectors.size)
        raw = np.zeros((len(self), len(CHANNELS)), np.float32)
        kinds, topics = self.index.row_kind[rows], self._of_row[rows]
        for channel in range(len(KINDS)):
            which = kinds == channel
            np.maximum.at(raw[:, channel], topics[which], cosines[which])
        tokens, threes = words(question), grams(question)
        coverage, known = self.index.words.coverage(tokens)
        gram_coverage, _ = self.index.grams.coverage(threes)
        by_section = (
            self.index.words.scores(self.glossary.expand(question, tokens)),
            self.index.grams.scores(threes),
            coverage,
            gram_coverage,
        )
        for channel, scores in enumerate(by_section, len(KINDS)):
            np.maximum.at(raw[:, channel], self.of_section, scores)
        by_row = np.zeros(len(cosines), np.float32)
        by_row[rows] = cosines
        return Evidence(raw, by_row, known)

    def sentence_cosines(self, evidence: Evidence, section: Section) -> Floats:
        """Cosine of the question to each quotable sentence of a section, in order."""
        number = self._number[section.lang, section.id]
        first, last = np.searchsorted(self.index.row_section, [number, number + 1])
        sentences = self.index.row_kind[first:last] == KINDS.index(Kind.SENTENCE)
        cosines: Floats = evidence.rows[first:last][sentences]
        return cosines
