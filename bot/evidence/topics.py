"""What the index knows about a question: scores of topics over several channels.

A topic is a section in all its languages (twins share an id): a Japanese question is ranked over English text, too.
On a small site every topic is scored; on a large one (its vectors are not flat) only candidates
(bot/evidence/candidates.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evidence.candidates import Candidates
from bot.question.glossary import Glossary
from bot.question.question import Question
from index.encoder.protocol import Encoder
from index.records import Kind, Section
from index.storage.sections import Catalogue
from index.storage.store import KINDS, Index

CHANNELS = ("passage", "sentence", "phrasing", "words", "grams", "coverage", "gram_coverage")
COMMON_IDF = 1.0  # about: a word that stands in more than a third of the sections
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`raw[i, c]` is the score of the i-th scored topic in channel c: three cosines, two BM25 scores, two shares.

    `rows[i]` is the cosine of row i of the index; `known` the share of the question's words that the index holds.
    """

    raw: Floats
    rows: Floats
    known: float
    topics: NDArray[np.int64] | None = None  # which topics were scored, ascending; None: all
    # Mean and spread of each channel over all topics that count, where not all were scored or not all count.
    whole: tuple[Floats, Floats] | None = None
    vector: Floats | None = None  # of the question, where `rows` is empty

    def among(self, topics: NDArray[np.int64] | None) -> "Evidence":
        """The same of fewer topics (ascending, all of them scored); None: as it is."""
        if self.topics is None or topics is None:
            return self
        return replace(self, raw=self.raw[np.searchsorted(self.topics, topics)], topics=topics)


class Topics:
    """The sections of an index grouped by id, and the scoring of a question against them."""

    def __init__(self, index: Index) -> None:
        self.index = index
        known = self.catalogue = index.catalogue or Catalogue.of(index.sections)
        self.of_section = known.topic
        self.by_topic = np.argsort(known.topic, kind="stable")  # sections, those of one topic beside each other
        self.starts = np.searchsorted(known.topic[self.by_topic], np.arange(len(known.named) + 1))
        self.covered = np.ones(len(self), bool)
        self.covered[known.topic[~known.covered]] = False
        self._counted: NDArray[np.bool_] | None = None  # topics whose scores say how unlike topics are; None: all
        if known.counted is not None:
            self._counted = np.zeros(len(self), bool)
            self._counted[known.topic[known.counted]] = True
        self.of_row = self.of_section[index.row_section]
        # Topics that can be quoted: a section of code alone has no sentences.
        self.quotable = np.zeros(len(self), bool)
        self.quotable[self.of_row[index.row_kind == KINDS.index(Kind.SENTENCE)]] = True
        self.glossary = Glossary(
            (index.sections[number] for number in np.flatnonzero(known.glossary).tolist()), index.words
        )
        self.stated: dict[int, Any] = {}  # what topics say, as bot/decision/stated.py reads it
        self.headings: dict[int, Any] = {}  # … and what their headings and phrasings say alone
        outside = np.flatnonzero(~self.covered)
        self._large = (
            Candidates(index, index.background, self.of_section, outside) if index.background is not None else None
        )

    def __len__(self) -> int:
        return len(self.catalogue.named)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every topic's id; for reports, as it reads a large site whole."""
        names = dict(zip(self.catalogue.named.tolist(), self.catalogue.names, strict=True))
        return tuple(names[topic] for topic in range(len(self)))

    @cached_property
    def _warnings(self) -> dict[str, list[int]]:
        """Topics with a warning by the pages that they link to."""
        found: dict[str, list[int]] = {}
        for topic in np.unique(self.of_section[self.catalogue.warning]).tolist():
            for link in {link for section in self.sections(topic).values() for link in section.links}:
                found.setdefault(link, []).append(topic)
        return found

    def warnings(self, links: Iterable[str]) -> list[int]:
        """Topics with a warning that link to one of these pages, in the order of the site."""
        return sorted({topic for link in links for topic in self._warnings.get(link, ())})

    @cached_property
    def _cells(self) -> NDArray[np.int64]:
        """Where each row counts in the flat (topics, channels); only where all rows are scored."""
        return self.of_row.astype(np.int64) * len(CHANNELS) + self.index.row_kind

    def numbers(self, topic: int) -> list[int]:
        """A topic's sections by their numbers."""
        numbers: list[int] = self.by_topic[self.starts[topic] : self.starts[topic + 1]].tolist()
        return numbers

    def sections(self, topic: int) -> dict[str, Section]:
        """A topic's sections by language."""
        found = (self.index.sections[number] for number in self.numbers(topic))
        return {section.lang: section for section in found}

    def group(self, section_id: str) -> dict[str, Section]:
        """The languages of one section; empty if the site has no such section."""
        number = self.catalogue.names.get(section_id)
        return {} if number is None else self.sections(int(self.catalogue.named[number]))

    def in_language(self, topic: int, lang: str) -> Section:
        """A topic's section in the wanted language, or in the one there is."""
        held = self.index.sections
        sections = (held[number] for number in self.numbers(topic))
        first = next(sections)
        return first if first.lang == lang else next((other for other in sections if other.lang == lang), first)

    def knows(self, tokens: Iterable[str]) -> bool:
        """True if at least one of some words that is not on most pages stands somewhere on this site."""
        return any(idf > COMMON_IDF for idf in self.index.words.find(tokens).idf)

    def read(self, text: str, encoder: Encoder) -> Question:
        """A question to this site."""
        return Question.read(text, self.glossary, self.index.manifest.langs, encoder)

    def score(self, question: Question, among: NDArray[np.int64] | None = None) -> Evidence:
        """Scores of every topic for one question; on a large site, of its candidates and of the topics in `among`."""
        if self._large:
            found = self._large.score(question, among)
            nothing = np.zeros(0, np.float32)
            return Evidence(found.raw, nothing, found.known, found.topics, found.whole, question.vector)
        by_row = self.index.vectors.cosines(question.vector)
        raw = np.zeros((len(self), len(CHANNELS)), np.float32)
        np.maximum.at(raw.reshape(-1), self._cells, by_row)
        own, trigrams = self.index.words.find(question.tokens), self.index.grams.find(question.trigrams)
        scores, held = self.index.words.sums(self.index.words.find(question.query), len(own.numbers))
        gram_scores, gram_held = self.index.grams.sums(trigrams, len(trigrams.numbers))
        by_section = scores, gram_scores, own.shares(held), trigrams.shares(gram_held)
        for channel, values in enumerate(by_section, len(KINDS)):
            np.maximum.at(raw[:, channel], self.of_section, values)
        counting = None if self._counted is None else raw[self._counted]
        whole = None if counting is None else (counting.mean(axis=0), counting.std(axis=0))
        return Evidence(raw, by_row, own.share, whole=whole)

    def sentence_cosines(self, evidence: Evidence, section: Section) -> Floats:
        """Cosine of the question to each quotable sentence of a section, in order."""
        topic = int(self.catalogue.named[self.catalogue.names[section.id]])
        number = self.numbers(topic)[list(self.sections(topic)).index(section.lang)]
        first, last = np.searchsorted(self.index.row_section, [number, number + 1])
        sentences = self.index.row_kind[first:last] == KINDS.index(Kind.SENTENCE)
        if evidence.vector is not None:
            return self.index.vectors.cosines(evidence.vector, np.arange(first, last)[sentences])
        cosines: Floats = evidence.rows[first:last][sentences]
        return cosines
