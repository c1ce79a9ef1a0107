"""What a whole site shows to be no text of its pages."""

from pathlib import Path

import pytest
from casework import html, quotes, write

from index.reading.furniture import FEW, SHARED
from index.reading.site import read_site
from index.records import Section

EDIT = "<p><a href='https://code.example/lamps/edit/main/{n}.md'>Diese Seite bearbeiten</a></p>"
NOTE = "<div class='admonition note'><p class='admonition-title'>{title}</p><p>Heiß: {n}.</p></div>"


def sections(folder: Path, pages: int, body: str, lang: str = "de") -> list[Section]:
    """Of a site whose pages have the same markup; `{n}` is the number of each."""
    texts = {
        f"p{n}/index.html": html(f"<h1 id='p{n}'>P{n}</h1><p>Text {n}.</p>{body.replace('{n}', str(n))}", lang)
        for n in range(pages)
    }
    return list(read_site(write(folder, texts)).sections)


def test_a_line_of_most_pages_is_the_themes(tmp_path: Path):
    assert [section.text for section in sections(tmp_path, FEW, EDIT)] == [f"Text {n}." for n in range(FEW)]


def test_what_few_pages_have_in_common_is_text(tmp_path: Path):
    common = "<p>Alle Lampen sind warm.</p>"
    read = sections(tmp_path, FEW - 1, common)
    assert [section.text for section in read] == [f"Text {n}.\nAlle Lampen sind warm." for n in range(FEW - 1)]
    assert quotes(read[0]) == ["Text 0.", "Alle Lampen sind warm."]


def test_a_line_of_half_of_the_pages_is_text(tmp_path: Path):
    pages = {f"p{n}/index.html": html(f"<h1 id='p{n}'>P</h1><p>{'Warm.' if n % 2 else n}</p>", "de") for n in range(8)}
    assert [section.text for section in read_site(write(tmp_path, pages)).sections][:2] == ["0", "Warm."]


def test_each_language_is_counted_by_itself(tmp_path: Path):
    line = "<p>Lampen sind warm.</p>"
    pages = {f"{n}/index.html": html(f"<h1 id='a'>A</h1><p>Eins {n}.</p>{line}", "de") for n in range(FEW)}
    pages |= {f"en/{n}/index.html": html(f"<h1 id='a'>A</h1><p>One {n}.</p>", "en") for n in range(2 * FEW)}
    texts = {section.text for section in read_site(write(tmp_path, pages)).sections if section.lang == "de"}
    assert texts == {f"Eins {n}." for n in range(FEW)}


@pytest.mark.parametrize(
    ("title", "pages", "quoted"),
    [
        ("Hinweis", SHARED, False),
        ("Hinweis", SHARED - 1, True),
        ("Lampe {n} ist heiß", SHARED, True),
        ("Bleibt heiß", SHARED, True),
        ("Note", 1, False),
    ],
)
def test_a_word_that_notes_share_as_title_says_only_their_kind(tmp_path: Path, title: str, pages: int, quoted: bool):
    (first, *_) = sections(tmp_path, pages, NOTE.replace("{title}", title))
    shown = title.replace("{n}", "0")
    assert first.text == f"Text 0.\n{shown}\nHeiß: 0."
    assert (shown in quotes(first)) is quoted


def test_the_same_title_of_notes_of_other_kinds_is_not_shared(tmp_path: Path):
    notes = "".join(NOTE.replace("note", kind).replace("{title}", "Vorsicht") for kind in ("tip", "danger"))
    read = sections(tmp_path, SHARED - 1, notes)
    assert quotes(read[0]).count("Vorsicht") == 2


def test_a_title_of_few_notes_of_a_kind_is_text(tmp_path: Path):
    notes = "".join(NOTE.replace("{title}", title) for title in ("Hinweis", "Eins", "Zwei", "Drei"))
    (first, *_) = sections(tmp_path, SHARED, notes)
    assert [text for text in quotes(first) if text in {"Hinweis", "Eins"}] == ["Hinweis", "Eins"]


@pytest.mark.parametrize(("to", "quoted"), [("https://play.example/{n}", False), ("https://play.example/", True)])
def test_a_line_that_leads_elsewhere_each_time_only_points(tmp_path: Path, to: str, quoted: bool):
    (first, *_) = sections(tmp_path, SHARED, f"<p><a href='{to}'>Ausprobieren</a></p>")
    assert first.text == "Text 0.\nAusprobieren"
    assert ("Ausprobieren" in quotes(first)) is quoted


def test_a_link_within_a_sentence_does_not_only_point(tmp_path: Path):
    (first, *_) = sections(tmp_path, SHARED, "<p><a href='https://play.example/{n}'>Licht</a> ist warm.</p>")
    assert quotes(first) == ["Text 0.", "Licht ist warm."]


def test_a_title_is_compared_without_what_separates_its_words(tmp_path: Path):
    note = "<div class='admonition seealso'><p class='admonition-title'>See also</p><p>Light {n}.</p></div>"
    (only,) = sections(tmp_path, 1, note, "en")
    assert quotes(only) == ["Text 0.", "Light 0."]


@pytest.mark.parametrize(
    ("last", "quoted"),
    [
        ("<a href='../c/'>Dochte</a>", []),
        ("<a href='https://oil.example/'>Dochte</a>", ["Öl", "Glas", "Dochte"]),
        ("Dochte", ["Öl", "Glas", "Dochte"]),
    ],
)
def test_a_list_of_pages_of_this_site_states_nothing(tmp_path: Path, last: str, quoted: list[str]):
    items = f"<ul><li><a href='../a/'>Öl</a></li><li><a href='../b/#b'>Glas</a></li><li>{last}</li></ul>"
    page = html(f"<h1 id='lampen'>Lampen</h1>{items}", "de")
    (only,) = read_site(write(tmp_path, {"all/index.html": page})).sections
    assert only.text == "Öl\nGlas\nDochte"
    assert quotes(only) == quoted
