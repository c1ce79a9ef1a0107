"""One HTML page to sections: golden cases, and what holds for every page."""

import json

import pytest
from casework import CASES, PAGE, as_case, html, quotes, sections_of

from index.reading.page import read_page
from index.records import Link

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


@pytest.mark.parametrize(
    ("href", "outside"),
    [
        ("https://example.com/a", (Link("the a", "https://example.com/a"),)),
        ("http://example.com/a", (Link("the a", "http://example.com/a"),)),
        ("../other/", ()),
        ("javascript:alert(1)", ()),
        ("https://[x", ()),
    ],
)
@pytest.mark.parametrize("around", ["<p>See {}.</p>", "<table><tr><td>{}</td></tr></table>", "<ul><li>{}</li></ul>"])
def test_what_is_not_covered_here_keeps_its_links_to_other_sites(href: str, outside: tuple[Link, ...], around: str):
    text = around.format(f"<a href='{href}'>the\n <b>a</b></a> <a href='{href}'></a>")
    silent, spoken = sections_of(html(f"<h2 id='a'>A</h2><!--not-covered-->{text}<h2 id='b'>B</h2>{text}").encode())
    assert (silent.outside, spoken.outside) == (outside, ())


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../other/#a", "/guide/other/#a"),
        ("#here", "/guide/page/#here"),
        ("http://example.com/?a=1", "http://example.com/?a=1"),
        *(
            (href, "")
            for href in ("//cdn.example/x", "/\\cdn.example/x", "mailto:a@b", "javascript:x()", "https://[x", "")
        ),
    ],
)
@pytest.mark.parametrize("around", ["<p>A {}.</p>", "<table><tr><td>{}</td></tr></table>", "<ol><li>{}</li></ol>"])
def test_words_that_lead_to_a_page_are_known_with_it(href: str, url: str, around: str):
    link = f"<a href='{href}'>the\n <b>x</b></a>"
    (section,) = sections_of(
        html("<h1 id='a'>A</h1>" + around.format(link + "<a href='/unseen/'></a>" + link)).encode()
    )
    assert section.linked == ((Link("the x", url),) if url else ())


def test_the_mark_of_a_footnote_is_no_link_of_the_text():
    note = "<div class='footnote'><ol><li id='fn:1'><p>Note 1.</p></li></ol></div>"
    mark = "<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup>"
    for text in (f"<p>Point 1{mark}.</p>", f"<table><tr><td>Point 1{mark}</td></tr></table>"):
        (section,) = sections_of(html(f"<h1 id='a'>A</h1>{text}{note}").encode())
        assert section.linked == () and "Note 1." in section.text


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


def test_a_page_says_what_the_tool_is_called_that_it_is_about():
    head = '<meta name="kb-tool" content="kettlectl, ケトル、 kettlectl"><meta name="kb-tool" content=" the app ">'
    page = read_page(
        html("<h1>Run it</h1><p>Text.</p>").replace("<body>", f"<head>{head}</head><body>").encode(), "/run/"
    )
    assert page.tool == ("kettlectl", "ケトル", "the app")


@pytest.mark.parametrize("opening", ["<ul><li>", "<div>", "<blockquote>", "<details><summary>S</summary>", "<b><i>"])
@pytest.mark.parametrize("count", [40, 150, 20_000])
def test_what_is_nested_however_deep_is_read(opening: str, count: int):
    """A page's own depth is no reason to end with nothing; libxml2 itself gives up somewhere below 300 elements."""
    page, last = sections_of(html(f"<h1>Page</h1>{opening * count}<p>Deep.</p><h2 id='b'>B</h2>").encode()), "Deep."
    assert page[0].title == "Page"
    assert count > 40 or last in page[0].text
