"""Which pages of other generators are read, which sections are their objects', and which are translations of others."""

from pathlib import Path

import pytest
from casework import html, sections_of, write

from index.errors import KbError
from index.reading.site import read_site

# Headings and objects


def test_a_wrapped_heading_owns_what_follows():
    linked = "<div><h2 id='a'>A</h2><a class='headerlink'>#</a></div><p>one</p>"
    body = f"{linked}<div><div><h2 id='b'>B</h2></div></div><p>two</p>"
    assert [(section.title, section.text) for section in sections_of(html(body).encode())] == [
        ("A", "one"),
        ("B", "two"),
    ]


def test_a_heading_in_what_is_hidden_stays_hidden():
    (section,) = sections_of(html("<h2 id='a'>A</h2><div hidden><h2 id='b'>B</h2></div><p>one</p>").encode())
    assert (section.id, section.text) == ("guide/page#a", "one")


SIGNATURE = "<dt class='sig' id='{0}'><span class='descname'>{1}</span>()</dt>"


def test_each_documented_object_is_a_section_below_the_one_it_stands_in():
    method = f"<dl>{SIGNATURE.format('m.Lamp.light', 'light')}<dd><p>Lights.</p></dd></dl>"
    body = f"<dl>{SIGNATURE.format('m.Lamp', 'Lamp')}<dd><p>A lamp.</p>{method}<p>More.</p></dd></dl><p>After.</p>"
    page, lamp, light = sections_of(html(f"<h1 id='api'>API</h1>{body}").encode())
    assert (page.text, lamp.text, light.text) == ("After.", "Lamp()\nA lamp.\nMore.", "light()\nLights.")
    assert (lamp.title, light.title, light.path) == ("m.Lamp", "m.Lamp.light", ("API", "m.Lamp"))


def test_signatures_of_one_object_are_one_section():
    twice = SIGNATURE.format("f", "f") + SIGNATURE.format("g", "g")
    (section,) = sections_of(html(f"<dl>{twice}<dd>Text.</dd></dl>").encode())
    assert (section.title, section.text) == ("f", "f()\ng()\nText.")


def test_parameters_belong_to_the_object_and_not_to_a_heading_of_its_text():
    title = "<p><span class='doc-section-title'>Parameters:</span></p>"
    inside = f"<p>Lights.</p><h4 id='f--example'>Example</h4><p>Shown.</p>{title}<div class='x'>never</div>"
    source = (
        f"<div class='doc-object'><h2 id='m.f' class='doc-heading'>f</h2><div class='doc-contents'>{inside}</div></div>"
    )
    f, example = sections_of(html(source).encode())
    assert (f.title, f.text) == ("m.f", "Lights.\nParameters:\nnever")
    assert (example.title, example.text) == ("Example", "Shown.")


# Pages

FAQ = "<h1 id='faq'>FAQ</h1><p>Text.</p>"
NOINDEX = html(FAQ).replace("<body>", "<head><meta name='robots' content='NOINDEX, follow'></head><body>")


def pages(folder: Path, files: dict[str, str]) -> list[str]:
    return [section.url for section in read_site(write(folder, files)).sections]


def test_a_page_that_asks_to_be_left_out_is_left_out(tmp_path: Path):
    assert pages(tmp_path, {"a.html": html(FAQ), "b.html": NOINDEX}) == ["/a.html#faq"]


def test_a_site_that_asks_search_engines_to_stay_away_still_has_readers(tmp_path: Path):
    assert pages(tmp_path, {"a.html": NOINDEX, "b.html": NOINDEX}) == ["/a.html#faq", "/b.html#faq"]


def test_where_authors_mark_what_is_searched_only_that_is(tmp_path: Path):
    marked = html(f"<p>banner</p><div data-pagefind-body>{FAQ}</div>")
    site = read_site(write(tmp_path, {"a.html": marked, "b.html": html(FAQ)}))
    assert [(section.url, section.text) for section in site.sections] == [("/a.html#faq", "Text.")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("searchindex.js", 'Search.setIndex({"docnames":["a","d/index"],"x":1})'),
        ("searchindex.js", 'Search.setIndex({docnames:["a","d/index"],x:1})'),
        ("searchindex-1a.js", """JSON.parse('{"doc_urls":["a.html#x","d/index.html#y"]}')"""),
        ("search.json", '{"config":{},"items":[{"location":"a/#x"},{"location":"d/"}]}'),
        ("assets/chunks/@localSearchIndexroot.1.js", """const e='{"documentIds":{"0":"/a.html#x","1":"/d/#y"}}'"""),
        (
            "assets/chunks/@localSearchIndexroot.1.js",
            """const e='{"documentIds":{"0":"/base/a#x","1":"/base/d/#y"}}'""",
        ),
    ],
)
def test_pages_that_a_generators_search_leaves_out(tmp_path: Path, name: str, content: str):
    files = {"a.html": html(FAQ), "d/index.html": html(FAQ), "_static/demo.html": html(FAQ), name: content}
    assert pages(tmp_path, files) == ["/a.html#faq", "/d/#faq"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("searchindex.js", "x"), ("search.json", "{}"), ("search.json", "[1]")],
)
def test_a_file_that_is_no_search_index_leaves_nothing_out(tmp_path: Path, name: str, content: str):
    assert pages(tmp_path, {"a.html": html(FAQ), name: content}) == ["/a.html#faq"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("searchindex.js", 'docnames:["a",]'),
        ("search.json", '{"config":1}'),
        ("search.json", '{"config":{"items":[1]}'),
    ],
)
def test_a_broken_search_index_is_refused_and_named(tmp_path: Path, name: str, content: str):
    with pytest.raises(KbError, match=rf"{name}: not a search index .*Build the site again"):
        read_site(write(tmp_path, {"a.html": html(FAQ), name: content}))


