"""What a built page says around its text: names, addresses, its navigation; and where marks go into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from index.alternates.marks import CLOSE, IMAGES, LINKS, MARK, MOST, OPEN, Marked
from index.reading.built import left_out, parsed, translations
from index.reading.elements import collapsed, skipped

_STRESS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code"}
_NO_MARKS_WITHIN = {"pre", "code"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says of itself in its head, "" where it does not; and the classes of its main headings."""

    lang: str
    canonical: str  # its address
    site_name: str
    description: str
    noindex: bool  # it asks search engines to leave it out
    classes: frozenset[str]
    translations: Mapping[str, str]  # addresses by language, its own among them, as it gives them


@dataclass(frozen=True)
class Built:
    """One HTML file of a site, published at `url` (from the site's root)."""

    source: bytes
    url: str

    @cached_property
    def stated(self) -> Stated:
        tree = self._tree()
        return Stated(
            lang=(tree.get("lang") or "").strip(),
            canonical=_first(tree, "//link[@rel='canonical']/@href"),
            site_name=_first(tree, "//meta[@property='og:site_name']/@content") or _first(tree, "//head/title/text()"),
            description=_first(tree, "//meta[@name='description']/@content"),
            noindex=left_out(tree),
            classes=frozenset(name for heading in tree.xpath("//h1") for name in (heading.get("class") or "").split()),
            translations=translations(tree),
        )

    def home(self) -> str:
        """Where its language begins: the folder of the language's name if the page lies in that, else the root."""
        first = self.url.split("/")[1]
        return f"/{first}/" if first.lower() == self.stated.lang.lower() and self.url.count("/") > 1 else "/"

    def menu(self) -> Iterator[tuple[str, list[str]]]:
        """The page's largest navigation: the name of each of its parts, and the pages of the site in it."""
        navs = self._tree().xpath("//nav[not(ancestor::article)][not(ancestor::nav)]")
        largest = max(navs, key=lambda nav: len(nav.xpath(".//li//a[@href]")), default=None)
        for entry in [] if largest is None else largest.xpath(".//li[not(ancestor::li)]"):
            urls = list(dict.fromkeys(self._pages(entry.xpath(".//a[@href][not(@hreflang)]/@href"))))
            name = next((text for text in map(collapsed, entry.itertext()) if text), "")
            yield (name if entry.xpath(".//ul|.//ol") else ""), urls

    def marked(self) -> Marked:
        """The page with marks around its links, code, stress and images; as it is if its text has such characters."""
        if MARK.search(self.source.decode("utf-8", "replace")):
            return Marked(self.source)
        tree = self._tree()
        targets: list[str] = []
        words: list[str] = []
        for element in list(tree.iter("a", "img", *_STRESS)):
            within = {above.tag for above in element.iterancestors()}
            if within & _NO_MARKS_WITHIN or len(targets) == MOST or skipped(element):
                continue
            if element.tag in _STRESS:
                kind = _STRESS[element.tag]
                _around(element, OPEN[kind], CLOSE[kind])
            elif target := element.get("href" if element.tag == "a" else "src"):
                words.append(collapsed(element.get("alt") or ""))
                if element.tag == "a":
                    _around(element, OPEN["a"], chr(LINKS + len(targets)))
                elif words[-1]:
                    _before(element, chr(IMAGES + len(targets)))
                targets.append(target)
        return Marked(etree.tostring(tree, encoding="utf-8", method="html"), tuple(targets), tuple(words))

    def _pages(self, links: list[str]) -> Iterator[str]:
        for link in links:
            try:
                target = urlsplit(urljoin(f"http://site{self.url}", link))
            except ValueError:  # no address
                continue
            if target.netloc == "site" and not link.startswith("#"):
                yield unquote(target.path)

    def _tree(self) -> html.HtmlElement:
        """It is not kept: a site may have very many pages."""
        return parsed(self.source)


def _first(tree: html.HtmlElement, path: str) -> str:
    return next((text for value in tree.xpath(path) if (text := collapsed(str(value)))), "")


def _around(element: html.HtmlElement, opening: str, closing: str) -> None:
    """Put marks at the beginning and the end of an element's text, within the white space at its edges."""
    text = element.text or ""
    kept = len(text) - len(text.lstrip())
    element.text = text[:kept] + opening + text[kept:]
    last = element[-1] if len(element) else None
    text = (element.text if last is None else last.tail) or ""
    kept = len(text.rstrip())
    text = text[:kept] + closing + text[kept:]
    if last is None:
        element.text = text
    else:
        last.tail = text


def _before(element: html.HtmlElement, mark: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + mark
    elif parent is not None:
        parent.text = (parent.text or "") + mark
