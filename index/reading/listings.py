"""Which pages a generator's own search knows: what it leaves out, its author does not want to be found."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from index.errors import KbError

_DOCNAMES = re.compile(r'"?docnames"?:(\[[^\]]*\])')  # Sphinx
_DOC_URLS = re.compile(r'"doc_urls":(\[[^\]]*\])')  # mdBook
_DOCUMENT_IDS = re.compile(r'"documentIds":(\{[^}]*\})')  # VitePress


@dataclass(frozen=True, slots=True)
class Listings:
    """By folder, the pages that a search index there lists, as paths below the folder without endings."""

    site: Path
    by_folder: dict[Path, set[str]] = field(default_factory=dict)

    def lists(self, file: Path) -> bool:
        """False if the nearest search index above the page leaves the page out."""
        for parent in file.parents:
            if parent in self.by_folder:
                return page_name(file.relative_to(parent).as_posix()) in self.by_folder[parent]
        return True


def read_listings(site: Path) -> Listings:
    """The search indexes of a built site. Raises KbError if one cannot be read."""
    listings = Listings(site)
    for folder, locations in _indexes(site):
        listings.by_folder.setdefault(folder, set()).update(
            page_name(unquote(location.partition("#")[0])) for location in locations
        )
    return listings


def page_name(path: str) -> str:
    """`faq/index.html`, `faq/` and `faq.html` are asked for by one name; `reindex.html` is a page of its own."""
    return re.sub(r"(^|/)index$", r"\1", path.removesuffix(".html")).strip("/")


def _indexes(site: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder that the search of a generator looks through, and the pages that it lists there."""
    for file in sorted(site.rglob("search/search_index.json")):
        yield file.parent.parent, _of_json(file, "docs", "MkDocs")
    for file in sorted(site.rglob("search.json")):
        if _begins(file, '{"config":'):
            yield file.parent, _of_json(file, "items", "Zensical")
    yield from _of_sphinx_and_mdbook(site)
    yield from _of_vitepress(site)


def _of_sphinx_and_mdbook(site: Path) -> Iterator[tuple[Path, list[str]]]:
    for file in sorted(site.rglob("searchindex*.js")):
        text = file.read_text("utf-8", "replace")
        if listed := _DOCNAMES.search(text) or _DOC_URLS.search(text):
            yield file.parent, _names(file, listed[1])


def _of_vitepress(site: Path) -> Iterator[tuple[Path, list[str]]]:
    for file in sorted(site.rglob("assets/chunks/@localSearchIndex*.js")):
        if listed := _DOCUMENT_IDS.search(file.read_text("utf-8", "replace")):
            yield file.parents[2], _below(_names(file, listed[1]), file.parents[2])


def _begins(file: Path, text: str) -> bool:
    with file.open(encoding="utf-8", errors="replace") as opened:
        return opened.read(len(text)) == text


def _of_json(file: Path, key: str, generator: str) -> list[str]:
    try:
        docs = json.loads(file.read_text("utf-8"))[key]
        return [doc["location"].partition("#")[0] for doc in docs]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KbError(f"{file}: not a search index of {generator} ({error}). Build the site again.") from error


def _names(file: Path, listed: str) -> list[str]:
    try:
        named = json.loads(listed)
        return [str(name) for name in (named.values() if isinstance(named, dict) else named)]
    except ValueError as error:
        raise KbError(f"{file}: not a search index ({error}). Build the site again.") from error


def _below(urls: list[str], folder: Path) -> list[str]:
    """Addresses of pages from the folder on: VitePress writes them with the base that the site is served at."""
    base = next((base for base in _bases(urls) if all(_is_page(folder, url.removeprefix(base)) for url in urls)), "/")
    return [url.removeprefix(base) for url in urls]


def _bases(urls: list[str]) -> Iterator[str]:
    parts = urls[0].split("/")[:-1] if urls else []
    yield from ("/".join(parts[: n + 1]) + "/" for n in range(len(parts)))


def _is_page(folder: Path, url: str) -> bool:
    name = page_name(unquote(url.partition("#")[0]))
    return any((folder / file).is_file() for file in (f"{name}.html", f"{name}/index.html".lstrip("/")))
