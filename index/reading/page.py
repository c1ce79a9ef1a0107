"""One built HTML page to its sections: it walks the HTML once.

Works on the markup that Material for MkDocs publishes, on that of the generators that generators.py names, and on any
page with a <main> or <article>. What the theme adds around the text (permalinks, buttons, line numbers) and what
`data-search-exclude` or `data-pagefind-ignore` hides is left out.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from index.reading.built import language, navigated, parsed
from index.reading.drafts import Draft, Page
from index.reading.elements import (
    FILE_TITLE,
    INLINE,
    LABELS,
    OF_OBJECT,
    anchor,
    classes,
    code_text,
    collapsed,
    depth,
    is_term,
    lines,
    near_code,
    object_name,
    pictured,
    plain,
    skipped,
    within,
)
from index.reading.footnotes import footnotes
from index.reading.forms import Around, around, code, row, says_only_its_kind
from index.reading.generators import adapt, alternates, content_of, follows, searched, tool
from index.reading.markup import HEADINGS, phrasings
from index.reading.sentences import ends_here
from index.records import Link

# Terms of a glossary's row that are searched but not shown: `<!-- also albctl, alb ctl -->` in one of its cells.
_ALSO = re.compile(r"\s*also\s+(.*)", re.DOTALL)
# What a link may lead to: a path of this site, or a page of the web.
_PAGE = re.compile(r"/(?![/\\])|https?://")
# Classes that an author gives a heading: its topic is not covered; its table lists equal terms, the last cell apart;
# it warns of something that belongs to every answer about the same rules; it states what another source says.
NOT_COVERED, GLOSSARY, WARNING, OTHER_SOURCE = "not-covered", "glossary", "warning", "other-source"


def read_page(source: bytes, url: str) -> Page:
    """Read one HTML file, published at `url` (from the site's root)."""
    tree = parsed(source)
    lang = language(tree)
    redirects = tree.xpath("//meta[translate(@http-equiv,'REFSH','refsh')='refresh']")
    content = None if redirects else content_of(tree)
    if content is None:
        return Page(url, lang, [])
    lang = language(content) or lang
    listed, twins, shown = tuple(navigated(tree, url)), alternates(tree), searched(tree)
    named, about = follows(tree), tool(tree)
    marked = content.get("data-pagefind-body") is not None
    adapt(content)
    reader = _Reader(url, footnotes(content))
    reader.read(content)
    reader.finish()
    drafts = [draft for draft in reader.drafts if not draft.hidden]
    return Page(url, lang, drafts, listed, twins, shown, marked, named, about)


class _Reader:
    """Walks the content once; gathers inline text and closes it into a block at every block element."""

    def __init__(self, url: str, notes: Mapping[html.HtmlElement, html.HtmlElement]) -> None:
        self.url, self.notes = url, notes
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
        elif child in self.notes:
            self._current().notes.append(self.notes[child])
        elif not skipped(child):
            self._shown(child)

    def _shown(self, child: html.HtmlElement) -> None:
        if self._starts_section(child):
            self.flush()
            self._heading(child)
        elif child.tag == "br":
            self._break()
        elif child.tag == "pre":
            self.flush()
            self._add(code_text(child), quotable=False, form=code(near_code(child)))  # code is no answer
        elif not LABELS.isdisjoint(classes(child)):
            self._label(child)
        elif child.tag == "tr" and child.find(".//pre") is None:  # code with line numbers is a table, too
            self._row(child)
        elif child.tag in INLINE:
            self._link(child)
            self.read(child)
        else:
            self._block(child)

    def _block(self, child: html.HtmlElement) -> None:
        """A heading inside an element (an admonition, a tab) does not own what follows it, if there was one before."""
        self.flush()
        if OF_OBJECT in classes(child):
            self._to_object()
        before, outside = self.open, self.within
        if form := around(child.tag, classes(child), child.get("start") or ""):
            self.within = (*outside, form)
        self.read(child)
        self.flush()
        self.within, self.open = outside, before or self.open

    def _row(self, child: html.HtmlElement) -> None:
        self.flush()
        self._link_all(child)
        given = [cell for cell in child if cell.tag in ("td", "th")]
        cells = [lines(cell) for cell in given if not skipped(cell)]
        title = all(FILE_TITLE in classes(cell) for cell in given)
        heads = all(cell.tag == "th" for cell in given) or within(child, "thead")
        self._add(*map(" ".join, cells), quotable=not title, form=row(cells, heads=heads))
        self._unshown(child)
        for mark in child.iter("a") if self.notes else ():
            if mark in self.notes:
                self._current().notes.append(self.notes[mark])

    def _label(self, child: html.HtmlElement) -> None:
        """It is shown beside what it labels, and says nothing by itself."""
        self.flush()
        self._link_all(child)
        self._add(collapsed(plain(child)), quotable=False)

    def _break(self) -> None:
        """A break ends a line; the sentence goes on behind it, unless it is complete or another break follows."""
        if ends_here(collapsed("".join(self.inline))):
            self.flush()
        else:
            self.inline.append("\n")

    def _to_object(self) -> None:
        """Back to the documented object, behind the headings of its text."""
        objects = [n for n, draft in enumerate(self.open) if draft.names_object]
        self.open = self.open[: objects[-1] + 1] if objects else self.open

    def finish(self) -> None:
        """Close the last block, and give each section the notes that its text marks."""
        self.flush()
        for draft in self.drafts:
            self.open, self.within = [draft], ()
            for note in draft.notes:
                self.read(note)
                self.flush()

    def _starts_section(self, element: html.HtmlElement) -> bool:
        """A heading with an id, the page's first h1, a documented object, a term: no other can be linked to."""
        if element.tag == "dt":
            return bool(object_name(element)) or is_term(element)
        first = element.tag == "h1" and not any(draft.level == 1 and draft.title for draft in self.drafts)
        return element.tag in HEADINGS and (first or bool(anchor(element)))

    def _heading(self, element: html.HtmlElement) -> None:
        level = int(element.tag[1]) if element.tag in HEADINGS else len(HEADINGS) + depth(element)
        name = object_name(element)
        above = [draft for draft in self.open if draft.level < level]
        given = classes(element)
        draft = Draft(
            level=level,
            anchor=anchor(element),
            title=name or collapsed(plain(element)) or pictured(element),
            path=tuple(parent.title for parent in above if parent.title),
            hidden=element.get("data-search-exclude") is not None,
            covered=NOT_COVERED not in given,
            glossary=GLOSSARY in given,
            warning=WARNING in given,
            other_source=OTHER_SOURCE in given,
            names_object=bool(name),
            reference=bool(name) or any(parent.reference for parent in above),
        )
        page = None if draft.anchor else next((page for page in self.drafts if not page.anchor), None)
        if page:  # text came before the page's h1
            page.title, draft = draft.title, page
        else:
            self.drafts.append(draft)
        self.open = [*above, draft]
        if name and element.tag == "dt":  # its signature
            self.read(element)
            self.flush()

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
            current.cells.append(cells if quotable and not says_only_its_kind(cells, self.within) else ())
            current.within.append((*self.within, form) if form else self.within)

    def _comment(self, comment: html.HtmlElement) -> None:
        self._current().phrasings += phrasings(comment.text or "")
        if (comment.text or "").strip() == NOT_COVERED:  # where headings of Markdown cannot be given a class
            self._current().covered = False

    def _unshown(self, row: html.HtmlElement) -> None:
        matches = (_ALSO.fullmatch(comment.text or "") for comment in row.iter(etree.Comment))
        if terms := ",".join(match[1] for match in matches if match):
            self._current().unshown[len(self._current().cells) - 1] = terms

    def _link_all(self, element: html.HtmlElement) -> None:
        for link in element.iter("a"):
            self._link(link)

    def _link(self, element: html.HtmlElement) -> None:
        target = element.get("href") if element.tag == "a" and element not in self.notes else None
        try:
            if target and _PAGE.match(address := urljoin(self.url, target)):
                self._current().linked.append(Link(collapsed(plain(element)), address))
            if target and not urlsplit(target).scheme and not target.startswith(("#", "//")):
                self._current().links.append(unquote(urlsplit(urljoin(self.url, target)).path))
            elif target and target.startswith("https://"):
                self._current().cites.append(target)
        except ValueError:  # no address, such as http://[x; it leads nowhere in this site either
            return
