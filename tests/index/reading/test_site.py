"""A built site to its sections: which pages count, their languages, their twins."""

import json
from pathlib import Path

import pytest
from casework import html, write

from index.errors import KbError
from index.publishing.publish import publish
from index.reading.site import Site, read_site, read_versions
from index.records import Section

FAQ = "<h1 id='faq'>FAQ</h1><p>Text.</p>"


def ids(site: Site) -> list[tuple[str, str]]:
    return [(section.lang, section.id) for section in site.sections]


def by_id(site: Site, name: str, lang: str) -> Section:
    (section,) = (section for section in site.sections if (section.id, section.lang) == (name, lang))
    return section


def listing(*locations: str) -> str:
    """What Material's search plugin writes for these pages and headings."""
    return json.dumps({"docs": [{"location": location, "title": "", "text": ""} for location in locations]})


@pytest.fixture
def bilingual(tmp_path: Path) -> Path:
    """Japanese at the root, English below en/."""
    pages = {"": "<h1 id='home'>{}</h1><p>a</p>", "faq/": FAQ + '<p><a href="../rules/agc001/#why">AGC001</a></p>'}
    return write(
        tmp_path,
        {f"{name}index.html": html(text.format("家"), "ja") for name, text in pages.items()}
        | {f"en/{name}index.html": html(text.format("Home"), "en") for name, text in pages.items()},
    )


def test_twins_share_their_id_and_not_their_address(bilingual: Path):
    site = read_site(bilingual)
    assert site.langs == ("ja", "en")
    assert sorted(ids(site)) == [("en", "faq#faq"), ("en", "index#home"), ("ja", "faq#faq"), ("ja", "index#home")]
    assert by_id(site, "faq#faq", "ja").url == "/faq/#faq"
    assert by_id(site, "faq#faq", "en").url == "/en/faq/#faq"
    assert by_id(site, "index#home", "ja").url == "/#home"
    assert by_id(site, "index#home", "en").url == "/en/#home"


def test_links_become_pages_of_the_site_whatever_the_language(bilingual: Path):
    site = read_site(bilingual)
    assert by_id(site, "faq#faq", "ja").links == ("rules/agc001",)
    assert by_id(site, "faq#faq", "en").links == ("rules/agc001",)


def test_each_language_below_a_folder_of_its_own(tmp_path: Path):
    refresh = '<html><head><meta http-equiv="refresh" content="0; url=en/"></head><body>Redirecting</body></html>'
    pages = {f"{lang}/{name}/index.html": html(FAQ, lang) for lang in ("ja", "en") for name in ("faq", "guide")}
    site = read_site(write(tmp_path, {"index.html": refresh, "en/only/index.html": html(FAQ, "en"), **pages}))
    assert site.langs == ("en", "ja")  # no page at the root: the language with most pages first
    assert ids(site) == [
        ("en", "faq#faq"),
        ("en", "guide#faq"),
        ("en", "only#faq"),
        ("ja", "faq#faq"),
        ("ja", "guide#faq"),
    ]


def test_in_a_site_of_one_language_a_folder_may_have_the_name_of_that_language(tmp_path: Path):
    site = read_site(write(tmp_path, {"index.html": html(FAQ, "en"), "en/faq/index.html": html(FAQ, "en")}))
    assert site.langs == ("en",)
    assert ids(site) == [("en", "en/faq#faq"), ("en", "index#faq")]


def test_a_page_without_language_has_that_of_the_site(tmp_path: Path):
    site = read_site(write(tmp_path, {"index.html": html(FAQ, "ja"), "faq/index.html": html(FAQ, "")}))
    assert ids(site) == [("ja", "faq#faq"), ("ja", "index#faq")]


def test_a_site_that_names_no_language_is_english(tmp_path: Path):
    assert read_site(write(tmp_path, {"index.html": html(FAQ, "")})).langs == ("en",)


def test_pages_as_files(tmp_path: Path):
    """The layout of `use_directory_urls: false`."""
    links = '<a href="faq.html#x">1</a> <a href="sub/index.html">2</a> <a href="reindex.html">3</a>'
    files = {
        "index.html": html(f"<h1 id='home'>Home</h1><p>{links}</p>"),
        **{name: html(FAQ) for name in ("faq.html", "reindex.html", "sub/index.html", "sub/page.html")},
        "search/search_index.json": listing("index.html", "faq.html#faq", "reindex.html", "sub/index.html"),
    }
    site = read_site(write(tmp_path, files))
    assert [(section.id, section.url) for section in site.sections] == [
        ("faq#faq", "/faq.html#faq"),
        ("index#home", "/#home"),
        ("reindex#faq", "/reindex.html#faq"),
        ("sub#faq", "/sub/#faq"),
    ]
    assert by_id(site, "index#home", "en").links == ("faq", "sub", "reindex")


def test_pages_that_the_search_leaves_out(tmp_path: Path):
    pages = ("", "faq/", "hidden/", "en/", "en/faq/", "en/hidden/", "日本語/")
    files = {f"{name}index.html": html(FAQ, "en" if name.startswith("en") else "ja") for name in pages}
    files["search/search_index.json"] = listing("", "#faq", "faq/", "%E6%97%A5%E6%9C%AC%E8%AA%9E/#faq")
    files["en/search/search_index.json"] = listing("hidden/")  # the nearest listing holds
    site = read_site(write(tmp_path, files))
    assert ids(site) == [("en", "hidden#faq"), ("ja", "faq#faq"), ("ja", "index#faq"), ("ja", "日本語#faq")]


