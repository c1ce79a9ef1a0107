"""Small sites by hand: sections, topics over them, and an encoder whose vectors are written down."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import numpy as np

from bot.decision.ranking import Ranking
from bot.evidence.evidence import CHANNELS, Evidence
from bot.evidence.topics import Topics
from bot.question.glossary import Glossary
from bot.question.question import Question
from index.build import searched_text
from index.dense.vectors import VectorIndex
from index.lexical.bm25 import WordIndex
from index.lexical.words import grams, words
from index.reading.passages import rows
from index.records import Section, Span
from index.storage.store import KINDS, Index

NO_TERMS = Glossary((), WordIndex.of(()))


def section(name: str, *sentences: str, lang: str = "en", title: str = "Title", covered: bool = True) -> Section:
    """A section whose text is the sentences, a space between each two."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    folder = "/" if lang == "ja" else f"/{lang}/"
    url = folder + name.replace("#", "/#")
    return Section(name, lang, title, (), url, " ".join(sentences), tuple(spans), (), (), covered)


class ByTable:
    """An encoder: the first word of a text that the table knows gives its vector; without one it is uniform."""

    name, digest, limit = "by-table", "0", 500

    def __init__(self, table: Mapping[str, int], dimension: int) -> None:
        self.table, self.dimension = table, dimension

    def queries(self, texts: Sequence[str], /):
        return np.stack([self._vector(text) for text in texts])

    passages = queries

    def count(self, text: str, /) -> int:
        return len(text.split())

    def _vector(self, text: str):
        vector = np.zeros(self.dimension, np.float32)
        if (known := next((self.table[word] for word in words(text) if word in self.table), None)) is None:
            return np.full(self.dimension, self.dimension**-0.5, np.float32)
        vector[known] = 1
        return vector


def topics(*sections: Section, encoder: ByTable | None = None) -> Topics:
    """Real topics over a real index in memory."""
    encoder = encoder or ByTable({}, 2)
    listed = list(rows(sections, encoder.count, encoder.limit))
    langs = list(dict.fromkeys(section.lang for section in sections))
    texts = [searched_text(section) for section in sections]
    return Topics(
        Index(
            manifest=SimpleNamespace(langs=langs),
            sections=sections,
            row_section=np.array([row.section for row in listed], np.int32),
            row_kind=np.array([KINDS.index(row.kind) for row in listed], np.int8),
            row_digest=np.array([b""] * len(listed), "S16"),
            vectors=VectorIndex.of(encoder.passages([row.text for row in listed])),
            words=WordIndex.of([words(text) for text in texts]),
            grams=WordIndex.of([grams(text) for text in texts]),
        )
    )


def asked(text: str, over: Topics | None = None, encoder: ByTable | None = None) -> Question:
    """A question to a site; without one, to one without a glossary."""
    encoder = encoder or ByTable({}, 2)
    return over.read(text, encoder) if over else Question.read(text, NO_TERMS, ("en", "ja"), encoder)


def evidence(over: Topics, cosines: Mapping[str, float]) -> Evidence:
    """Evidence in which only sentences (by their text) have a cosine."""
    by_row = np.zeros(len(over.index.row_section), np.float32)
    listed = list(rows(over.index.sections, lambda text: len(text.split()), 500))
    for number, row in enumerate(listed):
        if KINDS[over.index.row_kind[number]] == "sentence":
            by_row[number] = cosines.get(row.text, 0.0)
    raw = np.zeros((len(over), len(CHANNELS)), np.float32)
    return Evidence.of_all(raw, 1.0, by_row.__getitem__, slice(None))


def ranking(*fused: float) -> Ranking:
    scores = np.array(fused, np.float32)
    return Ranking.of(scores, np.arange(len(scores)))
