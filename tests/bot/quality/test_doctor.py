"""What `kb doctor` finds, on a made-up site, and that this one has none of it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handmade import section

from bot.quality.doctor import (
    Fault,
    age,
    broken_links,
    examine,
    facts_without_section,
    stale,
    unasked,
    without_twin,
)
from index.errors import KbError
from index.reading.site import read_site

KB = [sys.executable, "-c", "from bot.cli import main; main()"]
PAGES = {
    "index.html": '<h1 id="top-of-it">Tea</h1><a href="cups/#big">cups</a><a href="lids">lids</a><a href="#gone">x</a>',
    "cups/index.html": '<h2 id="big">Big</h2><a href="../#top-of-it">u</a><a href="../jars/">j</a><a href="/pot">p</a>',
    "lids.html": '<a name="old"></a><a href="lids.html#old">old</a><a href="a%20b.txt">file</a><a href="../x">out</a>'
    '<a href="https://example.com/none">far</a><a href="mailto:a@b.c">mail</a><a href="http://[bad">bad</a>',
    "404.html": '<a href="/nowhere">lost</a>',
    "empty.html": "",
    "a b.txt": "",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_links_that_lead_nowhere_on_the_site_are_broken(site: Path):
    assert [(fault.where, fault.what) for fault in broken_links(site)] == [
        ("cups/index.html", "../jars/"),
        ("cups/index.html", "/pot"),
        ("index.html", "#gone"),
        ("lids.html", "../x"),
    ]


def test_a_source_is_old_after_so_many_days(tmp_path: Path):
    file = tmp_path / "other-sources.csv"
    file.write_text("url,verified\nhttps://a,2026-01-01\nhttps://b,2026-01-02\n", "utf-8")
    assert list(stale(file, age(30, date(2026, 2, 1)))) == [Fault("stale", "https://a", "2026-01-01")]
    assert list(stale(tmp_path / "none.csv", date(2026, 2, 1))) == []


@pytest.mark.parametrize("text", ["url,verified\na,soon\n", "url\na\n", "url,verified\na\n"])
def test_a_table_without_a_day_is_refused_with_its_line(tmp_path: Path, text: str):
    file = tmp_path / "other-sources.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(KbError, match=r"other-sources\.csv:2: `verified` must be a day"):
        list(stale(file, date(2026, 1, 1)))


def test_a_heading_that_a_language_lacks_has_no_twin():
    tea = section("tea#a", "Tea.")
    both = [tea, replace(tea, lang="ja"), section("tea#b", "Only here.")]
    assert list(without_twin(both, ("ja", "en"))) == [Fault("twin", "tea#b", "ja")]


def test_a_fact_needs_sections_that_are_there(tmp_path: Path):
    file = tmp_path / "ledger.csv"
    file.write_text("fact,sections\nhot,tea#a tea#z\ncold,\nwet,tea#a\n", "utf-8")
    assert list(facts_without_section(file, {"tea#a"})) == [Fault("fact", "hot", "tea#z"), Fault("fact", "cold", "")]


def test_a_section_that_no_question_names_is_advice(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"sections": ["tea#a"]}\n{"sections": []}\n', "utf-8")
    silent = replace(section("tea#c", "Not stated."), covered=False)
    (fault,) = unasked([section("tea#a", "A."), section("tea#b", "B."), silent], file)
    assert (fault, fault.is_advice) == (Fault("unasked", "tea#b", ""), True)
    file.write_text('{"sections": ["tea#a"]}\n{"section": 1}\n', "utf-8")
    with pytest.raises(KbError, match=r"questions\.jsonl:2"):
        list(unasked([], file))


def test_this_site_has_no_fault(root: Path, site_dir: Path):
    read = read_site(site_dir)
    assert examine(read.sections, read.langs, site_dir, root / "docs", None, date(2026, 1, 1)) == []


def test_the_command_says_what_is_to_mend_and_ends_with_one(site: Path):
    docs = site / "docs"
    docs.mkdir()
    (docs / "other-sources.csv").write_text("url,verified\nhttps://a,2026-01-01\n", "utf-8")
    (site / "index.html").write_text("<html lang=en><main><h1 id=t>Tea</h1><p>Tea is hot.</p></main></html>", "utf-8")
    for name in ("cups/index.html", "lids.html"):
        (site / name).unlink()
    run = subprocess.run(
        [*KB, "doctor", str(docs), "--site", str(site), "--on", "2026-12-01"],
        env={**os.environ, "LANG": "C", "LANGUAGE": "", "LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (1, "")
    old, total = run.stdout.splitlines()
    assert old.startswith("old source: https://a was verified on 2026-01-01") and total.startswith("1 to mend, 0")
    done = subprocess.run(
        [*KB, "doctor", str(docs), "--site", str(site), "--on", "2026-02-01", "--json"], capture_output=True, text=True
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