def test_what_is_no_page(tmp_path: Path):
    refresh = '<html><head><meta http-equiv="refresh" content="0"></head><body><p>Moved</p></body></html>'
    lists = {name: html(FAQ) for name in ("404.html", "en/404.html", "genindex.html", "py-modindex.html")}
    others = {**lists, "old/index.html": refresh, "empty.html": "", "a.txt": ""}
    site = read_site(write(tmp_path, {"index.html": html(FAQ), **others}))
    assert ids(site) == [("en", "index#faq")]


def test_two_headings_with_one_id_are_kept_apart_and_their_author_is_warned(tmp_path: Path):
    heads = "".join(f"<h2 id='same'>{name}</h2><p>{name} text.</p>" for name in ("First", "Second", "Third"))
    site = read_site(write(tmp_path, {"faq/index.html": html(f"{FAQ}{heads}")}))
    assert [(section.id, section.url, section.text) for section in site.sections[1:]] == [
        ("faq#same", "/faq/#same", "First text."),
        ("faq#same~2", "/faq/#same", "Second text."),
        ("faq#same~3", "/faq/#same", "Third text."),
    ]
    assert [warning.partition(";")[0] for warning in site.warnings] == [
        "/faq/#same: the heading 'Second' has the same id as 'First'",
        "/faq/#same: the heading 'Third' has the same id as 'First'",
    ]


def test_a_folder_that_holds_the_site_in_another_one_is_told_of(tmp_path: Path):
    write(tmp_path, {"out/html/index.html": html(FAQ), "out/html/faq/index.html": html(FAQ), "logo.txt": "lamp"})
    (only,) = read_versions(tmp_path)
    assert only.warnings == (
        f"{tmp_path}: all pages are in {tmp_path / 'out/html'}, so their addresses begin with /out/html/. "
        "If readers do not see that, index and serve that folder.",
    )
    assert read_versions(tmp_path / "out/html")[0].warnings == ()


@pytest.mark.parametrize(
    "pages", [["index.html", "a/index.html"], ["ja/index.html", "en/index.html"], ["a.html", "b/index.html"]]
)
def test_pages_beside_each_other_are_the_site(tmp_path: Path, pages: list[str]):
    (only,) = read_versions(write(tmp_path, {page: html(f"<h1 id='h'>H</h1><p>{page}.</p>") for page in pages}))
    assert only.warnings == ()


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(KbError, match=r"none: no such folder\. Build the site first: kb site"):
        read_site(tmp_path / "none")


@pytest.mark.parametrize("files", [{}, {"a.txt": "text"}, {"404.html": html(FAQ)}, {"index.html": html("")}])
def test_a_folder_without_pages(tmp_path: Path, files: dict[str, str]):
    with pytest.raises(KbError, match=r"no HTML page with text found\. Is this the folder that was built\?"):
        read_site(write(tmp_path, files))


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"docs": [{}]}', '{"docs": [{"location": 1}]}', '{"docs": 1}'])
def test_a_broken_search_index_is_refused(tmp_path: Path, broken: str):
    write(tmp_path, {"index.html": html(FAQ), "search/search_index.json": broken})
    with pytest.raises(KbError, match=r"search_index\.json: not a search index of MkDocs .* Build the site again\."):
        read_site(tmp_path)


def test_the_digest_changes_if_and_only_if_a_page_does(tmp_path: Path):
    write(tmp_path, {"index.html": html(FAQ), "faq/index.html": html(FAQ), "404.html": html(FAQ)})
    first = read_site(tmp_path).digest
    write(tmp_path, {"assets/new.css": "", "404.html": html("<p>Gone.</p>"), "sitemap.xml": "<x/>"})
    assert read_site(tmp_path).digest == first
    write(tmp_path, {"faq/index.html": html(FAQ.replace("Text", "Word"))})
    changed = read_site(tmp_path).digest
    (tmp_path / "faq").rename(tmp_path / "moved")
    assert len({first, changed, read_site(tmp_path).digest}) == 3


@pytest.mark.slow
@pytest.mark.parametrize("directories", ["true", "false"])
def test_a_real_material_site(tmp_path: Path, directories: str):
    project = write(
        tmp_path / "project",
        {
            "mkdocs.yml": "site_name: T\ntheme: {name: material, font: false}\nplugins: [search]\n"
            f"use_directory_urls: {directories}\nmarkdown_extensions: [attr_list, toc: {{permalink: true}}]\n",
            "docs/index.md": "# Home { #home }\n\nSee [a](a.md) and [日本](日本語.md#x).\n",
            "docs/a.md": "Text first.\n\n## Part { #part }\n\nIts text.\n\n## No { #no data-search-exclude }\n\nx\n",
            "docs/日本語.md": "# 題 { #x }\n\n本文。\n",
            "docs/sub/index.md": "# Sub { #sub }\n\nSub text.\n",
            "docs/hidden.md": "---\nsearch: {exclude: true}\n---\n# Hidden { #hidden }\n\nNot searched.\n",
        },
    )
    publish(project, tmp_path / "site")
    site = read_site(tmp_path / "site")
    assert {section.id: (section.text, section.links) for section in site.sections} == {
        "index#home": ("See a and 日本.", ("a", "日本語")),
        "a": ("Text first.", ()),
        "a#part": ("Its text.", ()),
        "日本語#x": ("本文。", ()),
        "sub#sub": ("Sub text.", ()),
    }


def test_a_folder_with_the_name_of_a_page_is_none(tmp_path: Path):
    """Docusaurus makes one of a redirect from /old.html."""
    (tmp_path / "old.html").mkdir()
    for name in ("index.html", "old.html/index.html"):
        (tmp_path / name).write_text("<main><h1 id='t'>Tea</h1><p>Tea is a drink.</p></main>", "utf-8")
    assert [section.url for section in read_site(tmp_path).sections] == ["/#t", "/old.html/#t"]
