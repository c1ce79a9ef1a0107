"""The sections of an index as files: read one at a time, with what must be known of all of them as flat arrays."""

import json
import mmap
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, pack, unpack
from index.lexical import vocabulary
from index.records import Form, FormKind, Genre, Link, Section, Source, Span

GENRES = tuple(Genre)
REMEMBERED = 256
AROUND = 1 << 18  # more bytes than Linux maps around what is read: some hundred sections would hold a whole file
IN_MEMORY = 1 << 24  # bytes of sections.jsonl up to which all are read at once


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known of every section without reading it. A topic is a section in all its languages.

    `topic[i]` is the topic of section i, numbered as they appear; `named[names[id]]` is the topic with that id.
    """

    topic: NDArray[np.int32]
    covered: NDArray[np.bool_]
    warning: NDArray[np.bool_]
    glossary: NDArray[np.bool_]  # it lists synonyms
    names: Mapping[str, int]
    named: NDArray[np.int32]
    counted: NDArray[np.bool_] | None = None  # in the statistics (index/reading/counted.py); None: all are
    genre: NDArray[np.int8] | None = None  # by their places in GENRES; None: all are guides
    other_source: NDArray[np.bool_] | None = None  # it states what another source says; None: none does
    tool: NDArray[np.bool_] | None = None  # it is about a tool, not the site's subject; None: none is

    @classmethod
    def of(cls, sections: Iterable[Section], counted: NDArray[np.bool_] | None = None) -> "Catalogue":
        """Of all sections in their order; `counted`: (sections,), whether each is in the statistics."""
        topics: dict[str, int] = {}
        rows = [
            (
                topics.setdefault(section.id, len(topics)),
                section.covered,
                section.warning,
                bool(section.synonyms),
                GENRES.index(section.genre),
                section.other_source,
                bool(section.tool),
            )
            for section in sections
        ]
        table = np.array(rows, np.int32).reshape(-1, 7)
        covered, warning, glossary = table[:, 1:4].astype(bool).T
        genre = table[:, 4].astype(np.int8) if table[:, 4].any() else None
        elsewhere, tool = (table[:, at].astype(bool) if table[:, at].any() else None for at in (5, 6))
        ordered = sorted(topics)
        named = np.array([topics[name] for name in ordered], np.int32)
        among = None if counted is None or counted.all() else counted
        names = {name: i for i, name in enumerate(ordered)}
        return cls(table[:, 0].copy(), covered, warning, glossary, names, named, among, genre, elsewhere, tool)


class LazySections(Sequence[Section], ABC):
    """Sections that are there when they are asked for."""

    @abstractmethod
    def section(self, number: int) -> Section:
        """The section of a number in `range(len(self))`."""

    @overload
    def __getitem__(self, at: int) -> Section: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Section, ...]: ...
    def __getitem__(self, at: int | slice) -> Section | tuple[Section, ...]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        return self.section(range(len(self))[at])


class StoredSections(LazySections):
    """The sections of a mapped file; the last ones are remembered."""

    def __init__(self, content: Buffer, starts: NDArray[np.int64]) -> None:
        self._content, self._starts = content, starts
        self._remembered = lru_cache(REMEMBERED)(self._read)  # an answer looks at some of its sections several times

    def __len__(self) -> int:
        return len(self._starts) - 1

    def section(self, number: int) -> Section:
        return self._remembered(number)

    def _read(self, number: int) -> Section:
        start, end = self._starts[number : number + 2].tolist()
        section = _section(self._content[start:end])
        if isinstance(self._content, mmap.mmap):
            first, last = start - start % AROUND, min(end - end % -AROUND, len(self._content))
            self._content.madvise(mmap.MADV_DONTNEED, first, last - first)
        return section


def files(sections: Sequence[Section], known: Catalogue) -> dict[str, bytes]:
    """`sections.jsonl` (one a line), `sections.arrays` and `topics.txt`."""
    lines = [_line(section) for section in sections]
    starts = np.cumsum([0, *map(len, lines)], dtype=np.int64)
    arrays = pack(
        starts=starts,
        topic=known.topic,
        covered=known.covered,
        warning=known.warning,
        glossary=known.glossary,
        named=known.named,
        **({} if known.counted is None else {"counted": known.counted}),
        **({} if known.genre is None else {"genre": known.genre}),
        **({} if known.other_source is None else {"other_source": known.other_source}),
        **({} if known.tool is None else {"tool": known.tool}),
    )
    return {
        "sections.jsonl": b"".join(lines),
        "sections.arrays": arrays,
        "topics.txt": vocabulary.written(known.names),
    }


def read(files: Mapping[str, Buffer]) -> tuple[Sequence[Section], Catalogue]:
    """What `files` gave. Raises ValueError, KeyError or TypeError if it is damaged."""
    content, arrays = files["sections.jsonl"], unpack(files["sections.arrays"])
    stored = StoredSections(content, arrays.pop("starts"))
    known = Catalogue(names=vocabulary.read(files["topics.txt"]), **arrays)
    return (stored if len(content) > IN_MEMORY else tuple(stored)), known


def _line(section: Section) -> bytes:
    raw = asdict(section)
    raw["forms"] = [[form.kind, form.start, form.end, form.label] for form in section.forms]
    if section.genre is Genre.GUIDE:
        del raw["genre"]
    if not section.sources:
        del raw["sources"]
    raw["linked"] = [(link.text, link.url) for link in section.linked]
    if not section.linked:
        del raw["linked"]
    if not section.tool:
        del raw["tool"]
    return (json.dumps(raw, ensure_ascii=False) + "\n").encode()


def _section(line: bytes) -> Section:
    raw = json.loads(line)
    raw["sentences"] = tuple(Span(**span) for span in raw["sentences"])
    raw["forms"] = tuple(Form(FormKind(kind), start, end, label) for kind, start, end, label in raw["forms"])
    raw["genre"] = Genre(raw.get("genre", ""))
    raw["sources"] = tuple(Source(**source) for source in raw.get("sources", ()))
    raw["linked"] = tuple(Link(text, url) for text, url in raw.get("linked", ()))
    raw["tool"] = tuple(raw.get("tool", ()))
    raw["synonyms"] = tuple(tuple(group) for group in raw["synonyms"])
    for key in ("path", "phrasings", "links"):
        raw[key] = tuple(raw[key])
    return Section(**raw)
