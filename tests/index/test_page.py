"""One HTML page to sections: golden cases, and what holds for every page."""

import json
import re
from collections import Counter

import pytest
from casework import CASES, PAGE, as_case, html, quotes, sections_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from index.page import read_page

NAMES = sorted(file.stem for file in CASES.glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str):
    source = (CASES / f"{name}.html").read_bytes()
    expected = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    assert [as_case(section) for section in sections_of(source)] == expected


def test_every_golden_case_has_a_page_and_its_sections():
    assert sorted(file.stem for file in CASES.glob("*.json")) == NAMES


def test_a_section_knows_its_page_its_address_and_its_language():
    page, part = sections_of(html("<h1>Page</h1><p>Text.</p><h2 id='part'>Part</h2>", lang="JA").encode())
    assert (page.id, page.page, page.url, page.lang) == (PAGE, PAGE, f"/{PAGE}/", "ja")
    assert (part.id, part.page, part.url, part.lang) == (f"{PAGE}#part", PAGE, f"/{PAGE}/#part", "ja")


def test_a_page_that_names_no_language():
    assert read_page(html("<p>Text.</p>", lang="").encode(), "/").lang == ""


@pytest.mark.parametrize("source", [b"", b"  \n ", b"<!-- only a comment -->"])
def test_a_file_without_elements_has_no_sections(source: bytes):
    assert sections_of(source) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (b"<p>caf\xe9 \xe3\x81\x82</p><p>more</p>", "caf\ufffd あ\nmore"),  # not UTF-8
        (b"<p>a\x00b</p><p>more</p>", "a\ufffdb\nmore"),
        (b"<p>open <b>never closed<p>more</main>", "open never closed\nmore"),
    ],
)
def test_a_damaged_page_loses_nothing_that_is_readable(source: bytes, text: str):
    assert [section.text for section in sections_of(source)] == [text]


def test_cells_with_blocks_inside_keep_their_words_apart():
    cell = "<p>one</p>two<ul><li>three</li></ul><dl><dt>four</dt><dd>five</dd></dl>six<b>th</b>"
    (section,) = sections_of(html(f"<h1 id='a'>A</h1><table><tr><td>{cell}</td></tr></table>").encode())
    assert section.text == "one two three four five sixth"


# What holds for every page.

# Element names by what they do to text; the oracle below knows no more of the code under test than this.
INLINE = ("b", "code", "em", "a", "span")
BLOCKS = ("p", "div", "ul", "li", "details", "pre", "h2", "h4", "blockquote", "dl", "dd")
LEFT_OUT = ('button class="x"', "nav", "p hidden", "p data-search-exclude", 'a class="headerlink"', "script")

words = st.text(st.sampled_from("ab.?! \n\t\u00a0\u3000\u2028あ。」「、é👩1"), min_size=1, max_size=12)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(children, max_size=4).map("".join)
    kept = st.builds(
        lambda tag, number, inside: f"<{tag} id='i{number}'>{inside}</{tag}>",
        st.sampled_from(INLINE + BLOCKS),
        st.integers(0, 99),
        content,
    )
    dropped = st.builds(
        lambda tag, inside: f"<{tag}>{inside}</{tag.split()[0]}>", st.sampled_from(LEFT_OUT), st.just("hidden")
    )
    rows = st.lists(content, min_size=1, max_size=3).map(lambda cells: "".join(f"<td>{cell}</td>" for cell in cells))
    table = st.lists(rows, max_size=2).map(lambda rows: "".join(f"<tr>{row}</tr>" for row in rows))
    tables = table.map(lambda inside: f"<table>{inside}</table>")
    return st.one_of(kept, kept, tables, dropped, st.just("<br>"), st.just("<!-- comment -->"))


pages = st.lists(st.recursive(words, element, max_leaves=20), min_size=1, max_size=5).map("".join)


def collapsed(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def page_text(source: str) -> str:
    """The page's text content, white space collapsed, with a space where a reader sees a new block."""
    tree = lxml_html.document_fromstring(source)
    for left_out in tree.xpath("//button|//nav|//script|//*[@hidden or @data-search-exclude or @class='headerlink']"):
        left_out.drop_tree()
    for block in tree.xpath(f"//*[{' and '.join(f'not(self::{tag})' for tag in INLINE)}]"):
        if isinstance(block.tag, str):
            block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
            last = block[-1] if len(block) else None
            if last is not None:
                last.tail = f"{last.tail or ''} "
    return collapsed(tree.text_content())


@given(pages)
def test_the_sections_text_is_the_pages_text(body: str):
    source = html(body)
    whole = page_text(source)
    for section in sections_of(source.encode()):
        pieces = re.split(r"[\t\n]", section.text)
        assert [piece for piece in pieces if collapsed(piece) not in whole] == []
        assert section.title in whole


@given(pages)
def test_no_text_of_the_page_is_lost(body: str):
    source = html(body)
    held = "".join(section.title + section.text for section in sections_of(source.encode()))
    assert letters(held) == letters(page_text(source))


@given(pages)
def test_a_sentence_can_be_quoted(body: str):
    for section in sections_of(html(body).encode()):
        end = 0
        for span, quote in zip(section.sentences, quotes(section), strict=True):
            assert end <= span.start < span.end <= len(section.text)
            assert quote == quote.strip()
            assert "\n" not in quote
            assert "\t" not in quote
            end = span.end
