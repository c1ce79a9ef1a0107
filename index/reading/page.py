"""One built HTML page to its sections: it walks the HTML once.

Works on the markup that Material for MkDocs publishes and on any page with a <main> or <article>. What the theme
adds around the text (permalinks, buttons, line numbers) and what `data-search-exclude` hides is left out.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from index.reading.drafts import Draft, Page
from index.reading.elements import INLINE, anchor, classes, collapsed, lines, near_code, plain, skipped, within
from index.reading.forms import Around, around, code, row
from index.reading.markup import HEADINGS, phrasings

# Terms of a glossary's row that are searched but not shown: `<!-- also albctl, alb ctl -->` in one of its cells.
_ALSO = re.compile(r"\s*also\s+(.*)", re.DOTALL)
# Classes that an author gives a heading: its topic is not covered; its table lists equal terms, the last cell apart;
# it warns of something that belongs to every answer about the same rules; it states what another source says.
NOT_COVERED, GLOSSARY, WARNING, OTHER_SOURCE = "not-covered", "glossary", "warning", "other-source"


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
        elif skipped(child):
            return
        elif self._starts_section(child):
            self.flush()
            self._heading(child)
        elif child.tag == "br":
            self.flush()
        elif child.tag == "pre":
            self.flush()
            # Code is shown, but it is no answer.
            self._add(plain(child).strip("\n"), quotable=False, form=code(near_code(child)))
        elif child.tag == "tr" and child.find(".//pre") is None:  # code with line numbers is a table, too
            self.flush()
            self._link_all(child)
            tags = [cell.tag for cell in child if cell.tag in ("td", "th")]
            cells = [lines(cell) for cell in child if cell.tag in ("td", "th") and not skipped(cell)]
            self._add(*map(" ".join, cells), form=row(cells, heads="td" not in tags or within(child, "thead")))
            self._unshown(child)
        elif child.tag in INLINE:
            self._link(child)
            self.read(child)
        else:
            self.flush()
            before, outside = self.open, self.within
            if form := around(child.tag, classes(child), child.get("start") or ""):
                self.within = (*outside, form)
            self.read(child)
            self.flush()
            self.within = outside
            # A heading inside an element (an admonition, a tab) does not own what follows it, if there was one before.
            self.open = before or self.open

    def _starts_section(self, element: html.HtmlElement) -> bool:
        """A heading with an id, or the page's first h1: no other can be linked to."""
        first = element.tag == "h1" and all(draft.anchor or not draft.title for draft in self.drafts)
        return element.tag in HEADINGS and (first or bool(anchor(element)))

    def _heading(self, element: html.HtmlElement) -> None:
        level = int(element.tag[1])
        above = [draft for draft in self.open if draft.level < level]
        given = classes(element)
        draft = Draft(
            level=level,
            anchor=anchor(element),
            title=collapsed(plain(element)),
            path=tuple(parent.title for parent in above if parent.title),
            hidden=element.get("data-search-exclude") is not None,
            covered=NOT_COVERED not in given,
            glossary=GLOSSARY in given,
            warning=WARNING in given,
            other_source=OTHER_SOURCE in given,
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
        if text := collapsed("".join(self.inline)):
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
        for link in element.iter("a"):
            self._link(link)

    def _link(self, element: html.HtmlElement) -> None:
        target = element.get("href") if element.tag == "a" else None
        try:
            if target and not urlsplit(target).scheme and not target.startswith(("#", "//")):
                self._current().links.append(unquote(urlsplit(urljoin(self.url, target)).path))
        except ValueError:  # no address, such as http://[x; it leads nowhere in this site either
            return
