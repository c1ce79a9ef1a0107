"""Writes what stands beside a built site's pages for programs. The same site gives the same bytes."""

from collections.abc import Iterator
from pathlib import Path

from index.alternates.feed import write_feed
from index.alternates.head import Stated
from index.alternates.llms import llms, llms_full
from index.alternates.pages import Page, all_built, built_page, file_of, folders, pages
from index.alternates.questions import add_questions
from index.alternates.sitemap import write_sitemaps
from index.reading.site import Site

# The last line of each file says whose it is: what an author wrote is never written over.
OURS = "<!-- written by kb from the built page -->"


def write_all(folder: Path, site: Site) -> None:
    """All of it, into the folder of a site of our own: it changes pages and sitemaps, too."""
    searched = pages(folder, site)
    _write_markdown(folder, searched, site.langs)
    add_questions(folder, searched)
    stated: list[Stated] = []
    for page in all_built(folder):
        stated.append(page.stated)
        write_feed(folder, page)
    write_sitemaps(folder, stated)


def write_markdown(folder: Path, site: Site) -> int:
    """Each page's Markdown, llms.txt and llms-full.txt into the folder of a built site; how many files that are."""
    return _write_markdown(folder, pages(folder, site), site.langs)


def _write_markdown(folder: Path, searched: list[Page], langs: tuple[str, ...]) -> int:
    return sum(_write(folder / name, text) for name, text in _texts(folder, searched, langs))


def _texts(folder: Path, searched: list[Page], langs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for page in searched:
        yield page.twin[1:], page.markdown(page.url[: page.url.rindex("/") + 1])
    by_folder = folders(searched, langs)
    homes = {
        at: built_page(folder, at if (folder / file_of(at)).is_file() else min((page.url for page in own), key=len))
        for at, own in by_folder.items()
    }
    for at, own in by_folder.items():
        yield f"{at}llms.txt"[1:], llms(at, own, homes[at], homes)
        yield f"{at}llms-full.txt"[1:], llms_full(at, own, homes[at])


def _write(file: Path, text: str) -> bool:
    """Write a file unless an author's own is there."""
    if file.is_file() and not file.read_bytes().rstrip().endswith(OURS.encode()):
        return False
    file.write_text(f"{text}\n\n{OURS}\n", "utf-8", newline="\n")
    return True
