"""Every page shows which edition of the source it follows and when that was verified."""

import re
from pathlib import Path

import pytest
from lxml import html

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def below(file: Path) -> list[str]:
    tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    return DATE.findall(" ".join(part.text_content() for part in tree.xpath("//*[@class='md-copyright']")))


def test_every_page_shows_the_edition_of_the_source_and_the_day_of_verification(site_dir: Path):
    pages = {file.relative_to(site_dir).as_posix(): below(file) for file in site_dir.rglob("index.html")}
    assert len(pages) > 60
    shown = set(map(tuple, pages.values()))
    assert len(shown) == 1, "one pair of dates, the same in both languages"
    ((edition, verified),) = shown
    assert edition < verified


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_about_names_the_edition_that_every_page_shows(root: Path, site_dir: Path, lang: str):
    assert below(site_dir / "index.html")[0] in (root / f"docs/{lang}/about.md").read_text("utf-8")
