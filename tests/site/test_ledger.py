"""Every fact of the source document stands where docs/ledger.csv says, in both languages."""

import csv
from pathlib import Path

import pytest

from index.records import Section

ROOT = Path(__file__).parents[2]
with (ROOT / "docs/ledger.csv").open(encoding="utf-8", newline="") as opened:
    LEDGER = list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def by_name(sections: tuple[Section, ...]) -> dict[tuple[str, str], Section]:
    return {(section.lang, section.id): section for section in sections}


def test_facts_have_names_of_their_own():
    names = [row["fact"] for row in LEDGER]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: row["fact"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_fact_is_stated(row: dict[str, str], lang: str, by_name: dict[tuple[str, str], Section]):
    assert row["sections"].split(), "a fact without a section"
    for name in row["sections"].split():
        section = by_name[lang, name]
        shown = f"{section.title}\n{section.text}"
        missing = [words for words in row[lang].split("|") if words not in shown]
        assert missing == [], f"{section.url} does not state: {row['statement']}"


def test_every_section_of_the_subject_pages_states_a_listed_fact(by_name: dict[tuple[str, str], Section]):
    subject = ("concepts/", "plugins#", "choose#", "agc#", "agc/", "faq#")
    listed = {name for row in LEDGER for name in row["sections"].split()}
    stating = {name for lang, name in by_name if name.startswith(subject) and by_name[lang, name].path}
    assert stating - listed == set()


def test_faq_has_questions_enough(by_name: dict[tuple[str, str], Section]):
    for lang, mark in (("ja", "？"), ("en", "?")):
        asked = [s.title for (of, name), s in by_name.items() if of == lang and name.startswith("faq#") and s.path]
        assert len(asked) >= 20
        assert [title for title in asked if not title.endswith(mark)] == []


def test_scope_names_what_is_not_covered(by_name: dict[tuple[str, str], Section]):
    outside = [section for section in by_name.values() if not section.covered]
    # What the source is silent on stands where readers look for it; the scope page names all else.
    assert {section.page for section in outside} == {"scope", "agc/upgrade"}
    assert [section.url for section in outside if not section.text] == []
