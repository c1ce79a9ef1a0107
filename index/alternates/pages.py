"""The pages of a built site as a program reads them: in the order of the navigation, with their Markdown."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from index.alternates.head import Built
from index.alternates.inline import Inline
from index.alternates.markdown import markdown
from index.alternates.marks import Marked, with_marks
from index.errors import KbError
from index.html_files import html_files
from index.reading.drafts import to_section
from index.reading.page import read_page
from index.reading.site import Site
from index.records import Section, Span

_SCHEMES = {"", "http", "https", "mailto"}
_STOPS = (".", "!", "?", "。", "！", "？")
_OWN_HOSTS = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Page:
    """A page of the index: its sections as they are, with marks, and where its links lead."""

    built: Built
    lang: str
    sections: tuple[Section, ...]

    @property
    def url(self) -> str:
        """From the site's root."""
        return self.built.url

    @property
    def title(self) -> str:
        """Of its first section that has one."""
        return next((section.title for section in self.sections if section.title), self.url)

    def summary(self, home: Built) -> str:
        """What the page says of itself, if that is whole and not what all pages say; else its first sentence."""
        own = self.built.stated.description
        if own and own != home.stated.description and not own.endswith(("…", "...")):
            return own
        return next((sentence for kind in (_in_paragraph, _anywhere) for sentence in self._sentences(kind)), "")

    def _sentences(self, counts: Callable[[Section, Span], bool]) -> Iterator[str]:
        for section in self.sections:
            yield from (section.quote(span) for span in section.sentences if counts(section, span))

    @property
    def root(self) -> str:
        """The site's address with a slash at its end, as the page says its own; "" if that names no other's host."""
        return root_of(self.built)

    @property
    def twin(self) -> str:
        """The address of its Markdown."""
        return twin_of(self.url)

    @cached_property
    def marked(self) -> tuple[Marked, tuple[Section, ...]]:
        """The page with marks, and its sections with those that leave their text as it is."""
        marked = self.built.marked()
        read = {
            (section := to_section(draft, "", self.lang, self.url, ())).url: section
            for draft in read_page(marked.source, self.url).drafts
        }
        return marked, tuple(with_marks(section, read.get(section.url)) for section in self.sections)

    def markdown(self, folder: str) -> str:
        """Its text, for a file in a folder of the site ("/en/"): links lead on from there, or are whole addresses."""
        marked, sections = self.marked
        inline = Inline(lambda n: link(marked.targets[n], self, folder), lambda n: marked.words[n])
        return markdown(sections, inline)


def _in_paragraph(section: Section, span: Span) -> bool:
    """A whole sentence outside of lists, tables and notes."""
    within = any(form.start <= span.start < form.end for form in section.forms)
    return not within and section.quote(span).endswith(_STOPS)


def _anywhere(section: Section, span: Span) -> bool:
    return True


def pages(folder: Path, site: Site) -> list[Page]:
    """The pages of a site that are searched, in the order of their files; who asks not to be indexed is left out."""
    searched = []
    for url, sections in groupby(site.sections, lambda section: section.url.partition("#")[0]):
        built = built_page(folder, url)
        if not built.stated.noindex:
            own = tuple(sections)
            searched.append(Page(built, own[0].lang, own))
    return searched


def all_built(folder: Path) -> Iterator[Built]:
    """Every HTML file of a site, whether it is searched or not, one at a time."""
    for file in html_files(folder):
        yield Built(file.read_bytes(), url_of(file.relative_to(folder).as_posix()))


def built_page(folder: Path, url: str) -> Built:
    """The file of a page. Raises KbError if it is gone."""
    file = folder / file_of(url)
    try:
        return Built(file.read_bytes(), url)
    except OSError as error:
        raise KbError(f"{file}: cannot be read ({error.strerror}). Build the site again.") from None


def file_of(url: str) -> str:
    """`/faq/` is `faq/index.html`."""
    return f"{url}index.html"[1:] if url.endswith("/") else url[1:]


def url_of(file: str) -> str:
    """`faq/index.html` is `/faq/`."""
    return f"/{file}".removesuffix("index.html") if f"/{file}".endswith("/index.html") else f"/{file}"


def twin_of(url: str) -> str:
    """Where a page's Markdown is: `/faq/index.md` beside `/faq/`, `/faq.md` beside `/faq.html`."""
    return f"/{file_of(url).removesuffix('.html')}.md"


def root_of(page: Built) -> str:
    """The address of the site that a page's canonical address gives; "" for one that only this machine has."""
    whole = page.stated.canonical
    try:
        host = urlsplit(whole).hostname
    except ValueError:  # no address
        return ""
    if host is None or host in _OWN_HOSTS or not whole.endswith(page.url):
        return ""
    return whole.removesuffix(page.url) + "/"


def link(target: str, page: Page, folder: str) -> str:
    """Where a link of a page leads, seen from a folder of the site; "" for what is no address of a document."""
    try:
        parts = urlsplit(target)
        whole = urljoin(page.url, target)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES:
        return ""
    if parts.scheme or parts.netloc:
        return target
    return place(whole, page.root, folder)


def place(path: str, root: str, folder: str) -> str:
    """An address of the site: below `root` if that is known, else the way from `folder`, which holds everywhere."""
    if root:
        return root + path[1:]
    target, mark, fragment = path.partition("#")
    if mark and target == folder:
        return mark + fragment
    way = posixpath.relpath(target, folder)
    return (f"{way}/" if target.endswith("/") else way) + mark + fragment


def folders(searched: list[Page], langs: tuple[str, ...]) -> dict[str, list[Page]]:
    """The pages by the folder that has a list of its own: that of each further language, the root for all else."""
    by_folder: dict[str, list[Page]] = {"/": []}
    for lang in langs:
        own = [page for page in searched if page.lang == lang]
        first = {page.url.split("/")[1] for page in own if page.url.count("/") > 1}
        alone = lang != langs[0] and len(first) == 1 and all(page.url.count("/") > 1 for page in own)
        by_folder.setdefault(f"/{first.pop()}/" if alone else "/", []).extend(own)
    return {folder: own for folder, own in by_folder.items() if own}


def in_order(searched: list[Page], home: Built) -> Iterator[tuple[str | None, list[Page]]]:
    """The pages by the parts of the navigation ("" for none), then under None those that it does not lead to."""
    left = {page.url: page for page in searched}
    for name, urls in home.menu():
        listed = (url.removesuffix("index.html") if url.endswith("/index.html") else url for url in urls)
        if own := [left.pop(url) for url in listed if url in left]:
            yield name, own
    if left:
        yield None, list(left.values())
