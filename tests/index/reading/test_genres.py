"""What kind of text a section is, told by how it is built."""

from pathlib import Path

import pytest
from casework import html, write

from index.reading.site import read_site


def site_of(folder: Path, pages: dict[str, str]) -> dict[str, str]:
    """The genre of each section by its address."""
    files = {f"{name}.html": html(body) for name, body in pages.items()}
    return {section.url: section.genre for section in read_site(write(folder, files)).sections}


def page(title: str, *headings: str, level: int = 2) -> str:
    below = "".join(f"<h{level} id='s{n}'>{heading}</h{level}><p>x</p>" for n, heading in enumerate(headings))
    return f"<h1 id='top'>{title}</h1><p>x</p>{below}"


@pytest.mark.parametrize(
    "versions",
    [
        ("2.1.0 (2026-04-01)", "2.0.0 (2026-01-15)", "1.9"),
        ("v2.1", "v2.0", "v1.9-rc.1"),
        ("Version 2.1", "Version 2.0", "Version 1.9: the last one"),
        ("[2.1.0] - 2026-04-01", "[2.0.0] - 2026-01-15", "[1.0.0] - 2025-01-01"),
        ("2026-04-01", "2026-01-15", "2025-12-01"),
        ("バージョン 2.1", "バージョン 2.0", "バージョン 1.9"),
    ],
)
def test_a_page_of_versions_is_release_notes(tmp_path: Path, versions: tuple[str, ...]):
    assert set(site_of(tmp_path, {"a": page("Any title", "Unreleased", *versions)}).values()) == {"releases"}


@pytest.mark.parametrize(
    "headings",
    [
        ("Install", "Configure", "Remove"),
        ("Upgrade to 2.0", "Upgrade to 2.1", "Upgrade to 2.2"),
        ("2.1", "2.0"),
        ("Install", "Use", "Help", "More", "2.1", "2.0", "1.9"),
        ("1. Install", "2. Use", "3. Remove"),
    ],
)
def test_a_page_with_other_headings_is_a_guide(tmp_path: Path, headings: tuple[str, ...]):
    assert set(site_of(tmp_path, {"a": page("Any title", *headings)}).values()) == {""}


def test_pages_of_one_folder_that_are_named_by_versions_are_release_notes(tmp_path: Path):
    pages = {f"news/{name}": page(f"{name}.0", "Fixes") for name in ("1", "2", "3")}
    site = site_of(tmp_path, {**pages, "news/how": page("How we release", "Often"), "4": page("4.0", "Fixes")})
    assert {url for url, genre in site.items() if not genre} == {
        *("/news/how.html#top", "/news/how.html#s0", "/4.html#top", "/4.html#s0")
    }


def test_an_object_of_an_api_and_the_headings_of_its_text_are_reference(tmp_path: Path):
    inside = "<h3 id='m.f--example'>Example</h3><p>x</p>"
    mkdocstrings = f"<div class='doc-object'><h2 id='m.f' class='doc-heading'>f</h2><p>x</p>{inside}</div>"
    sphinx = "<dl><dt class='sig' id='g'>g</dt><dd>x</dd></dl>"
    site = site_of(tmp_path, {"a": f"<h1 id='api'>API</h1><p>x</p>{mkdocstrings}{sphinx}<h2 id='end'>End</h2><p>x</p>"})
    assert {url.partition("#")[2]: genre for url, genre in site.items()} == {
        **{"api": "", "m.f": "reference", "m.f--example": "reference", "g": "reference", "end": ""}
    }


@pytest.mark.parametrize(
    ("name", "genre"),
    [
        *[(name, "news") for name in ("blog/lamps", "ja/blog/lamps", "posts/2026/04/01/lamps", "2026-04-01-lamps")],
        *[(name, "project") for name in ("contributing", "dev/CONTRIBUTING", "contributing/tests", "code_of_conduct")],
        *[(name, "") for name in ("guide/blog", "guide/blog/lamps", "blog", "blogs/lamps", "guide/contributing-lamps")],
    ],
)
def test_an_address_tells_posts_and_what_contributors_read(tmp_path: Path, name: str, genre: str):
    assert site_of(tmp_path, {name: page("Lamps"), "guide/index": page("Guide")})[f"/{name}.html#top"] == genre
