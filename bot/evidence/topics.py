"""What the index knows about a question: scores of topics over several channels.

A topic is a section in all its languages (twins share an id): a Japanese question is ranked over English text, too.
On a small site every topic is scored (bot/evidence/whole_site.py); on a large one (its vectors are not flat) only
candidates (bot/evidence/candidates.py).
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evidence.candidates import Candidates
from bot.evidence.evidence import NO_TOPICS, Evidence, Floats, Numbers
from bot.evidence.whole_site import WholeSite
from bot.question.glossary import Glossary
from bot.question.own_words import own_words
from bot.question.question import Question
from index.encoder.protocol import Encoder
from index.lexical.words import normalise
from index.records import Kind, Section
from index.storage.sections import Catalogue
from index.storage.store import KINDS, Index

COMMON_IDF = 1.0  # about: a word that stands in more than a third of the sections


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
        self._scorer = (
            WholeSite(index, self.of_section, self._of_topics(known.counted))
            if index.background is None
            else Candidates(index, index.background, self.of_section, outside)
        )

    def __len__(self) -> int:
        return len(self.catalogue.named)

    def _of_topics(self, sections: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """The topics of some sections; None: all."""
        if sections is None:
            return None
        topics = np.zeros(len(self), bool)
        topics[self.of_section[sections]] = True
        return topics

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every topic's id; for reports, as it reads a large site whole."""
        names = dict(zip(self.catalogue.named.tolist(), self.catalogue.names, strict=True))
        return tuple(names[topic] for topic in range(len(self)))

    @cached_property
    def tools(self) -> list[tuple[frozenset[str], NDArray[np.int64]]]:
        """Covered topics about a tool by its names in all languages; all others are about the subject of the site."""
        if (known := self.catalogue.tool) is None:
            return []
        named: dict[frozenset[str], list[int]] = {}
        for topic in (int(topic) for topic in np.unique(self.of_section[known]) if self.covered[topic]):
            names = (name for section in self.sections(topic).values() for name in section.tool)
            named.setdefault(frozenset(map(normalise, names)), []).append(topic)
        return [(names, np.array(listed, np.int64)) for names, listed in named.items()]

    @cached_property
    def _warnings(self) -> dict[str, list[int]]:
        """Topics with a warning by the pages that they link to."""
        by_link: dict[str, list[int]] = {}
        for topic in np.unique(self.of_section[self.catalogue.warning]).tolist():
            for link in {link for section in self.sections(topic).values() for link in section.links}:
                by_link.setdefault(link, []).append(topic)
        return by_link

    def warnings(self, links: Iterable[str]) -> list[int]:
        """Topics with a warning that link to one of these pages, in the order of the site."""
        return sorted({topic for link in links for topic in self._warnings.get(link, ())})

    def numbers(self, topic: int) -> list[int]:
        """A topic's sections by their numbers."""
        numbers: list[int] = self.by_topic[self.starts[topic] : self.starts[topic + 1]].tolist()
        return numbers

    def sections(self, topic: int) -> dict[str, Section]:
        """A topic's sections by language."""
        sections = (self.index.sections[number] for number in self.numbers(topic))
        return {section.lang: section for section in sections}

    def group(self, section_id: str) -> dict[str, Section]:
        """The languages of one section; empty if the site has no such section."""
        number = self.catalogue.names.get(section_id)
        return {} if number is None else self.sections(int(self.catalogue.named[number]))

    def twin(self, section: Section) -> Section | None:
        """The same section in the other language; None if there is none."""
        return next((other for other in self.group(section.id).values() if other.lang != section.lang), None)

    def topic_of(self, section: str) -> int:
        """The topic of a section by its id. Raises KeyError for one that is not there."""
        return int(self.catalogue.named[self.catalogue.names[section]])

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
        return Question.read(text, self.glossary, self.index.manifest.langs, encoder, self.own_words)

    @cached_property
    def own_words(self) -> Mapping[str, frozenset[str]]:
        """Words that tell apart the site's languages, of those that the bot has no words for."""
        return own_words(self.index.manifest.langs, self.index.sections)

    def score(self, question: Question, also: Numbers = NO_TOPICS) -> Evidence:
        """Scores of every topic for one question; on a large site, of its candidates and of the topics in `also`."""
        return self._scorer.score(question, also)

    def sentence_cosines(self, evidence: Evidence, section: Section) -> Floats:
        """Cosine of the question to each quotable sentence of a section, in order."""
        return evidence.cosines(self._rows(section, Kind.SENTENCE))

    def nearness(self, question: Question, section: Section) -> Floats:
        """The same of a question that was not scored."""
        return self.index.vectors.cosines(question.vector, self._rows(section, Kind.SENTENCE))

    def nearest_phrasing(self, question: Question, section: Section) -> str | None:
        """The author's wording of what a section answers that is nearest to a question; the heading is none."""
        if not section.phrasings:
            return None
        rows = self._rows(section, Kind.PHRASING)[-len(section.phrasings) :]  # the heading comes first
        return section.phrasings[int(self.index.vectors.cosines(question.vector, rows).argmax())]

    def _rows(self, section: Section, kind: Kind) -> NDArray[np.int64]:
        """A section's rows of one kind in the vector index, in order."""
        topic = self.topic_of(section.id)
        number = self.numbers(topic)[list(self.sections(topic)).index(section.lang)]
        first, last = np.searchsorted(self.index.row_section, [number, number + 1])
        rows: NDArray[np.int64] = np.arange(first, last)[self.index.row_kind[first:last] == KINDS.index(kind)]
        return rows
