"""sitemap.xml: each page with its translations, the same bytes each day."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from casework import write

from index.alternates.pages import all_built
from index.alternates.sitemap import write_sitemaps

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
AT = "https://kb.example.com"


def page(address: str, translations: dict[str, str], robots: str = "") -> str:
    links = "".join(f'<link rel="alternate " hreflang="{lang}" href="{to}">' for lang, to in translations.items())
    return f'<html><head><link rel="canonical" href="{AT}{address}">{links}{robots}</head><body></body></html>'


def entries(file: Path) -> dict[str, dict[str, str]]:
    tree = ET.fromstring(file.read_bytes())
    return {
        entry.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall("x:link", NAMES)
        }
        for entry in tree.findall("s:url", NAMES)
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    listed = "".join(
        f"<url><loc>{AT}{at}</loc><lastmod>2026-11-26</lastmod></url>" for at in ("/", "/a&amp;b/", "/c/", "/hidden/")
    )
    sitemap = f'<?xml version="1.0"?><urlset xmlns="{NAMES["s"]}">{listed}</urlset>'
    write(
        tmp_path,
        {
            "sitemap.xml": sitemap,
            "sitemap.xml.gz": "of another day",
            "index.html": page("/", {"ja": "./", "en": "en/"}),
            "a&b/index.html": page("/a&amp;b/", {"ja": "./", "en": "../en/a&amp;b/"}),
            "c/index.html": page("/c/", {"en": "../en/"}),  # a theme that leads to the first page of the language
            "hidden/index.html": page("/hidden/", {}, '<meta name="robots" content="noindex">'),
            "en/index.html": page("/en/", {"ja": "../", "en": "./"}),
            "en/a&b/index.html": page("/en/a&amp;b/", {"ja": "../../a&amp;b/", "en": "./"}),
        },
    )
    write_sitemaps(tmp_path, [page.stated for page in all_built(tmp_path)])
    return tmp_path


def test_pages_that_name_each_other_are_translations(site: Path):
    assert entries(site / "sitemap.xml") == {
        f"{AT}/": {"ja": f"{AT}/", "en": f"{AT}/en/"},
        f"{AT}/a&b/": {"ja": f"{AT}/a&b/", "en": f"{AT}/en/a&b/"},
        f"{AT}/c/": {},
    }


def test_no_day_is_in_it_and_the_packed_one_is_the_same(site: Path):
    content = (site / "sitemap.xml").read_bytes()
    packed = (site / "sitemap.xml.gz").read_bytes()
    assert b"lastmod" not in content and gzip.decompress(packed) == content
    assert packed[4:8] == bytes(4), "the time of packing"


def test_a_sitemap_without_addresses_stays_as_it_is(tmp_path: Path):
    write(tmp_path, {"sitemap.xml": "<urlset></urlset>", "index.html": "<p>x"})
    write_sitemaps(tmp_path, [page.stated for page in all_built(tmp_path)])
    assert (tmp_path / "sitemap.xml").read_text() == "<urlset></urlset>"


@pytest.mark.parametrize("folder", ["", "en/"])
def test_every_page_of_the_real_site_has_both_languages(site_dir: Path, folder: str):
    listed = entries(site_dir / f"{folder}sitemap.xml")
    html = {file for file in (site_dir / folder).rglob("index.html") if folder or "en" not in file.parts}
    assert len(listed) == len(html) > 40
    assert {tuple(links) for links in listed.values()} == {("ja", "en", "x-default")}
