"""A built site to its sections: which pages count, their languages, and which sections are twins.

The site is what `mkdocs build`, or another generator, wrote. A page that the generator's own search leaves out
(`search: exclude`) is left out here, too, as are pages for printing. Each version of a site that has several is read as
if it were the only one.
"""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import KbError
from index.html_files import html_files
from index.reading.drafts import Page, to_section
from index.reading.furniture import leave_out_furniture
from index.reading.genres import genres
from index.reading.languages import (
    anchors_of_twins,
    languages,
    page_id,
    twins_by_address,
    with_base_languages,
    without_copies,
)
from index.reading.listings import Listings, read_listings
from index.reading.page import read_page
from index.reading.sources import Documents, published
from index.reading.versions import Part, parts
from index.records import Section, Version

LISTED = 0.1  # of the pages: a navigation that leads to fewer is no list of them
_NOT_PAGES = {"404.html", "search.html", "print.html", "print_page.html", "genindex.html", "py-modindex.html"}
_PRINTED = "_print/"  # Docsy's pages for printing repeat all others


@dataclass(frozen=True, slots=True)
class Site:
    """Sections in the order of their files and their place on the page; languages, the one at the root first."""

    sections: tuple[Section, ...]
    langs: tuple[str, ...]
    digest: str  # SHA-256 over every page that was read
    in_navigation: tuple[bool, ...]  # of each section: whether the site's navigation leads to its page
    warnings: tuple[str, ...] = ()  # for its authors
    version: Version | None = None  # which of several this is


class _NothingToReadError(KbError):
    """No page has text."""


def read_versions(folder: Path) -> tuple[Site, ...]:
    """Each version of a built site, the one that is read by default first; of a site without versions the whole.

    A version without any text is left out with a warning.
    """
    _require(folder)
    listings = read_listings(folder)
    read, warnings = list[Site](), list[str]()
    held = parts(folder, listings) or (Part(),)
    for part in held:
        try:
            read.append(_read(folder, listings, part))
        except _NothingToReadError as error:
            if part.version is None:
                raise
            warnings.append(f"{folder}: the version {part.version.name} has no page with text. It is left out.")
            empty = error
    if not read:
        raise empty
    warnings += [
        f"{folder / each}: named as a version, but not listed as one. It is left out." for each in held[0].unlisted
    ]
    if (site := _holds_only(folder)) != folder:
        within = site.relative_to(folder).as_posix()
        warnings.append(
            f"{folder}: all pages are in {site}, so their addresses begin with /{within}/. "
            "If readers do not see that, index and serve that folder."
        )
    return (replace(read[0], warnings=(*warnings, *read[0].warnings)), *read[1:])


def _holds_only(folder: Path) -> Path:
    """The folder below that has a first page and holds all others; the folder itself where there is none."""
    first = min(folder.rglob("index.html"), key=lambda file: len(file.parts), default=folder / "index.html").parent
    return first if all(file.is_relative_to(first) for file in html_files(folder)) else folder


def read_default(folder: Path) -> Site:
    """The version that is read by default, its sections named as by the docs that it was built from."""
    read = read_versions(folder)[0]
    within = f"{read.version.name}/" if read.version else ""
    return replace(
        read, sections=tuple(replace(section, id=section.id.removeprefix(within)) for section in read.sections)
    )


def read_site(folder: Path) -> Site:
    """Read every page of a built site. Raises KbError when there is nothing to read."""
    _require(folder)
    return _read(folder, read_listings(folder), Part())


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise KbError(f"{folder}: no such folder. Build the site first: kb site (or mkdocs build)")


def _read(folder: Path, listings: Listings, part: Part) -> Site:
    documents, about_them = published(folder, part.folders)
    read: list[Page] = []
    addresses: dict[str, str] = {}
    hashed = hashlib.sha256(about_them)
    for file in html_files(folder):
        name = file.relative_to(folder).as_posix()
        if file.name in _NOT_PAGES or _PRINTED in name or not part.holds(name, folder) or not listings.lists(file):
            continue
        source = file.read_bytes()
        hashed.update(f"{name}\0{len(source)}\0".encode())
        hashed.update(source)
        page = _within(read_page(source, url := "/" + _folder_url(name)), part)
        if page.drafts:
            read.append(page)
            addresses[page.url] = url
    pages = without_copies(with_base_languages(_searched(read)))
    leave_out_furniture(pages)
    if not pages:
        raise _NothingToReadError(f"{folder}: no HTML page with text found. Is this the folder that was built?")
    langs, warnings = languages(pages), list[str]()
    sections = tuple(_sections(pages, langs, documents, warnings, part, addresses))
    reached = {addresses[url] for url in _reached(pages)}
    within = tuple(section.url.partition("#")[0] in reached for section in sections)
    return Site(sections, langs, hashed.hexdigest(), within, tuple(warnings), part.version)


