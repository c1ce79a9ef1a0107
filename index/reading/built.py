"""A page of a built site as a tree, and what it says of itself: language, translations, who may find it, its links."""

from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

_LEFT_OUT = {"noindex", "none"}
DEEPEST = 120  # elements in one another, which who reads a page goes down: pages of generators have some thirty
_TOO_DEEP = "/*" * DEEPEST + "[*]"


def parsed(source: bytes) -> html.HtmlElement:
    """The tree of a page; of an empty file, that of an empty page. What is nested deeper than DEEPEST is text alone."""
    try:
        tree = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return html.document_fromstring(b"<p>", parser=html.HTMLParser(encoding="utf-8"))
    for element in cast(list[html.HtmlElement], tree.xpath(_TOO_DEEP)):
        text = element.text_content()
        element[:] = []
        element.text = text
    return tree


def left_out(tree: html.HtmlElement) -> bool:
    """Whether it asks search engines to leave it out."""
    robots = ",".join(map(str, tree.xpath("//meta[@name='robots']/@content"))).lower()
    return not _LEFT_OUT.isdisjoint(word.strip() for word in robots.split(","))


def translations(tree: html.HtmlElement) -> dict[str, str]:
    """Addresses by language, its own among them, as it gives them."""
    alternate = "contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')"
    links = tree.xpath(f"(//head | //body)/link[@hreflang][@href][{alternate}]")
    return {str(link.get("hreflang")): str(link.get("href")) for link in links}


def language(element: html.HtmlElement) -> str:
    """The language that an element names, else the one around it: a page may stand in for its own translation."""
    named = next((around.get("lang") for around in (element, *element.iterancestors()) if around.get("lang")), "")
    return str(named).strip().lower().replace("_", "-")


def navigated(tree: html.HtmlElement, url: str) -> Iterator[str]:
    """Where the links of navigations lead; what stands in the text, and other languages, are no part of it."""
    for link in tree.xpath("//nav[not(ancestor::article)]//a[@href][not(@hreflang)]/@href"):
        if not link.startswith("#") and (target := urlsplit(urljoin(f"http://site{url}", link))).netloc == "site":
            yield unquote(target.path)


def links_and_places(source: bytes) -> tuple[list[str], frozenset[str]]:
    """Where its links lead, each once, and what can be named behind `#`."""
    tree = parsed(source)
    links = dict.fromkeys(map(str, tree.xpath("//a/@href")))
    return list(links), frozenset(map(str, (*tree.xpath("//@id"), *tree.xpath("//a/@name"))))
