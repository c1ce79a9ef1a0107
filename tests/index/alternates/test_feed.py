"""The feed of changes: what the page of changes says, with the days that stand there."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from casework import write

from index.alternates.feed import write_feed
from index.alternates.pages import all_built
from index.errors import KbError
from index.reading.page import read_page

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def write_feeds(folder: Path) -> None:
    for page in all_built(folder):
        write_feed(folder, page)


def changes(lang: str, at: str, body: str, of: str = "changes") -> str:
    return (
        f'<html lang="{lang}"><head><title>T &amp; U</title><link rel="canonical" href="https://x.example/kb{at}"></head>'
        f'<body><article><h1 id="c" class="{of}">Changes</h1>{body}</article></body></html>'
    )


BODY = (
    '<h2 id="two">2026-02-03: Two &lt;things&gt;</h2><p>One.</p><p>Two.</p>'
    '<h2 id="plain">How to read this</h2><p>No change.</p><h2 id="one">2025-12-31</h2><p>Less.</p>'
)


def test_each_dated_heading_is_an_entry_in_its_languages_feed(tmp_path: Path):
    write(
        tmp_path,
        {
            "changes/index.html": changes("ja", "/changes/", BODY),
            "en/changes/index.html": changes("en", "/en/changes/", BODY),
        },
    )
    write_feeds(tmp_path)
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.atom")} == {
        "changes.atom",
        "en/changes.atom",
    }
    feed = ET.fromstring((tmp_path / "en/changes.atom").read_bytes())
    assert feed.findtext("a:id", "", ATOM) == "https://x.example/kb/en/changes/"
    assert feed.findtext("a:title", "", ATOM) == "T & U"
    assert feed.findtext("a:author/a:name", "", ATOM) == "T & U"
    assert feed.findtext("a:updated", "", ATOM) == "2026-02-03T00:00:00Z"
    assert [link.attrib["href"] for link in feed.findall("a:link", ATOM)] == [
        "https://x.example/kb/en/changes/",
        "https://x.example/kb/en/changes.atom",
    ]
    assert [[part.text for part in entry if part.text] for entry in feed.findall("a:entry", ATOM)] == [
        [
            "\n    ",
            "https://x.example/kb/en/changes/#two",
            "Two <things>",
            "2026-02-03T00:00:00Z",
            "One.\nTwo.",
        ][1:],
        ["https://x.example/kb/en/changes/#one", "2025-12-31", "2025-12-31T00:00:00Z", "Less."],
    ]


def test_a_day_that_does_not_exist_is_named(tmp_path: Path):
    body = '<h2 id="x">2026-02-30: Odd</h2><p>x</p>'
    write(tmp_path, {"changes/index.html": changes("en", "/changes/", body)})
    with pytest.raises(KbError, match=r"^/changes/: the heading '2026-02-30: Odd' begins with a date that does not"):
        write_feeds(tmp_path)


@pytest.mark.parametrize(
    "page",
    [
        changes("en", "/changes/", BODY, of="news"),
        changes("en", "/changes/", "<p>Nothing yet.</p>"),
        changes("en", "/changes/", BODY).replace("canonical", "prev"),
    ],
)
def test_without_changes_or_an_address_there_is_no_feed(tmp_path: Path, page: str):
    write(tmp_path, {"changes/index.html": page})
    write_feeds(tmp_path)
    assert list(tmp_path.rglob("*.atom")) == []


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_real_sites_feed_says_what_its_page_says(site_dir: Path, folder: str):
    feed = ET.fromstring((site_dir / f"{folder}changes.atom").read_bytes())
    page = read_page((site_dir / f"{folder}changes/index.html").read_bytes(), "/changes/")
    written = ["\n".join(draft.blocks) for draft in page.drafts[1:]]
    assert [entry.findtext("a:content", "", ATOM) for entry in feed.findall("a:entry", ATOM)] == written != []
    days = [entry.findtext("a:updated", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert days == sorted(days, reverse=True), "newest first"
