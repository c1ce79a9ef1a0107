"""What a built page says around its text: names, addresses, its navigation; and where marks go into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from index.alternates.marks import CLOSE, IMAGES, LINKS, MARK, MOST, OPEN, Marked
from index.reading.elements import collapsed, skipped

_STRESS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code"}
_NO_MARKS_WITHIN = {"pre", "code"}


@dataclass(frozen=True)
class Built:
    """One HTML file of a site, published at `url` (from the site's root)."""

    source: bytes
    url: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.source or b"<p>", parser=html.HTMLParser(encoding="utf-8"))

    @property
    def lang(self) -> str:
        return (self.tree.get("lang") or "").strip()

    @property
    def canonical(self) -> str:
        """The page's address as it says itself, "" where it says none."""
        return self._first("//link[@rel='canonical']/@href")

    @property
    def site_name(self) -> str:
        return self._first("//meta[@property='og:site_name']/@content") or self._first("//head/title/text()")

    @property
    def description(self) -> str:
        return self._first("//meta[@name='description']/@content")

    @property
    def noindex(self) -> bool:
        """Whether it asks search engines to leave it out."""
        robots = ",".join(self.tree.xpath("//meta[@name='robots']/@content")).lower()
        return bool({"noindex", "none"} & {word.strip() for word in robots.split(",")})

    def translations(self) -> dict[str, str]:
        """Where the page says that it is in each language, its own among them: addresses as it gives them."""
        links = self.tree.xpath(
            "//link[@hreflang][@href][contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')]"
        )
        return {str(link.get("hreflang")): str(link.get("href")) for link in links}

    def home(self) -> str:
        """Where its language begins: the folder of the language's name if the page lies in that, else the root."""
        first = self.url.split("/")[1]
        return f"/{first}/" if first.lower() == self.lang.lower() and self.url.count("/") > 1 else "/"

    def has_class(self, name: str) -> bool:
        """Whether an author gave the page's main heading this class."""
        return any(name in (heading.get("class") or "").split() for heading in self.tree.xpath("//h1"))

    def menu(self) -> Iterator[tuple[str, list[str]]]:
        """The page's largest navigation: the name of each of its parts, and the pages of the site in it."""
        navs = self.tree.xpath("//nav[not(ancestor::article)][not(ancestor::nav)]")
        largest = max(navs, key=lambda nav: len(nav.xpath(".//li//a[@href]")), default=None)
        for item in [] if largest is None else largest.xpath(".//li[not(ancestor::li)]"):
            urls = list(dict.fromkeys(self._pages(item.xpath(".//a[@href][not(@hreflang)]/@href"))))
            name = next((text for text in map(collapsed, item.itertext()) if text), "")
            yield (name if item.xpath(".//ul|.//ol") else ""), urls

    def marked(self) -> Marked:
        """The page with marks around its links, code, stress and images; as it is if its text has such characters."""
        if MARK.search(self.source.decode("utf-8", "replace")):
            return Marked(self.source)
        tree = html.document_fromstring(self.source or b"<p>", parser=html.HTMLParser(encoding="utf-8"))
        targets: list[str] = []
        words: list[str] = []
        for element in list(tree.iter("a", "img", *_STRESS)):
            within = {above.tag for above in element.iterancestors()}
            if within & _NO_MARKS_WITHIN or len(targets) == MOST or skipped(element):
                continue
            if element.tag in _STRESS:
                kind = _STRESS[element.tag]
                _around(element, OPEN[kind], CLOSE[kind])
                continue
            target = element.get("href" if element.tag == "a" else "src")
            if not target:
                continue
            if element.tag == "a":
                _around(element, OPEN["a"], chr(LINKS + len(targets)))
            elif collapsed(element.get("alt") or ""):
                _before(element, chr(IMAGES + len(targets)))
            targets.append(target)
            words.append(collapsed(element.get("alt") or ""))
        return Marked(etree.tostring(tree, encoding="utf-8", method="html"), tuple(targets), tuple(words))

    def _pages(self, links: list[str]) -> Iterator[str]:
        for link in links:
            try:
                target = urlsplit(urljoin(f"http://site{self.url}", link))
            except ValueError:  # no address
                continue
            if target.netloc == "site" and not link.startswith("#"):
                yield unquote(target.path)

    def _first(self, path: str) -> str:
        return next((text for found in self.tree.xpath(path) if (text := collapsed(str(found)))), "")


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
