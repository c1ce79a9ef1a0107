"""One built HTML page to its sections: the only file that knows HTML.

Works on the markup that Material for MkDocs publishes and on any page with a <main> or <article>. What the theme
adds around the text (permalinks, buttons, line numbers) and what `data-search-exclude` hides is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from index.reading.forms import Around, Piece, around, code, forms, row
from index.reading.markup import HEADINGS, SKIPPED_CLASSES, SKIPPED_ELEMENTS, phrasings
from index.reading.sentences import sentences
from index.records import Section, Span

# Terms of a glossary's row that are searched but not shown: `<!-- also albctl, alb ctl -->` in one of its cells.
_ALSO = re.compile(r"\s*also\s+(.*)", re.DOTALL)
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"),
    *("s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img", "input", "ruby", "rt"),
}
# Classes that an author gives a heading: its topic is not covered; its table lists equal terms, the last cell apart;
# it warns of something that belongs to every answer about the same rules.
NOT_COVERED, GLOSSARY, WARNING = "not-covered", "glossary", "warning"


@dataclass(frozen=True, slots=True)
class Page:
    """What one HTML file holds: `lang` is '' if it names none, `drafts` is empty for a redirect.

    `listed`: where its navigation leads, as paths from the site's root.
    """

    url: str
    lang: str
    drafts: "list[Draft]"
    listed: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A section while its page is being read; its links are still paths of URLs."""

    level: int
    anchor: str
    title: str
    path: tuple[str, ...]
    hidden: bool
    covered: bool
    glossary: bool = False
    warning: bool = False
    blocks: list[str] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)  # quotable pieces of each block
    unshown: dict[int, str] = field(default_factory=dict)  # terms in comments of a glossary's row, by its place
    within: list[tuple[Around, ...]] = field(default_factory=list)  # what gives each block its form
    links: list[str] = field(default_factory=list)
    phrasings: list[str] = field(default_factory=list)


def read_page(source: bytes, url: str) -> Page:
    """Read one HTML file, published at `url` (from the site's root)."""
    try:
        tree = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # an empty file
        return Page(url, "", [])
    lang = (tree.get("lang") or "").strip().lower()
    redirects = tree.xpath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']")
    content = None if redirects else _content(tree)
    if content is None:
        return Page(url, lang, [])
    reader = _Reader(url)
    reader.read(content)
    reader.flush()
    return Page(url, lang, [draft for draft in reader.drafts if not draft.hidden], tuple(_listed(tree, url)))


def to_section(draft: Draft, page: str, lang: str, url: str, links: Iterable[str]) -> Section:
    """The finished record; a block's quotable spans are its sentences, a table row's are its cells' sentences."""
    spans: list[Span] = []
    pieces: list[Piece] = []
    at = 0
    for block, cells, within in zip(draft.blocks, draft.cells, draft.within, strict=True):
        pieces.append((at, at + len(block), within))
        offset = at
        for cell in cells:
            spans += sentences(cell, offset)
            offset += len(cell) + 1
        at += len(block) + 1
    fragment = f"#{draft.anchor}" if draft.anchor else ""
    return Section(
        id=page + fragment,
        lang=lang,
        title=draft.title,
        path=draft.path,
        url=url + fragment,
        text="\n".join(draft.blocks),
        sentences=tuple(spans),
        phrasings=tuple(draft.phrasings),
        links=tuple(dict.fromkeys(links)),
        covered=draft.covered,
        warning=draft.warning,
        synonyms=tuple(
            _terms(row, draft.unshown.get(place, ""))
            for place, row in enumerate(draft.cells)
            if draft.glossary and len(row) > 1
        ),
        forms=forms(pieces),
    )


def _terms(row: tuple[str, ...], unshown: str) -> tuple[str, ...]:
    """The terms of a glossary's row, its main ones first: `AGC, AGfC` in one cell are two; the meaning is left out."""
    terms = (term.strip() for cell in (*row[:-1], unshown) for term in re.split("[,、]", cell))
    return tuple(dict.fromkeys(term for term in terms if term))


def _listed(tree: html.HtmlElement, url: str) -> Iterator[str]:
    """Where the links of navigations lead; what stands in the text, and other languages, are no part of it."""
    for link in tree.xpath("//nav[not(ancestor::article)]//a[@href][not(@hreflang)]/@href"):
        if not link.startswith("#") and (target := urlsplit(urljoin(f"http://site{url}", link))).netloc == "site":
            yield unquote(target.path)


def _content(tree: html.HtmlElement) -> html.HtmlElement | None:
    material = "//article[contains(@class,'md-content__inner')]"
    for path in (material, "//main", "//*[@role='main']", "//article", "//body"):
        if found := tree.xpath(path):
            return found[0]
    return None


