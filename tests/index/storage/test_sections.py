"""The sections of an index as files: what is known of all, and each of them when it is asked for."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.records import Form, FormKind, Genre, Link, Section, Source, Span
from index.storage import sections as stored
from index.storage.sections import GENRES, Catalogue, files, read

ONE = Section(
    "b#x",
    "en",
    "Title",
    ("Page", "Part"),
    "/en/b/#x",
    "One. 二。",
    (Span(0, 4), Span(5, 7)),
    ("ask", "問い"),
    ("a", "c"),
    True,
)
SOURCES = (Source("https://a", "A", "2026-01-02", 3, "2026-01-04"), Source("https://b", "B"))
LINKED = (Link("The prices", "https://c/prices"), Link("料金", "https://c/料金"))
SECTIONS = (
    ONE,
    replace(ONE, id="a", warning=True, covered=False, path=(), phrasings=(), links=(), sentences=(), linked=LINKED),
    replace(
        ONE,
        lang="ja",
        synonyms=(("AGC", "AGfC"), ("overlay",)),
        sources=SOURCES,
        other_source=True,
        tool=("kb", "ボット"),
    ),
    replace(
        ONE, id="c#\u2028", genre=Genre.RELEASES, forms=(Form(FormKind.LIST, 0, 7, "1"), Form(FormKind.ITEM, 0, 7))
    ),
)


@pytest.fixture(params=[1 << 30, 0], ids=["in memory", "one at a time"])
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Sequence[Section], Catalogue]:
    monkeypatch.setattr(stored, "IN_MEMORY", request.param)
    return read(files(SECTIONS, Catalogue.of(SECTIONS)))


def test_sections_come_back_one_by_one(kept: tuple[Sequence[Section], Catalogue]):
    sections, _ = kept
    assert len(sections) == 4 and tuple(sections) == SECTIONS
    assert [sections[at] for at in (3, -1, -4)] == [SECTIONS[3], SECTIONS[3], SECTIONS[0]]
    assert sections[1:3] == SECTIONS[1:3] and sections[::-2] == SECTIONS[::-2] and sections[9:] == ()
    for outside in (4, -5):
        with pytest.raises(IndexError):
            sections[outside]


def test_what_is_known_of_all_sections(kept: tuple[Sequence[Section], Catalogue]):
    for known in (kept[1], Catalogue.of(SECTIONS)):
        assert known.topic.tolist() == [0, 1, 0, 2]  # b#x in two languages, numbered as they appear
        assert known.covered.tolist() == [True, False, True, True]
        assert known.warning.tolist() == [False, True, False, False]
        assert known.glossary.tolist() == [False, False, True, False]
        assert [GENRES[genre] for genre in known.genre] == [*[Genre.GUIDE] * 3, Genre.RELEASES]
        assert known.other_source.tolist() == [False, False, True, False]
        assert known.tool.tolist() == [False, False, True, False]
        assert list(known.names) == ["a", "b#x", "c#\u2028"]  # sorted: a large one is searched in its file
        assert [int(known.named[known.names[name]]) for name in ("b#x", "a", "c#\u2028")] == [0, 1, 2]


def test_what_no_section_is_is_not_kept_of_each():
    alike = Catalogue.of(SECTIONS[:2])
    for known in (alike, read(files(SECTIONS[:2], alike))[1]):
        assert (known.genre, known.other_source, known.tool, known.counted) == (None,) * 4


def test_no_sections():
    known = Catalogue.of(())
    assert (len(known.topic), len(known.named), len(known.covered)) == (0, 0, 0)
    sections, again = read(files((), known))
    assert len(sections) == 0 and len(again.names) == 0


def test_a_section_is_a_line_that_people_can_read():
    content = files(SECTIONS, Catalogue.of(SECTIONS))["sections.jsonl"].decode("utf-8")
    assert content.count("\n") == 4 and content.endswith("\n") and "二。" in content


def test_a_line_tells_its_genre_its_sources_and_its_links_only_where_there_is_something_to_tell():
    lines = files(SECTIONS, Catalogue.of(SECTIONS))["sections.jsonl"].decode("utf-8").split("\n")[:4]
    optional = [json.loads(line).keys() & {"genre", "sources", "linked"} for line in lines]
    assert optional == [set(), {"linked"}, {"sources"}, {"genre"}]


@pytest.mark.parametrize(("more", "at_once"), [(0, True), (-1, False)])
def test_up_to_so_many_bytes_all_sections_are_read_at_once(monkeypatch: pytest.MonkeyPatch, more: int, at_once: bool):
    made = files(SECTIONS, Catalogue.of(SECTIONS))
    monkeypatch.setattr(stored, "IN_MEMORY", len(made["sections.jsonl"]) + more)
    assert isinstance(read(made)[0], tuple) is at_once


def test_where_each_line_begins():
    made = files(SECTIONS, Catalogue.of(SECTIONS))
    starts = stored.unpack(made["sections.arrays"])["starts"]
    lines = made["sections.jsonl"].splitlines(keepends=True)
    np.testing.assert_array_equal(np.diff(starts), [len(line) for line in lines])
