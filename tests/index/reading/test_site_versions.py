"""Which versions a built site holds, which one is read by default, and that each is read as if it were the only one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from casework import html, write

from index.errors import KbError
from index.reading.site import Site, read_default, read_site, read_versions
from index.records import Version

GUIDE = {"index.html": "<h1 id='home'>Home</h1><p>Start here.</p>", "faq/index.html": "<h1 id='faq'>FAQ</h1><p>{}</p>"}
LINKS = "<h1 id='links'>Links</h1><p><a href='../faq/'>FAQ</a> and more.</p>"


def version(name: str, pages: Mapping[str, str] = GUIDE, lang: str = "en") -> dict[str, str]:
    """The files of one version in its folder."""
    return {f"{name}/{page}": html(body.replace("{}", f"Says {name}."), lang) for page, body in pages.items()}


def mike(*entries: tuple[str, list[str]]) -> dict[str, str]:
    listed = [{"version": name, "title": name, "aliases": aliases} for name, aliases in entries]
    return {"versions.json": json.dumps(listed)}


def names(read: tuple[Site, ...]) -> list[str | None]:
    return [site.version and site.version.name for site in read]


def texts(site: Site) -> dict[str, str]:
    return {section.id: section.text for section in site.sections}


# Which there are


def test_mike_s_list_names_the_versions_and_the_alias_latest_the_default(tmp_path: Path):
    write(tmp_path, {**version("1.0"), **version("2.0"), **mike(("2.0", ["dev"]), ("1.0", ["latest"]))})
    read = read_versions(tmp_path)
    assert [site.version for site in read] == [Version("1.0", ("latest",)), Version("2.0", ("dev",))]
    assert texts(read[0]) == {"1.0/index#home": "Start here.", "1.0/faq#faq": "Says 1.0."}
    assert {section.url for section in read[1].sections} == {"/2.0/#home", "/2.0/faq/#faq"}


def test_copies_and_redirects_of_an_alias_are_not_read(tmp_path: Path):
    redirect = "<meta http-equiv='refresh' content='0; url=../2.0/'>"
    files = {**version("1.0"), **version("2.0"), **version("latest"), "newest/index.html": redirect}
    write(tmp_path, {**files, **mike(("2.0", ["latest", "newest"]), ("1.0", []))})
    read = read_versions(tmp_path)
    assert names(read) == ["2.0", "1.0"]
    assert all(site.version.name in text for site in read for text in texts(site).values() if "Says" in text)


@pytest.mark.parametrize(
    ("held", "default"),
    [
        (["1.9", "1.10"], "1.10"),
        (["v1.2", "v2.0-rc1", "v1.3"], "v1.3"),
        (["1.x", "2.x"], "2.x"),
        (["dev", "0.1"], "0.1"),
        (["latest", "stable", "9.0"], "stable"),
        (["latest", "1.0"], "latest"),
    ],
)
def test_without_an_alias_the_newest_that_is_released_is_the_default(tmp_path: Path, held: list[str], default: str):
    folders = [version(name) for name in held]
    write(
        tmp_path,
        {**{name: text for files in folders for name, text in files.items()}, "versions.json": json.dumps(held)},
    )
    assert names(read_versions(tmp_path))[0] == default


def test_folders_side_by_side_that_are_built_sites_named_as_versions_are_versions(tmp_path: Path):
    def site(name: str) -> dict[str, str]:
        docs = [{"location": ""}, {"location": "faq/"}]
        return {**version(name), f"{name}/search/search_index.json": json.dumps({"docs": docs})}

    write(tmp_path, {**site("en/stable"), **site("en/1.0"), **site("en/latest")})
    read = read_versions(tmp_path)
    assert names(read) == ["stable", "1.0", "latest"]
    assert "Says en/stable." in texts(read[0]).values()


def test_pages_named_by_versions_are_no_versions(tmp_path: Path):
    write(tmp_path, {**version("."), **version("releases/1.0"), **version("releases/2.0")})
    assert names(read_versions(tmp_path)) == [None]


@pytest.mark.parametrize(
    "listed", ["[]", '["1.0"]', '["1.0", "3.0"]', '{"1.0": {}}', "[1, null, {}]", '["../1.0", "1.0"]']
)
def test_a_site_with_one_version_is_read_as_before(tmp_path: Path, listed: str):
    write(tmp_path, {**version("1.0"), "versions.json": listed})
    (read,) = read_versions(tmp_path)
    assert replace(read, warnings=read.warnings[1:]) == read_site(tmp_path)
    assert read.warnings[0].startswith(f"{tmp_path}: all pages are in {tmp_path / '1.0'}, so their addresses begin")


def test_a_list_that_is_damaged_says_what_to_do(tmp_path: Path):
    write(tmp_path, {**version("1.0"), **version("2.0"), "versions.json": "[{"})
    with pytest.raises(KbError, match=r"versions\.json: not a list of versions .* Publish the versions again\."):
        read_versions(tmp_path)


def test_a_file_of_this_name_that_is_another_program_s_is_none_of_ours(tmp_path: Path):
    write(tmp_path, {**version("."), "versions.json": "// written by hand", "assets/versions.json": '{"a": 1}'})
    assert read_versions(tmp_path) == (read_site(tmp_path),)


def test_docusaurus_names_the_version_on_each_page_and_the_newest_has_no_folder(tmp_path: Path):
    def page(name: str, lang: str) -> str:
        head = f"<head><meta data-rh='true' name='docusaurus_version' content='{name}'></head>"
        return html(f"<h1 id='a'>Guide</h1><p>Says {name}.</p>", lang).replace("<body>", f"{head}<body>")

    def docs(lang: str) -> dict[str, str]:
        places = {"docs/a": "2.0", "docs/1.0/a": "1.0", "docs/next/a": "current"}
        return {f"{place}/index.html": page(name, lang) for place, name in places.items()}

    shared = {"blog/index.html": html("<h1 id='b'>Blog</h1><p>For all.</p>")}
    translated = {f"ja/{name}": text for name, text in docs("ja").items()}
    write(tmp_path, {**shared, **docs("en"), **translated})
    read = read_versions(tmp_path)
    assert names(read) == ["2.0", "1.0", "current"]
    assert texts(read[0]) == {"2.0/blog#b": "For all.", "2.0/docs/a#a": "Says 2.0."}
    assert {section.url for section in read[1].sections} == {"/blog/#b", "/docs/1.0/a/#a", "/ja/docs/1.0/a/#a"}
    assert read[2].version == Version("current", ("next",))


@pytest.mark.parametrize("around", ["current", "11.x", "1.0"])
def test_the_version_around_the_folders_of_the_others_is_read_by_default(tmp_path: Path, around: str):
    head = "<head><meta data-rh='true' name='docusaurus_version' content='{}'></head><body>"
    pages = {
        f"{folder}a/index.html": html("<h1 id='a'>Guide</h1><p>Text.</p>").replace("<body>", head.format(name))
        for folder, name in {"": around, "10.x/": "10.x"}.items()
    }
    write(tmp_path, pages)
    assert names(read_versions(tmp_path)) == [around, "10.x"]


# Each as if it were the only one


def test_each_version_is_read_as_if_it_were_the_only_one(tmp_path: Path):
    pages = {**GUIDE, "links/index.html": LINKS}
    write(tmp_path / "both", {**version("1.0", pages), **version("2.0", pages), **mike(("2.0", []), ("1.0", []))})
    write(tmp_path / "one", {name.removeprefix("1.0/"): text for name, text in version("1.0", pages).items()})
    own, (_, read) = read_site(tmp_path / "one"), read_versions(tmp_path / "both")
    bare = [
        replace(
            section,
            id=section.id.removeprefix("1.0/"),
            url=section.url.replace("/1.0/", "/"),
            links=tuple(link.removeprefix("1.0/") for link in section.links),
            linked=tuple(replace(link, url=link.url.replace("/1.0/", "/")) for link in section.linked),
        )
        for section in read.sections
    ]
    assert tuple(bare) == own.sections
    assert (read.langs, read.in_navigation) == (own.langs, own.in_navigation)


@pytest.mark.parametrize("japanese", ["{version}/ja", "ja/{version}"])
def test_languages_lie_in_a_version_or_versions_in_a_language(tmp_path: Path, japanese: str):
    files = {}
    for name in ("1.0", "2.0"):
        files |= version(name if japanese.startswith("{") else f"en/{name}")
        files |= version(japanese.format(version=name), lang="ja")
    listed = mike(("2.0", ["latest"]), ("1.0", []))["versions.json"]
    lists = {"versions.json": listed, "en/versions.json": listed, "ja/versions.json": listed}
    write(tmp_path, {**files, **lists})
    for site in read_versions(tmp_path):
        own = site.version.name
        assert {(section.id, section.lang) for section in site.sections} == {
            (f"{own}/{page}", lang) for page in ("index#home", "faq#faq") for lang in ("en", "ja")
        }


def test_a_page_of_no_version_belongs_to_all_unless_a_version_has_its_own(tmp_path: Path):
    left = {"faq/index.html": html("<h1 id='faq'>FAQ</h1><p>From before the versions.</p>")}
    shared = {"about/index.html": html("<h1 id='about'>About</h1><p>For all.</p>")}
    write(tmp_path, {**version("1.0"), **version("2.0"), **left, **shared, **mike(("2.0", []), ("1.0", []))})
    for site in read_versions(tmp_path):
        assert "From before the versions." not in texts(site).values()
        assert texts(site)[f"{site.version.name}/about#about"] == "For all."


# What else is known of it


def test_each_version_follows_the_documents_that_its_own_folder_names(tmp_path: Path):
    def documents(title: str) -> dict[str, str]:
        paragraphs = [{"digest": "0" * 16, "facts": ["f"], "changed": "2026-11-01"}]
        known = [{"name": "a", "url": "https://maker.example/", "title": title, "paragraphs": paragraphs}]
        return {"kb/sources.json": json.dumps({"sources": known}), "kb/ledger.csv": "fact,sections\nf,faq#faq\n"}

    def sources() -> list[dict[str, list[str]]]:
        return [
            {section.id: [source.title for source in section.sources] for section in site.sections if section.sources}
            for site in read_versions(tmp_path)
        ]

    write(tmp_path, {**version("1.0"), **version("2.0"), **mike(("2.0", []), ("1.0", []))})
    write(tmp_path, documents("Whole"))
    assert sources() == [{"2.0/faq#faq": ["Whole"]}, {"1.0/faq#faq": ["Whole"]}]
    write(tmp_path, {f"2.0/{name}": text for name, text in documents("Newest").items()})
    assert sources() == [{"2.0/faq#faq": ["Newest"]}, {"1.0/faq#faq": ["Whole"]}]


def test_the_default_version_has_the_ids_that_its_docs_have(tmp_path: Path):
    write(tmp_path, {**version("1.0"), **version("2.0"), **mike(("2.0", []), ("1.0", []))})
    assert texts(read_default(tmp_path)) == {"index#home": "Start here.", "faq#faq": "Says 2.0."}
    write(tmp_path / "alone", {"index.html": html("<h1 id='home'>Home</h1><p>Alone.</p>")})
    assert texts(read_default(tmp_path / "alone")) == {"index#home": "Alone."}


# What is odd


def test_a_built_site_named_as_a_version_that_the_list_does_not_name_is_in_no_version(tmp_path: Path):
    docs = json.dumps({"docs": [{"location": ""}, {"location": "faq/"}]})
    held = {name: text for each in ("1.0", "2.0", "pr-7", "3.0rc1") for name, text in version(each).items()}
    searches = {f"{each}/search/search_index.json": docs for each in ("1.0", "2.0", "3.0rc1")}
    write(tmp_path, {**held, **searches, **mike(("2.0", ["latest"]), ("1.0", []))})
    read = read_versions(tmp_path)
    assert names(read) == ["2.0", "1.0"]
    assert all("3.0rc1" not in section.url for site in read for section in site.sections)
    assert read[0].warnings == (f"{tmp_path}/3.0rc1: named as a version, but not listed as one. It is left out.",)


def test_a_version_without_text_takes_no_other_with_it(tmp_path: Path):
    write(
        tmp_path, {**version("1.0"), "2.0/index.html": "<html><body></body></html>", "versions.json": '["2.0", "1.0"]'}
    )
    read = read_versions(tmp_path)
    assert names(read) == ["1.0"]
    assert read[0].warnings == (f"{tmp_path}: the version 2.0 has no page with text. It is left out.",)
    (tmp_path / "1.0/index.html").write_text("")
    (tmp_path / "1.0/faq/index.html").write_text("")
    with pytest.raises(KbError, match="no HTML page with text found"):
        read_versions(tmp_path)


@pytest.mark.parametrize("listed", ['\ufeff["2.0", "1.0"]', '[{"version": "2.0", "aliases": "latest"}, "1.0"]'])
def test_a_byte_order_mark_or_odd_aliases_hide_no_version(tmp_path: Path, listed: str):
    write(tmp_path, {**version("1.0"), **version("2.0"), "versions.json": listed})
    assert names(read_versions(tmp_path)) == ["2.0", "1.0"]
