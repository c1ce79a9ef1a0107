"""The text of every section is the text of the page, no more and no less: read here without index/reading/page.py."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from index.records import FormKind, Section

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LEFT_OUT = ""  # the id under which a section is gathered that is not to be found
EXCLUDED = {"/en/", "/changes/", "/en/changes/"}
NOT_TEXT = {"svg", "script", "style", "button", "form", "nav", "template", "iframe"}  # pictures and controls


def pieces(element: html.HtmlElement) -> Iterator[tuple[str | None, str]]:
    """Text in the order of the document; before a heading's own text comes its id."""
    if not isinstance(element.tag, str) or element.tag in NOT_TEXT or element.get("class") == "headerlink":
        return
    if "data-search-exclude" in element.attrib:  # a lead that only announces what the page is about, or a section
        if element.tag in HEADINGS:
            yield LEFT_OUT, ""
        return
    if element.tag in HEADINGS:
        yield element.get("id"), ""
        yield None, "\0" + element.text_content().removesuffix("¶") + "\0"
        return
    yield None, element.text or ""
    for child in element:
        yield from pieces(child)
        yield None, child.tail or ""


def texts(file: Path) -> dict[str, tuple[str, str]]:
    """Heading and text below it, by id, without any white space."""
    tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    (article,) = tree.xpath("//article")
    by_section: dict[str, list[str]] = {}
    current: list[str] = []
    for heading, text in pieces(article):
        if heading is not None:
            current = by_section.setdefault(heading, [])
        current.append(text)
    split = {name: "".join(parts).split("\0") for name, parts in by_section.items() if name != LEFT_OUT}
    return {name: ("".join(parts[1].split()), "".join(parts[2].split())) for name, parts in split.items()}


@pytest.fixture(scope="module")
def published(site_dir: Path) -> dict[str, tuple[str, str]]:
    """By URL; without pages that only lead to what the others state, or when they changed (`search: exclude`)."""
    by_address = {}
    for file in site_dir.rglob("*/index.html"):
        url = f"/{file.parent.relative_to(site_dir).as_posix()}/"
        by_address |= {f"{url}#{name}": shown for name, shown in texts(file).items() if url not in EXCLUDED}
    return by_address


def test_every_heading_of_the_site_is_a_section(published: dict[str, tuple[str, str]], sections: tuple[Section, ...]):
    assert {section.url for section in sections} == published.keys()


def test_title_and_text_are_those_of_the_page(published: dict[str, tuple[str, str]], sections: tuple[Section, ...]):
    wrong = [
        section.url
        for section in sections
        if ("".join(section.title.split()), "".join(section.text.split())) != published[section.url]
    ]
    assert wrong == []


def test_spans_are_whole_sentences_in_order(sections: tuple[Section, ...]):
    for section in sections:
        ends = [0]
        for span in section.sentences:
            quote = section.quote(span)
            assert quote and quote == quote.strip() and "\n" not in quote and "\t" not in quote, section.url
            assert ends[-1] <= span.start < span.end <= len(section.text), section.url
            ends.append(span.end)


def test_every_table_list_code_and_note_of_the_pages_is_known_as_such(site_dir: Path, sections: tuple[Section, ...]):
    """Counted in the HTML, without forms.py; the bot has none of pages and parts that search leaves out."""
    counted = {
        FormKind.ROW: ".//tbody/tr",
        FormKind.HEADER: ".//thead/tr",
        FormKind.ITEM: ".//li",
        FormKind.CODE: ".//pre",
        FormKind.TITLE: ".//summary | .//*[contains(@class, 'admonition-title')]",
    }
    known = {section.page: Counter[FormKind]() for section in sections if section.lang == "en"}
    for section in sections:
        if section.lang == "en":
            known[section.page].update(form.kind for form in section.forms)
    for page, forms in known.items():
        (article,) = html.parse(site_dir / "en" / page / "index.html").xpath("//article")
        above = "preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]/@data-search-exclude"
        shown = {
            kind: sum(
                not element.xpath(f"boolean({above} or ancestor::*/@data-search-exclude)")
                for element in article.xpath(path)
            )
            for kind, path in counted.items()
        }
        assert shown == {kind: forms[kind] for kind in counted}, page