class _Reader:
    """Walks the content once; gathers inline text and closes it into a block at every block element."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.drafts: list[Draft] = []
        self.open: list[Draft] = []  # headings that the current text is under, outermost first
        self.inline: list[str] = []
        self.within: tuple[Around, ...] = ()  # what gives the current text its form, outermost first

    def read(self, element: html.HtmlElement) -> None:
        self._text(element.text)
        for child in element:
            self._child(child)
            self._text(child.tail)

    def _child(self, child: html.HtmlElement) -> None:
        if not isinstance(child.tag, str):
            self._comment(child)
        elif _skipped(child):
            return
        elif self._starts_section(child):
            self.flush()
            self._heading(child)
        elif child.tag == "br":
            self.flush()
        elif child.tag == "pre":
            self.flush()
            # Code is shown, but it is no answer.
            self._add(_plain(child).strip("\n"), quotable=False, form=code(_near(child)))
        elif child.tag == "tr" and child.find(".//pre") is None:  # code with line numbers is a table, too
            self.flush()
            self._link_all(child)
            tags = [cell.tag for cell in child if cell.tag in ("td", "th")]
            cells = [_lines(cell) for cell in child if cell.tag in ("td", "th") and not _skipped(cell)]
            self._add(*map(" ".join, cells), form=row(cells, heads="td" not in tags or _within(child, "thead")))
            self._unshown(child)
        elif child.tag in _INLINE:
            self._link(child)
            self.read(child)
        else:
            self.flush()
            before, outside = self.open, self.within
            if form := around(child.tag, _classes(child), child.get("start") or ""):
                self.within = (*outside, form)
            self.read(child)
            self.flush()
            self.within = outside
            # A heading inside an element (an admonition, a tab) does not own what follows it, if there was one before.
            self.open = before or self.open

    def _starts_section(self, element: html.HtmlElement) -> bool:
        """A heading with an id, or the page's first h1: no other can be linked to."""
        first = element.tag == "h1" and all(draft.anchor or not draft.title for draft in self.drafts)
        return element.tag in HEADINGS and (first or bool(_anchor(element)))

    def _heading(self, element: html.HtmlElement) -> None:
        level = int(element.tag[1])
        above = [draft for draft in self.open if draft.level < level]
        classes = _classes(element)
        draft = Draft(
            level=level,
            anchor=_anchor(element),
            title=_collapsed(_plain(element)),
            path=tuple(parent.title for parent in above if parent.title),
            hidden=element.get("data-search-exclude") is not None,
            covered=NOT_COVERED not in classes,
            glossary=GLOSSARY in classes,
            warning=WARNING in classes,
        )
        page = next((page for page in self.drafts if not page.anchor), None)
        if page and not draft.anchor:  # text came before the page's h1
            page.title, draft = draft.title, page
        else:
            self.drafts.append(draft)
        self.open = [*above, draft]

    def _current(self) -> Draft:
        if not self.open:  # text before any heading: the page itself
            self.open = [Draft(1, "", "", (), False, True)]
            self.drafts.append(self.open[0])
        return self.open[-1]

    def _text(self, text: str | None) -> None:
        if text:
            self.inline.append(text)

    def flush(self) -> None:
        if text := _collapsed("".join(self.inline)):
            self._add(text)
        self.inline = []

    def _add(self, *cells: str, quotable: bool = True, form: Around | None = None) -> None:
        if any(cells):
            current = self._current()
            current.blocks.append("\t".join(cells))
            current.cells.append(cells if quotable else ())
            current.within.append((*self.within, form) if form else self.within)

    def _comment(self, comment: html.HtmlElement) -> None:
        if found := phrasings(comment.text or ""):
            self._current().phrasings += found

    def _unshown(self, row: html.HtmlElement) -> None:
        found = (_ALSO.fullmatch(comment.text or "") for comment in row.iter(etree.Comment))
        if terms := ",".join(match[1] for match in found if match):
            current = self._current()
            current.unshown[len(current.cells) - 1] = terms

    def _link_all(self, element: html.HtmlElement) -> None:
        for anchor in element.iter("a"):
            self._link(anchor)

    def _link(self, element: html.HtmlElement) -> None:
        target = element.get("href") if element.tag == "a" else None
        try:
            if target and not urlsplit(target).scheme and not target.startswith(("#", "//")):
                self._current().links.append(unquote(urlsplit(urljoin(self.url, target)).path))
        except ValueError:  # no address, such as http://[x; it leads nowhere in this site either
            return


def _anchor(heading: html.HtmlElement) -> str:
    """The id of a heading; where it has none, of the <section> that it opens, as Sphinx and Docutils publish it."""
    if own := heading.get("id"):
        return str(own)
    parent = heading.getparent()
    if parent is None or not (parent.tag == "section" or "section" in (parent.get("class") or "").split()):
        return ""
    opens = all(before.tag not in HEADINGS for before in heading.itersiblings(preceding=True))
    return str(parent.get("id") or "") if opens else ""


def _classes(element: html.HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _within(element: html.HtmlElement, tag: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == tag


def _near(pre: html.HtmlElement) -> Iterator[str]:
    """The classes of code, of the <code> in it and of what it stands in: one of them may name its language."""
    yield from _classes(pre)
    for element in [*pre.iter("code"), *islice(pre.iterancestors(), 3)]:
        yield from _classes(element)


def _skipped(element: html.HtmlElement) -> bool:
    return (
        element.tag in SKIPPED_ELEMENTS
        or not SKIPPED_CLASSES.isdisjoint(_classes(element))
        or element.get("hidden") is not None
        or (element.get("data-search-exclude") is not None and element.tag not in HEADINGS)
    )


def _plain(element: html.HtmlElement) -> str:
    return "".join(_pieces(element, " "))


def _lines(cell: html.HtmlElement) -> list[str]:
    """A cell may hold lines, paragraphs or a list; a null is no character of HTML."""
    lines = (_collapsed(line) for line in "".join(_pieces(cell, "\0")).split("\0"))
    return [line for line in lines if line]


def _pieces(element: html.HtmlElement, between: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _skipped(child):
            gap = "" if child.tag in _INLINE else between
            yield from (gap, *_pieces(child, between), gap)
        yield child.tail or ""


def _collapsed(text: str) -> str:
    """White space as a browser shows it: ideographic and no-break spaces are text and stay."""
    return re.sub("[ \\t\\n\\r\\f]+", " ", text).strip(" ")
