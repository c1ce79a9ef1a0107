"""One HTML page to sections: golden cases, and what holds for every page."""

import json
import re
from collections import Counter

import pytest
from casework import CASES, PAGE, as_case, html, quotes, sections_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from index.reading.page import read_page

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


def test_a_heading_without_an_id_has_that_of_the_section_that_it_opens():
    """As Sphinx and Docutils publish it; a heading further down in the section opens nothing."""
    inner = "<section id='part'><span id='old'></span><h2>Part</h2><p>Two.</p><h3>More</h3><p>Three.</p></section>"
    source = html(f"<section id='page'><h1>Page</h1><p>One.</p>{inner}<p>Four.</p></section>")
    page, part = sections_of(source.encode())
    assert (page.id, page.text) == (f"{PAGE}#page", "One.\nFour.")
    assert (part.id, part.path, part.text) == (f"{PAGE}#part", ("Page",), "Two.\nMore\nThree.")


@pytest.mark.parametrize("opening", ["<div class='section' id='part'>", "<section id='other'><section id='part'>"])
def test_the_section_that_a_heading_opens_is_the_innermost(opening: str):
    (part,) = sections_of(html(f"{opening}<h2>Part</h2><p>Text.</p>").encode())
    assert part.id == f"{PAGE}#part"


def test_an_id_of_its_own_comes_before_that_of_the_section():
    (part,) = sections_of(html("<section id='outer'><h2 id='own'>Part</h2><p>Text.</p></section>").encode())
    assert part.id == f"{PAGE}#own"


@pytest.mark.parametrize("opening", ["<div id='part'>", "<div class='sections' id='part'>", "<section>"])
def test_only_a_section_with_an_id_gives_its_heading_one(opening: str):
    (page,) = sections_of(html(f"<h1>Page</h1>{opening}<h2>Part</h2><p>Text.</p>").encode())
    assert (page.id, page.text) == (PAGE, "Part\nText.")


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


def test_every_level_of_heading_is_a_section_below_those_above_it():
    body = "".join(f"<h{level} id='i{level}'>H{level}</h{level}><p>t{level}</p>" for level in range(1, 7))
    sections = sections_of(html(body + "<h3 id='again'>Again</h3>").encode())
    assert [section.title for section in sections] == ["H1", "H2", "H3", "H4", "H5", "H6", "Again"]
    assert [section.path for section in sections[4:]] == [
        ("H1", "H2", "H3", "H4"),
        ("H1", "H2", "H3", "H4", "H5"),
        ("H1", "H2"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<main>m<article>a</article></main>", "m\na"),
        ("<main>m<article class='x md-content__inner y'>a</article></main>", "a"),
        ("<div role='main'>r</div><article>a</article>", "r"),
        ("<article>a</article><p>b</p>", "a"),
        ("<p>b</p>", "b"),
    ],
)
def test_the_innermost_mark_of_the_content_counts(body: str, text: str):
    page = read_page(f"<html><body>{body}</body></html>".encode(), "/")
    assert ["\n".join(draft.blocks) for draft in page.drafts] == [text]


@pytest.mark.parametrize("name", ["refresh", "Refresh", "REFRESH"])
def test_a_page_that_leads_elsewhere_has_no_sections(name: str):
    source = f"<html lang='en'><head><meta http-equiv='{name}' content='0; url=x'></head><body><p>t</p></body></html>"
    page = read_page(source.encode(), "/a/")
    assert (page.lang, page.drafts, page.url) == ("en", [], "/a/")


def test_a_glossarys_rows_are_its_terms_and_every_other_sections_are_none():
    row = "<td>AGC, AGfC、AGC</td><td> App GW </td><td></td><td>meaning</td>"
    table = f"<table><tr>{row}</tr><tr><td>alone</td></tr></table>"
    terms, other = sections_of(html(f"<h2 id='g' class='glossary'>G</h2>{table}<h2 id='o'>O</h2>{table}").encode())
    assert terms.synonyms == (("AGC", "AGfC", "App GW"),)
    assert other.synonyms == ()


@pytest.mark.parametrize(
    ("classes", "covered", "warning"),
    [("", True, False), ("not-covered", False, False), ("x warning", True, True), ("warning-not", True, False)],
)
def test_what_an_author_says_of_a_section_by_a_class(classes: str, covered: bool, warning: bool):
    (section,) = sections_of(html(f"<h2 id='a' class='{classes}'>A</h2><p>t</p>").encode())
    assert (section.covered, section.warning) == (covered, warning)


@pytest.mark.parametrize(
    ("comment", "covered"), [(" not-covered ", False), ("\nnot-covered\n", False), (" not-covered yet? ", True)]
)
def test_what_an_author_says_of_a_section_by_a_comment(comment: str, covered: bool):
    first, other = sections_of(html(f"<h2 id='a'>A</h2><!--{comment}--><p>t</p><h2 id='b'>B</h2><p>t</p>").encode())
    assert (first.covered, other.covered, first.text) == (covered, True, "t")


@pytest.mark.parametrize(
    ("href", "links"),
    [
        ("../other/#a", ("/guide/other/",)),
        ("/r%C3%A9/", ("/ré/",)),
        ("#here", ()),
        ("//cdn.example/x", ()),
        ("https://example.com/", ()),
        ("mailto:a@b", ()),
        ("http://[x", ()),
        ("", ()),
    ],
)
@pytest.mark.parametrize("around", ["<p>{}</p>", "<table><tr><td>{}</td></tr></table>"])
def test_links_to_pages_of_this_site(href: str, links: tuple[str, ...], around: str):
    link = f"<a href='{href}'>x</a>"
    (section,) = sections_of(html("<h1 id='a'>A</h1>" + around.format(link + link)).encode())
    assert section.links == links


def test_sentences_of_a_row_are_those_of_its_cells():
    (section,) = sections_of(
        html("<table><tr><th>One. Two.</th><td></td><td>Three</td></tr></table><p>Four.</p>").encode()
    )
    assert section.text == "One. Two.\t\tThree\nFour."
    assert quotes(section) == ["One.", "Two.", "Three", "Four."]


def test_code_is_text_and_no_answer():
    (section,) = sections_of(html("<p>Run it.</p><pre>\n\na  b.\n c.\n</pre><p>Done.</p>").encode())
    assert section.text == "Run it.\na  b.\n c.\nDone."
    assert quotes(section) == ["Run it.", "Done."]


@pytest.mark.parametrize(
    ("comment", "phrasings"),
    [
        ("ask: how big?", ("how big?",)),
        (" ask\n- how big?\n\n - size \n", ("how big?", "size")),
        ("ask", ()),
        ("asked: x", ()),
        ("to ask: x", ()),
    ],
)
def test_other_wordings_are_written_in_a_comment(comment: str, phrasings: tuple[str, ...]):
    (section,) = sections_of(html(f"<h1 id='a'>A</h1><!--{comment}--><p>t</p>").encode())
    assert section.phrasings == phrasings
