"""What generators publish differently, rewritten to the one shape that page.py reads.

Material, Zensical, Sphinx, Docusaurus, Starlight, VitePress, mdBook and Docsy mark the same things by other names.
"""

import re
from itertools import chain

from lxml import html

from index.reading.built import left_out, translations
from index.reading.elements import FILE_TITLE, LABEL, OF_OBJECT, classes, skipped
from index.reading.markup import HEADINGS
from index.reading.sources import followed
from index.reading.tabs import open_tabs
from index.records import Source

# Where the text of a page is: what its author says (Pagefind's attribute), what the generator says, what HTML says.
_CONTENT = (
    "//*[@data-pagefind-body]",
    "//article[contains(@class,'md-content__inner')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' vp-doc ')]",
    "//*[contains(@class,'theme-doc-markdown')]",
    "//article[contains(@class,'bd-article')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' td-content ')]",
    "//*[@id='mdbook-content']//main",
    "//main",
    "//*[@role='main']",
    "//article",
    "//body",
)
# Classes that stand for a class that the reader knows; `name_` stands for all that begin so (modules of CSS).
_NAMES = {
    "codeBlockTitle_": FILE_TITLE,
    "code-block-caption": FILE_TITLE,
    "admonitionHeading_": "admonition-title",
    "rubric": LABEL,
    "custom-block-title": "admonition-title",
    "starlight-aside__title": "admonition-title",
    "blockquote-tag-title": "admonition-title",
    "alert-heading": "admonition-title",
}
_MODULES = tuple(name for name in _NAMES if name.endswith("_"))
# Notes by a class, and before what the class stands that tells their kind.
_NOTES = {
    "theme-admonition": "theme-admonition-",
    "starlight-aside": "starlight-aside--",
    "blockquote-tag": "blockquote-tag-",
    "custom-block": "",
    "alert": "alert-",
}
# Classes of <html> by which Docusaurus marks lists of other pages.
_LISTS = {
    "blog-list-page",
    "blog-tags-list-page",
    "blog-tags-post-list-page",
    "docs-tags-list-page",
    "search-page-wrapper",
}


def content_of(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The element that holds the text of the page."""
    return next((elements[0] for path in _CONTENT if (elements := tree.xpath(path))), None)


def follows(tree: html.HtmlElement) -> tuple[Source, ...]:
    """The documents that the page's front matter names, which generators publish as meta elements."""
    return followed((str(meta.get("name")), str(meta.get("content"))) for meta in tree.xpath("//meta[@name][@content]"))


def tool(tree: html.HtmlElement) -> tuple[str, ...]:
    """The names of the tool that the page says it is about; commas stand between them."""
    said = ",".join(map(str, tree.xpath("//meta[@name='kb-tool']/@content")))
    return tuple(dict.fromkeys(name for part in re.split("[,、]", said) if (name := part.strip())))


def searched(tree: html.HtmlElement) -> bool:
    """Whether a page may be found: it does not ask to be left out, and is no list of other pages."""
    return not left_out(tree) and _LISTS.isdisjoint(classes(tree))


def alternates(tree: html.HtmlElement) -> dict[str, str]:
    """The addresses of the same page by language, and by "" its own."""
    addresses = {lang.lower().replace("_", "-"): address for lang, address in translations(tree).items()}
    own = tree.xpath("//link[@rel='canonical']/@href")
    return addresses | ({"": str(own[0])} if addresses and own else {})


def adapt(content: html.HtmlElement) -> None:
    """Rewrite the content in place."""
    open_tabs(content)
    for element in list(content.iter()):
        if isinstance(element.tag, str):
            _rename(element)
    for title in content.xpath(".//*[contains(@class,'doc-section-title')]"):
        _give_to_object(title)
    for heading in list(content.iter(*HEADINGS)):
        _unwrap(heading, content)


def _rename(element: html.HtmlElement) -> None:
    """Give an element the class that it has in Material, or hide what Material does not have."""
    given = classes(element)
    for name in given:
        if ours := _NAMES.get(name) or next((_NAMES[module] for module in _MODULES if name.startswith(module)), ""):
            element.set("class", " ".join((ours, *given)))
            element.attrib.pop("aria-hidden", None)
            return
        if name in _NOTES and (name != "alert" or element.get("role") == "alert"):
            element.set("class", " ".join(("admonition", *_kind_of_note(name, given), *given)))
            return
    if ours := _by_parent(element):
        element.set("class", " ".join((ours, *given)))
    elif _is_furniture(element):
        element.set("hidden", "")


def _kind_of_note(name: str, given: list[str]) -> list[str]:
    """The kind of a note that has the class `name`, as another of its classes says it; empty where none does."""
    before = _NOTES[name]
    return [other.removeprefix(before) for other in given if other.startswith(before) and other != name][:1]


def _by_parent(element: html.HtmlElement) -> str:
    """The class in Material of what is known by the element that it stands in; "" of anything else."""
    around = _around(element)
    if element.tag == "figcaption" and "frame" in around:
        return FILE_TITLE
    return LABEL if element.tag == "dt" and "field-list" in around else ""


def _is_furniture(element: html.HtmlElement) -> bool:
    """Whether the generator added an element to what an author wrote."""
    given, parent = classes(element), element.getparent()
    if {"contents", "topic"} <= set(given):  # of Docutils: the headings of this page
        return True
    if element.tag == "span" and "lang" in given:
        return any(name.startswith("language-") for name in _around(element))
    return element.tag == "footer" and parent is not None and parent.tag != "blockquote"  # as Pagefind does


def _around(element: html.HtmlElement) -> list[str]:
    """The classes of the element that another stands in."""
    parent = element.getparent()
    return classes(parent) if parent is not None else []


def _give_to_object(title: html.HtmlElement) -> None:
    """Parameters of mkdocstrings are those of the object, whatever headings its docstring has before them."""
    part = title
    while (parent := part.getparent()) is not None:
        if "doc-contents" in classes(parent):
            part.set("class", " ".join((OF_OBJECT, *classes(part))))
            return
        part = parent


def _unwrap(heading: html.HtmlElement, content: html.HtmlElement) -> None:
    """A heading that is alone in its element stands before it: it owns what follows."""
    while (around := heading.getparent()) is not None and around is not content and around.tag in ("div", "header"):
        if skipped(around) or (around.text or "").strip() or (heading.tail or "").strip():
            return
        others = chain(heading.itersiblings(preceding=True), heading.itersiblings())
        if not all(_says_nothing(other) and not (other.tail or "").strip() for other in others):
            return
        heading.tail = None
        around.addprevious(heading)


def _says_nothing(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or skipped(element):
        return True
    if element.tag in HEADINGS or (element.text or "").strip():
        return False
    return all(_says_nothing(child) and not (child.tail or "").strip() for child in element)
