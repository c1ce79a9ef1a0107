"""Sections while their page is being read, and the finished records."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.reading.forms import Around, Piece, forms
from index.reading.sentences import sentences
from index.records import FormKind, Genre, Link, Section, Source, Span


@dataclass(frozen=True, slots=True)
class Page:
    """What one HTML file holds: `lang` is '' if it names none, `drafts` is empty for a redirect.

    `listed`: where its navigation leads, as paths from the site's root. `twins`: its addresses by language.
    `searched`: whether the page wants to be found, `marked`: whether it says which part of it is.
    `follows`: the documents that it says it follows. `tool`: names of the tool that it says it is about.
    """

    url: str
    lang: str
    drafts: "list[Draft]"
    listed: tuple[str, ...] = ()
    twins: Mapping[str, str] = field(default_factory=dict)
    searched: bool = True
    marked: bool = False
    follows: tuple[Source, ...] = ()
    tool: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A section while its page is being read; its links are still paths of URLs."""

    level: int
    anchor: str
    title: str
    path: tuple[str, ...]
    hidden: bool
    covered: bool
    glossary: bool = False
    warning: bool = False
    other_source: bool = False
    names_object: bool = False  # of an API
    reference: bool = False  # it, or what it stands in
    notes: list[Any] = field(default_factory=list)  # elements of its footnotes
    blocks: list[str] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)  # quotable pieces of each block
    unshown: dict[int, str] = field(default_factory=dict)  # terms in comments of a glossary's row, by its place
    within: list[tuple[Around, ...]] = field(default_factory=list)  # what gives each block its form
    links: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)  # addresses of other sites that it links to
    linked: list[Link] = field(default_factory=list)  # each with its words
    phrasings: list[str] = field(default_factory=list)


def to_section(
    draft: Draft,
    page: str,
    lang: str,
    url: str,
    links: Iterable[str],
    anchor: str | None = None,
    genre: Genre = Genre.GUIDE,
) -> Section:
    """The finished record; a block's quotable spans are its sentences, a table row's are its cells' sentences.

    A section that is nothing but code is quoted by its first line; an object of an API that nobody described is not.
    `anchor`: that of its translation, which gives both one id.
    """
    spans: list[Span] = []
    pieces: list[Piece] = []
    at = 0
    for block, cells, within in zip(draft.blocks, draft.cells, draft.within, strict=True):
        pieces.append((at, at + len(block), within))
        offset = at
        for cell in cells:
            spans += sentences(cell, offset)
            offset += len(cell) + 1
        at += len(block) + 1
    if not spans and genre is not Genre.REFERENCE:
        spans = _first_line(pieces, draft.blocks)
    text = "\n".join(draft.blocks)
    fragment = f"#{draft.anchor}" if draft.anchor else ""
    return Section(
        id=page + (fragment if anchor is None else f"#{anchor}" if anchor else ""),
        lang=lang,
        title=draft.title,
        path=draft.path,
        url=url + fragment,
        text=text,
        sentences=tuple(spans),
        phrasings=tuple(draft.phrasings),
        links=tuple(dict.fromkeys(links)),
        covered=draft.covered,
        warning=draft.warning,
        other_source=draft.other_source,
        synonyms=tuple(
            _terms(row, draft.unshown.get(place, ""))
            for place, row in enumerate(draft.cells)
            if draft.glossary and len(row) > 1
        ),
        forms=forms(pieces),
        genre=genre,
        linked=tuple(link for link in dict.fromkeys(draft.linked) if link.text and link.text in text),
    )


def _first_line(pieces: Iterable[Piece], blocks: Iterable[str]) -> list[Span]:
    """Where the first line of code with a word in it stands."""
    for (start, _, within), block in zip(pieces, blocks, strict=True):
        if within and within[-1].kind is FormKind.CODE:
            at = start
            for line in block.split("\n"):
                if spans := list(sentences(line, at))[:1]:
                    return [Span(spans[0].start, at + len(line.rstrip()))]
                at += len(line) + 1
    return []


def _terms(row: tuple[str, ...], unshown: str) -> tuple[str, ...]:
    """The terms of a glossary's row, its main ones first: `AGC, AGfC` in one cell are two; the meaning is left out."""
    terms = (term.strip() for cell in (*row[:-1], unshown) for term in re.split("[,、]", cell))
    return tuple(dict.fromkeys(term for term in terms if term))
