"""sitemap.xml with each page's translations, and without the day on which it was built: no reader can use that."""

import gzip
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from index.alternates.head import Stated

_LOCATION = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
_BEGIN = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


def write_sitemaps(folder: Path, stated: Iterable[Stated]) -> None:
    """Write each sitemap of a site anew, by what its pages say of themselves; `noindex` is left out."""
    by_address = {page.canonical: page for page in stated if page.canonical}
    translated = {address: _translations(page) for address, page in by_address.items()}
    left_out = {escape(address) for address, page in by_address.items() if page.noindex}
    for file in sorted(folder.rglob("sitemap.xml")):
        locations = _LOCATION.findall(file.read_text("utf-8"))
        if not locations:  # of a site that says no address of its own
            continue
        entries = "".join(_entry(at, translated) for at in locations if at not in left_out)
        content = f"{_BEGIN}{entries}</urlset>\n".encode()
        file.write_bytes(content)
        packed = file.with_name("sitemap.xml.gz")
        if packed.is_file():
            packed.write_bytes(gzip.compress(content, mtime=0))


def _translations(page: Stated) -> dict[str, str]:
    try:
        return {lang: urljoin(page.canonical, target) for lang, target in page.translations.items()}
    except ValueError:  # one of them is no address
        return {}


def _entry(location: str, translated: Mapping[str, Mapping[str, str]]) -> str:
    """A page, with those translations that name the page as theirs."""
    address = location.replace("&amp;", "&")
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang={quoteattr(lang)} href={quoteattr(target)}/>\n'
        for lang, target in translated.get(address, {}).items()
        if address in translated.get(target, {}).values()
    )
    return f"  <url>\n    <loc>{location}</loc>\n{links}  </url>\n"
