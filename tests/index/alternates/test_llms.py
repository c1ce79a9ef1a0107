"""llms.txt: one per language's folder, in the order of the navigation, with ways that hold wherever the site lies."""

import posixpath
import re
from pathlib import Path

import pytest
from casework import write

from index.alternates.write import OURS, write_markdown
from index.reading.site import read_site

LINK = re.compile(r"^- \[.+?\]\((.+?)\)", re.MULTILINE)


def page(lang: str, title: str, text: str, head: str = "") -> str:
    up = "../" if title != "Home" else ""
    menu = (
        f'<nav><ul><li><a href="{up}./">Home</a></li>'
        f'<li><label>Guide</label><ul><li><a href="{up}b/">B</a></li>'
        f'<li><a href="{up}a/index.html">A</a></li></ul></li>'
        f'<li><a href="{up}c/">C</a></li><li><a href="https://elsewhere.example/">Out</a></li></ul></nav>'
    )
    return (
        f'<html lang="{lang}"><head><title>{title} of {lang}</title>{head}</head><body>{menu}'
        f'<article><h1 id="t">{title}</h1><p>{text}</p></article></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two languages; the navigation leads to B before A, and not to Z."""
    about = '<meta name="description" content="What it [is].">'
    files = {
        f"{folder}{name}": page(lang, title, text, about if title == "Home" else "")
        for lang, folder in (("ja", ""), ("en", "en/"))
        for name, title, text in (
            ("index.html", "Home", "Welcome. All of it."),
            ("a/index.html", "A", 'First sentence of a. See <a href="../b/#t">b</a>.'),
            ("b/index.html", "B", "First sentence of b."),
            ("c/index.html", "C", "First sentence of c."),
            ("z/index.html", "Z", "First sentence of z."),
        )
    }
    write(tmp_path, files)
    write_markdown(tmp_path, read_site(tmp_path))
    return tmp_path


def test_a_list_has_the_parts_of_the_navigation_and_a_sentence_of_each_page(site: Path):
    assert (
        (site / "en/llms.txt").read_text("utf-8")
        == f"""# Home of en

> What it \\[is\\].

## Docs

- [Home](index.md): Welcome.
- [C](c/index.md): First sentence of c.

## Guide

- [B](b/index.md): First sentence of b.
- [A](a/index.md): First sentence of a.

## Optional

- [llms-full.txt](llms-full.txt)
- [Home of ja](../llms.txt): ja
- [Z](z/index.md): First sentence of z.

{OURS}
"""
    )


def test_the_full_text_has_every_page_once_with_its_address_and_links_from_where_it_lies(site: Path):
    text = (site / "en/llms-full.txt").read_text("utf-8")
    assert re.findall(r"^<([^!>]+)>$", text, re.MULTILINE) == ["./", "b/", "a/", "c/", "z/"]
    assert "First sentence of a. See [b](b/#t)." in text
    assert "/en/" not in text and "ja" not in text


def test_addresses_are_whole_where_the_pages_say_where_the_site_is(site: Path):
    for file in site.rglob("*.html"):
        url = f"https://kb.example.com/docs/{file.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        text = file.read_text("utf-8").replace("</head>", f'<link rel="canonical" href="{url}"></head>')
        file.write_text(text, "utf-8")
    write_markdown(site, read_site(site))
    links = LINK.findall((site / "en/llms.txt").read_text("utf-8"))
    assert links[2] == "https://kb.example.com/docs/en/b/index.md"
    assert "https://kb.example.com/docs/llms.txt" in links
    assert "See [b](https://kb.example.com/docs/en/b/#t)." in (site / "en/a/index.md").read_text("utf-8")


def test_a_page_says_itself_what_it_is_about_unless_the_text_is_cut_or_the_whole_sites(site: Path):
    own = {"a": "About a.", "b": "Cut in the mid…", "c": "What it [is]."}
    for name, said in own.items():
        file = site / f"en/{name}/index.html"
        text = file.read_text("utf-8").replace("</head>", f'<meta name="description" content="{said}"></head>')
        file.write_text(text, "utf-8")
    write_markdown(site, read_site(site))
    lines = (site / "en/llms.txt").read_text("utf-8").splitlines()
    assert "- [A](a/index.md): About a." in lines
    assert "- [B](b/index.md): First sentence of b." in lines
    assert "- [C](c/index.md): First sentence of c." in lines


def test_the_first_sentence_is_one_of_a_paragraph_where_there_is_one_and_not_endless(tmp_path: Path):
    note = '<div class="admonition"><p class="admonition-title">Warning</p><p>Of a note.</p></div>'
    bodies = {
        "a": f"{note}<p>Terminal</p><ul><li>Of a list.</li></ul><h2 id=y>B</h2><p>Of a paragraph. And more.</p>",
        "b": f"{note}<p>Terminal</p>",
        "c": f"<p>{'x' * 501}.</p>",
    }
    write(tmp_path, {f"{name}.html": f"<main><h1 id=x>T</h1>{body}</main>" for name, body in bodies.items()})
    write_markdown(tmp_path, read_site(tmp_path))
    lines = (tmp_path / "llms.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if "[T]" in line] == [
        "- [T](a.md): Of a paragraph.",
        "- [T](b.md): Warning",
        f"- [T](c.md): {'x' * 500}…",
    ]


def test_a_site_without_navigation_has_one_list(tmp_path: Path):
    write(tmp_path, {"b.html": "<main><h1 id=x>B</h1><p>Of b.</p></main>", "a.html": "<main><h1 id=x>A</h1></main>"})
    write_markdown(tmp_path, read_site(tmp_path))
    text = (tmp_path / "llms.txt").read_text("utf-8")
    assert text.startswith("# /a.html\n\n## Docs\n\n- [A](a.md)\n- [B](b.md): Of b.\n\n## Optional\n")


@pytest.mark.parametrize("folder", ["", "en/"])
def test_every_page_of_the_real_site_is_listed_in_its_language_and_every_link_leads_to_a_file(
    site_dir: Path, folder: str
):
    links = LINK.findall((site_dir / f"{folder}llms.txt").read_text("utf-8"))
    files = {posixpath.normpath(f"{folder}{link}") for link in links}
    assert [file for file in files if not (site_dir / file).is_file()] == []
    written = {file.relative_to(site_dir).as_posix() for file in site_dir.rglob("*.md")}
    own = {name for name in written if name.startswith("en/") == bool(folder)}
    assert len(own) > 40 and own <= files and len(links) == len(files)
    full = (site_dir / f"{folder}llms-full.txt").read_text("utf-8")
    assert len(re.findall(r"^<\S+/>$", full, re.MULTILINE)) == len(own)