# Languages


def test_a_language_with_its_country_is_the_language(tmp_path: Path):
    site = read_site(write(tmp_path, {"index.html": html(FAQ, "en-US"), "ja-jp/index.html": html(FAQ, "ja_JP")}))
    assert [(section.lang, section.id, section.url) for section in site.sections] == [
        ("en", "index#faq", "/#faq"),
        ("ja", "index#faq", "/ja-jp/#faq"),
    ]


def test_two_kinds_of_one_language_stay_two(tmp_path: Path):
    files = {
        "index.html": html(FAQ, "en"),
        "pt-br/index.html": html(FAQ, "pt-BR"),
        "pt-pt/index.html": html(FAQ, "pt-PT"),
    }
    assert read_site(write(tmp_path, files)).langs == ("en", "pt-br", "pt-pt")


def translated(own: str, other: str, *, lang: str, head: str = "Words") -> str:
    links = "".join(
        f"<link rel='alternate' hreflang='{code}' href='https://x.example/docs{path}'>"
        for code, path in ((lang, own), ({"en": "ja", "ja": "en"}[lang], other))
    )
    body = f"<h1>{head}</h1><p>{head} text.</p><h2 id='{head.lower()}'>{head} two</h2><p>{head} more.</p>"
    return html(body, lang).replace("<body>", f"<head>{links}</head><body>")


def test_pages_that_name_each_other_are_twins_and_so_are_their_sections(tmp_path: Path):
    files = {
        "install/index.html": translated("/install/", "/ja/dounyuu/", lang="en"),
        "ja/dounyuu/index.html": translated("/ja/dounyuu/", "/install/", lang="ja", head="Kotoba"),
    }
    assert [(section.lang, section.id, section.url) for section in read_site(write(tmp_path, files)).sections] == [
        ("en", "install", "/install/"),
        ("en", "install#words", "/install/#words"),
        ("ja", "install", "/ja/dounyuu/"),
        ("ja", "install#words", "/ja/dounyuu/#kotoba"),
    ]


def test_a_page_that_many_name_as_their_twin_is_none(tmp_path: Path):
    files = {f"{name}/index.html": translated(f"/{name}/", "/ja/", lang="en") for name in ("a", "b")}
    files["ja/index.html"] = translated("/ja/", "/a/", lang="ja")
    assert {section.id for section in read_site(write(tmp_path, files)).sections if section.lang == "ja"} == {
        "index",
        "index#words",
    }


LONG = f"<h1 id='faq'>FAQ</h1><p>{'Words of a page. ' * 20}</p>"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_that_stands_in_for_its_translation_is_left_out(tmp_path: Path, lang: str):
    stands_in = html(LONG, "ja").replace("<main>", f"<main lang='{lang}'>")
    files = {"a/index.html": html(LONG, "en"), "ja/a/index.html": stands_in, "ja/b/index.html": html("<p>訳</p>", "ja")}
    assert pages(tmp_path, files) == ["/a/#faq", "/ja/b/"]


@pytest.mark.parametrize(
    ("robots", "is_kept"),
    [("none, nofollow", False), ("NOINDEX", False), ("nofollow,noindex", False), ("nofollow", True)],
)
def test_a_page_is_left_out_by_any_of_the_words_that_search_engines_know(tmp_path: Path, robots: str, is_kept: bool):
    body = "<h1 id='t'>Tea</h1><p>Tea is a drink.</p>"
    head = f"<head><meta name='robots' content='{robots}'></head><body>"
    files = {"index.html": html(body), "more/index.html": html(body).replace("<body>", head)}
    urls = {section.url for section in read_site(write(tmp_path, files)).sections}
    assert ("/more/#t" in urls) is is_kept
