"""The text of a page and of its sections: nothing is lost, nothing is added, whatever the elements."""

import re
from collections import Counter

import pytest
from casework import html, quotes, sections_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

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


# What the readers see of each element, by its name. (Names from the HTML standard; classes from Material's markup.)

FLOWING = "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var ruby rt"
HIDDEN = "script style template noscript svg object iframe nav button form select"
HIDDEN_CLASSES = "headerlink footnote-backref linenos linenodiv md-source-file md-feedback md-content__button"


def texts(body: str) -> list[str]:
    return [section.text for section in sections_of(html(body).encode())]


@pytest.mark.parametrize("tag", FLOWING.split())
def test_an_element_within_a_line_does_not_cut_it(tag: str):
    assert texts(f"<p>be<{tag}>twe</{tag}>en</p>") == ["between"]
    assert texts(f"<table><tr><td>be<{tag}>twe</{tag}>en</td></tr></table>") == ["between"]


@pytest.mark.parametrize("tag", ["img", "input", "wbr"])
def test_an_empty_element_within_a_line_does_not_cut_it(tag: str):
    assert texts(f"<p>be<{tag}>tween</p>") == ["between"]


@pytest.mark.parametrize("tag", ["p", "div", "ul", "blockquote", "section", "figure", "dl"])
def test_any_other_element_is_a_block_of_its_own(tag: str):
    assert texts(f"one<{tag}>two</{tag}>three") == ["one\ntwo\nthree"]
    assert texts(f"<table><tr><td>one<{tag}>two</{tag}>three</td></tr></table>") == ["one two three"]


@pytest.mark.parametrize("tag", HIDDEN.split())
def test_what_is_no_text_is_left_out(tag: str):
    assert texts(f"<p>one</p><{tag}>hidden</{tag}><p>two</p>") == ["one\ntwo"]
    assert texts(f"<table><tr><td>one<{tag}>hidden</{tag}></td><{tag}>x</{tag}></tr></table>")[0].startswith("one")


@pytest.mark.parametrize("name", HIDDEN_CLASSES.split())
def test_what_the_theme_adds_is_left_out(name: str):
    assert texts(f"<p>one <span class='x {name}'>hidden</span> two</p>") == ["one two"]
    assert texts(f"<table><tr><td class='{name}'>hidden</td><td>one</td></tr></table>") == ["one"]
