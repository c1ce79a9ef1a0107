"""What every reader of the built site relies on: both languages, ids, links, and text that can be quoted."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from index.records import Section

LANGS = ("ja", "en")
HEADINGS = "//article//*[self::h1 or self::h2 or self::h3 or self::h4]"


def page_names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.md")}


def tree(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def pages(site: Path, lang: str) -> dict[str, html.HtmlElement]:
    """Trees of one language's pages by their path within the language."""
    root = site if lang == "ja" else site / lang
    files = {file.relative_to(root).as_posix(): file for file in root.rglob("index.html")}
    return {name: tree(file) for name, file in files.items() if lang == "en" or not name.startswith("en/")}


def collapsed(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text)


def test_every_page_exists_in_both_languages(root: Path):
    assert page_names(root / "docs/ja") == page_names(root / "docs/en")


def test_headings_have_the_same_explicit_ids_in_both_languages(site_dir: Path):
    japanese, english = pages(site_dir, "ja"), pages(site_dir, "en")
    assert japanese.keys() == english.keys()
    for name in japanese:
        ids = [heading.get("id") for heading in japanese[name].xpath(HEADINGS)]
        assert ids == [heading.get("id") for heading in english[name].xpath(HEADINGS)], name
        assert [i for i in ids if not i or not re.fullmatch(r"[a-z][a-z0-9-]*", i)] == [], name
        assert [i for i, count in Counter(ids).items() if count > 1] == [], name


@pytest.mark.parametrize("lang", LANGS)
def test_pages_name_their_language(site_dir: Path, lang: str):
    assert {page.get("lang") for page in pages(site_dir, lang).values()} == {lang}


@pytest.mark.parametrize("lang", LANGS)
def test_pages_name_what_programs_read_instead(site_dir: Path, lang: str):
    """In their own head: a plain web server adds no header that says so."""
    root = "/" if lang == "ja" else "/en/"
    for name, page in pages(site_dir, lang).items():
        here = urljoin(root, name.removesuffix("index.html"))
        links = [(link.get("rel").strip(), link.get("type"), link.get("href")) for link in page.xpath("//head/link")]
        named = [(kind, form, urljoin(here, to)) for kind, form, to in links if form or kind == "describedby"]
        markdown = [("alternate", "text/markdown", f"{here}index.md")]
        assert named == [
            *(markdown if (site_dir / here.strip("/") / "index.md").exists() else []),
            ("describedby", None, f"{root}llms.txt"),
            ("alternate", "application/atom+xml", f"{root}changes.atom"),
        ], name


def test_every_internal_link_and_anchor_resolves(site_dir: Path):
    trees = {file.relative_to(site_dir).as_posix(): tree(file) for file in site_dir.rglob("index.html")}
    ids = {name: set(page.xpath("//@id")) | set(page.xpath("//a/@name")) for name, page in trees.items()}
    broken = []
    for name, page in trees.items():
        here = "/" + name.removesuffix("index.html")
        for target in page.xpath("//@href | //@src"):
            parts = urlsplit(urljoin(here, target))
            if parts.scheme or parts.netloc or target.startswith(("mailto:", "data:")):
                continue
            path = unquote(parts.path).lstrip("/")
            file = path + "index.html" if not path or path.endswith("/") else path
            known = ids.get(file, set()) | {"__skip", ""}
            if not (site_dir / file).exists() or (file in ids and unquote(parts.fragment) not in known):
                broken.append((name, target))
    assert broken == []


def test_no_page_loads_anything_from_another_host(site_dir: Path):
    loaded = "//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet' or @rel='preload']/@href"
    outside = [
        (file.name, target)
        for file in site_dir.rglob("*.html")
        for target in tree(file).xpath(loaded)
        if urlsplit(target).netloc
    ]
    assert outside == []


def test_a_sections_text_is_the_pages_text(site_dir: Path, sections: tuple[Section, ...]):
    texts: dict[str, str] = {}
    for section in sections:
        page = section.url.partition("#")[0]
        if page not in texts:
            content = tree(site_dir / page.lstrip("/") / "index.html").xpath("//article")[0]
            for hidden in content.xpath(".//*[contains(@class,'headerlink')] | .//script | .//style"):
                hidden.drop_tree()
            texts[page] = collapsed(content.text_content())
        for block in section.text.split("\n"):
            for cell in block.split("\t"):
                assert collapsed(cell).strip() in texts[page], (section.url, cell)
        for span in section.sentences:
            assert collapsed(section.quote(span)) in texts[page], (section.url, section.quote(span))


def test_the_languages_sections_pair_up(sections: tuple[Section, ...]):
    by_lang = {lang: {s.id: s for s in sections if s.lang == lang} for lang in LANGS}
    assert list(by_lang["ja"]) and by_lang["ja"].keys() == by_lang["en"].keys()
    for name, japanese in by_lang["ja"].items():
        rules = [link for link in japanese.links if link.startswith("rules/")]
        assert rules == [link for link in by_lang["en"][name].links if link.startswith("rules/")], name
        assert japanese.covered == by_lang["en"][name].covered, name
        assert bool(japanese.phrasings) == bool(by_lang["en"][name].phrasings), name


def test_only_what_is_in_one_language_is_in_its_search(site_dir: Path):
    japanese = (site_dir / "search/search_index.json").read_text("utf-8")
    english = (site_dir / "en/search/search_index.json").read_text("utf-8")
    assert '"location":"en/' not in japanese.replace(" ", "")
    assert re.search("[ぁ-んァ-ン]{4}", japanese) and "Can I upgrade an existing kubenet cluster" not in japanese
    assert "Can I upgrade an existing kubenet cluster" in english


def test_the_search_knows_the_authors_questions_and_the_glossarys_terms(site_dir: Path, sections: tuple[Section, ...]):
    for lang, folder in (("ja", ""), ("en", "en/")):
        docs = json.loads((site_dir / folder / "search/search_index.json").read_text("utf-8"))["docs"]
        known = {section.url.removeprefix(f"/{folder}"): section for section in sections if section.lang == lang}
        for doc in docs:
            section = known.get(doc["location"])
            assert doc.get("phrasings", []) == list(section.phrasings if section else ()), doc["location"]
            assert doc.get("covered", True) == (section is None or section.covered), doc["location"]
            assert doc.get("synonyms", []) == [list(terms) for terms in (section.synonyms if section else ())]
        assert [doc["location"] for doc in docs if "synonyms" in doc] == ["glossary/#terms"]


def test_japanese_paragraphs_stand_on_one_line(root: Path):
    """A line break between two Japanese characters would become a space on the page and in every quote."""
    wrapped = []
    for file in (root / "docs/ja").rglob("*.md"):
        text = re.sub(r"```.*?```|<!--.*?-->", "", file.read_text("utf-8"), flags=re.DOTALL)
        for match in re.finditer(r"[ぁ-んァ-ヶ一-龠、。]\n[ぁ-んァ-ヶ一-龠]", text):
            wrapped.append((file.name, text[match.start() - 20 : match.end() + 10]))
    assert wrapped == []
