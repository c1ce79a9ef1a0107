"""A built site to its sections: which pages count, their languages, and which sections are twins.

The site is what `mkdocs build` (or its successor) wrote. A page that the theme's search leaves out
(`search: exclude`) is missing from `search/search_index.json` and is left out here, too.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from index.errors import KbError
from index.reading.drafts import Page, to_section
from index.reading.page import read_page
from index.records import Section

LISTED = 0.1  # of the pages: a navigation that leads to fewer is no list of them
_NOT_PAGES = {"404.html", "search.html", "print_page.html", "genindex.html", "py-modindex.html"}


@dataclass(frozen=True, slots=True)
class Site:
    """Sections in the order of their files and their place on the page; languages, the one at the root first."""

    sections: tuple[Section, ...]
    langs: tuple[str, ...]
    digest: str  # SHA-256 over every page that was read
    in_navigation: tuple[bool, ...]  # of each section: whether the site's navigation leads to its page


def read_site(folder: Path) -> Site:
    """Read every page of a built site. Raises KbError when there is nothing to read."""
    if not folder.is_dir():
        raise KbError(f"{folder}: no such folder. Build the site first: kb site (or mkdocs build)")
    listings = {file.parent.parent: _locations(file) for file in folder.rglob("search/search_index.json")}
    pages: list[Page] = []
    hashed = hashlib.sha256()
    for file in sorted(folder.rglob("*.html")):
        if file.name in _NOT_PAGES or not _listed(file, listings):
            continue
        name, source = file.relative_to(folder).as_posix(), file.read_bytes()
        hashed.update(f"{name}\0{len(source)}\0".encode())
        hashed.update(source)
        page = read_page(source, "/" + _folder_url(name))
        if page.drafts:
            pages.append(page)
    if not pages:
        raise KbError(f"{folder}: no HTML page with text found. Is this the folder that was built?")
    langs = _languages(pages)
    sections, reached = tuple(_sections(pages, langs)), _reached(pages)
    within = tuple(section.url.partition("#")[0] in reached for section in sections)
    return Site(sections, langs, hashed.hexdigest(), within)


def _reached(pages: list[Page]) -> set[str]:
    """Pages that the navigation leads to, from each language's first page on; all where it is no list of pages."""
    by_url = {page.url: page for page in pages}
    first = {page.lang: page for page in sorted(pages, key=lambda page: -len(page.url))}
    reached, found = set[str](), {page.url for page in first.values()}
    while found:
        reached |= found
        # The navigation of a page that nothing leads to is not asked: it would list itself.
        found = {_folder_url(url) for one in found for url in by_url[one].listed} & by_url.keys() - reached
    return reached if len(reached) >= LISTED * len(pages) else set(by_url)


def _sections(pages: list[Page], langs: tuple[str, ...]) -> Iterator[Section]:
    """All sections; refuses two of one language with one id, since a citation could not name either."""
    seen: dict[tuple[str, str], str] = {}
    for page in pages:
        for draft in page.drafts:
            links = (_page_id(_folder_url(link), langs) for link in draft.links)
            section = to_section(draft, _page_id(page.url, langs), page.lang or langs[0], page.url, links)
            key = (section.lang, section.id)
            if key in seen:
                raise KbError(
                    f"{section.url}: the heading '{section.title}' has the same id as '{seen[key]}'. "
                    "Give each heading of a page an id of its own."
                )
            seen[key] = section.title
            yield section


def _languages(pages: list[Page]) -> tuple[str, ...]:
    """Languages of the site: the one outside any language's folder first, then by number of pages."""
    counts = Counter(page.lang for page in pages if page.lang)
    at_root = {page.lang for page in pages if not page.url.startswith(f"/{page.lang}/")}
    ranked = sorted(counts, key=lambda lang: (lang not in at_root, -counts[lang], lang))
    return tuple(ranked) or ("en",)


def _page_id(url: str, langs: tuple[str, ...]) -> str:
    """`/en/faq/` and `/faq/` are both `faq`; the page at the root is `index`."""
    parts = url.strip("/").removesuffix(".html").split("/")
    if len(langs) > 1 and parts[0].lower() in langs:
        parts = parts[1:]
    return "/".join(parts) or "index"


def _folder_url(path: str) -> str:
    """`faq/index.html` is served at `faq/`; `reindex.html` is a page of its own."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def _listed(file: Path, listings: dict[Path, frozenset[str]]) -> bool:
    """False if the nearest search index above the page leaves the page out."""
    for parent in file.parents:
        if parent in listings:
            return _folder_url(file.relative_to(parent).as_posix()) in listings[parent]
    return True


def _locations(file: Path) -> frozenset[str]:
    """Pages that the theme's own search knows, as paths below its folder."""
    try:
        docs = json.loads(file.read_text("utf-8"))["docs"]
        return frozenset(_folder_url(unquote(doc["location"].partition("#")[0])) for doc in docs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KbError(f"{file}: not a search index of MkDocs ({error}). Build the site again.") from error