def _within(page: Page, part: Part) -> Page:
    """A page as if its version were the only one."""
    for draft in page.drafts:
        draft.links = [part.within(link) for link in draft.links]
    twins = {lang: _twin(address, part) for lang, address in page.twins.items()}
    return replace(page, url=part.within(page.url), listed=tuple(map(part.within, page.listed)), twins=twins)


def _twin(address: str, part: Part) -> str:
    """The path of an address is that of the site where it is served at the root of its host."""
    parts = urlsplit(address)
    return parts._replace(path=part.within(parts.path)).geturl() if part.version else address


def _searched(pages: list[Page]) -> list[Page]:
    """Pages that want to be found. Where none does, the whole site asks search engines to stay away, not its readers.

    Where an author marks what is searched (Pagefind), pages without a mark are not.
    """
    marked = [page for page in pages if page.marked] or pages
    return [page for page in marked if page.searched] or marked


def _reached(pages: list[Page]) -> set[str]:
    """Pages that the navigation leads to, from each language's first page on; all where it is no list of pages."""
    by_url = {page.url: page for page in pages}
    first = {page.lang: page for page in sorted(pages, key=lambda page: -len(page.url))}
    reached, following = set[str](), {page.url for page in first.values()}
    while following:
        reached |= following
        # The navigation of a page that nothing leads to is not asked: it would list itself.
        following = {_folder_url(url) for page in following for url in by_url[page].listed} & by_url.keys() - reached
    # On a small site the first page alone may be a tenth of all.
    return reached if len(reached) > len(first) and len(reached) >= LISTED * len(pages) else set(by_url)


def _sections(
    pages: list[Page],
    langs: tuple[str, ...],
    documents: Documents,
    warnings: list[str],
    part: Part,
    addresses: Mapping[str, str],
) -> Iterator[Section]:
    """All sections. Of two of one language with one id the later one gets an id of its own, and a warning."""
    seen: dict[tuple[str, str], str] = {}
    twins = twins_by_address(pages, langs)
    ids = {page.url: part.id(page_id(twins.get(page.url, page.url), langs)) for page in pages}
    first = {ids[page.url]: page for page in pages if page.lang == langs[0]}
    for page, kinds in zip(pages, genres(pages), strict=True):
        other, lang = first.get(ids[page.url]), page.lang or langs[0]
        anchors = anchors_of_twins(page.drafts, other.drafts) if other and other.lang != lang else {}
        for draft, kind in zip(page.drafts, kinds, strict=True):
            links = (ids.get(link := _folder_url(target)) or part.id(page_id(link, langs)) for target in draft.links)
            section = to_section(
                draft,
                ids[page.url],
                lang,
                addresses[page.url],
                links,
                anchors.get(draft.anchor, draft.anchor),
                kind,
            )
            if (lang, section.id) in seen:
                warnings.append(
                    f"{section.url}: the heading '{section.title}' has the same id as '{seen[lang, section.id]}'; "
                    "a link leads to the first. Give each heading of a page an id of its own."
                )
                section = replace(section, id=_another(section.id, lang, seen))
            if sources := documents.of(section.id.removeprefix(part.id("")), draft.cites, page.follows):
                section = replace(section, sources=sources)
            if page.tool:
                section = replace(section, tool=page.tool)
            seen[lang, section.id] = section.title
            yield section


def _another(name: str, lang: str, seen: Container[tuple[str, str]]) -> str:
    return next(other for n in count(2) if (lang, other := f"{name}~{n}") not in seen)


def _folder_url(path: str) -> str:
    """`faq/index.html` is served at `faq/`; `reindex.html` is a page of its own."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)
