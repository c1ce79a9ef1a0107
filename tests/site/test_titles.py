"""A document has one title in each language: readers see at once that two pages follow the same document."""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGS = ("ja", "en")
LINK = re.compile(r"\[([^\]\[\n]+)\]\((https://[^)\s]+)\)")
# A reference has an entry for each command, which its link names.
ENTRIES = "/cli/"

with (ROOT / "docs/other-sources.csv").open(encoding="utf-8", newline="") as opened:
    DOCUMENTS = {row["url"] for row in csv.DictReader(opened)}


def document(url: str) -> str:
    """The address by which a document is known: without the place in it, but for references."""
    return url if ENTRIES in url else url.partition("#")[0]


def titles_of_one_document(links: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The documents that go by several titles; a title may begin a sentence, and then with a capital letter."""
    titles = defaultdict(set)
    for title, url in links:
        titles[document(url)].add(title[0].lower() + title[1:])
    return {url: several for url, several in titles.items() if len(several) > 1}


@pytest.mark.parametrize("lang", LANGS)
def test_pages_and_plans_call_a_document_by_one_title(lang: str):
    pages = [link for file in (ROOT / "docs" / lang).rglob("*.md") for link in LINK.findall(file.read_text("utf-8"))]
    sources = tomllib.loads((ROOT / f"bot/words/{lang}/plan.toml").read_text("utf-8"))["sources"].values()
    links = [*pages, *((source["title"], source["url"]) for source in sources)]
    known = {document(source["url"]) for source in sources} | DOCUMENTS
    assert titles_of_one_document(link for link in links if document(link[1]) in known) == {}


@pytest.mark.parametrize("lang", LANGS)
def test_findings_call_a_document_by_the_title_of_the_pages(lang: str):
    sources = tomllib.loads((ROOT / f"bot/words/{lang}/plan.toml").read_text("utf-8"))["sources"]
    said = tomllib.loads((ROOT / f"bot/words/{lang}/checks.toml").read_text("utf-8"))["rules"]["AGC012"]["why"]
    assert [name for name in ("ipam", "overlay") if sources[name]["title"].lower() not in said.lower()] == []


def test_two_titles_of_one_document_are_noticed():
    url = "https://learn.microsoft.com/azure/tea"
    assert titles_of_one_document([("tea", url), ("Tea", url + "#pot"), ("Coffee", "https://example.org")]) == {}
    assert titles_of_one_document([("tea", url), ("make tea", url + "#pot")]) == {url: {"tea", "make tea"}}
    entries = [("tea pour", "https://example.org/cli/tea#pour"), ("tea drink", "https://example.org/cli/tea#drink")]
    assert titles_of_one_document(entries) == {}
