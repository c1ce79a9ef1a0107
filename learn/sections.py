"""Documentation repositories to sections: Markdown of several dialects, by its headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import markdown
from lxml import html

from learn.records import Section
from learn.sources import Source, files, text

# News, lists of versions and fragments state hardly anything that one would ask.
SKIPPED = re.compile(r"release-?notes|changelog|blog|versions/|_includes|includes/|contribut")
# Characters of a text that can answer something and that the reader reads whole.
LENGTHS = {"en": (160, 1300), "ja": (90, 650)}
SEED = 7
# What the dialects write around text: front matter, comments, templates, containers, alerts, admonitions, components.
DIALECTS = (
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"\{/\*.*?\*/\}|\{[:#%][^}\n]*\}"), ""),
    (re.compile(r":::\w.*"), ""),
    (re.compile(r"^:::.*$", re.MULTILINE), ""),
    (re.compile(r"^>?\s*\[!(\w+)\]", re.MULTILINE), r"> \1:"),
    (re.compile(r"^(\s*)[!?]{3}\+? *\w+ *\"?([^\"\n]*)\"?\s*$", re.MULTILINE), r"\2"),
    (re.compile(r"</?[A-Z]\w*[^>]*>"), ""),
)


def read_site(source: Source, folder: Path, rng: Random) -> list[Section]:
    """The sections of a documentation site that can be asked about, in an order drawn by `rng`."""
    lang = source.lang or "en"
    least, most = LENGTHS[lang]
    pages = [file for file in files(source, folder, ".md") if not SKIPPED.search(file)]
    drawn = [
        (file, place, path, body)
        for file in pages
        for place, (path, body) in enumerate(sections(text(source, folder, file)))
        if least < len(body) < most
    ]
    rng.shuffle(drawn)
    return [
        Section(f"{source.name}-{number}", file, place, lang, path, body)
        for number, (file, place, path, body) in enumerate(drawn)
    ]


def sections(page: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Heading path and text of each section of a Markdown page. Blocks become lines, as in index/reading/page.py."""
    for pattern, replacement in DIALECTS:
        page = pattern.sub(replacement, page)
    body = markdown.markdown(page, extensions=["tables", "fenced_code"])
    if not body.strip():
        return
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    for element in html.fromstring(f"<div>{body}</div>").iterchildren():
        if not isinstance(element.tag, str):
            continue
        if heading := re.fullmatch("h([1-6])", element.tag):
            if path and lines:
                yield tuple(title for _, title in path), "\n".join(lines)
            level, lines = int(heading[1]), []
            path = [(above, title) for above, title in path if above < level] + [(level, _words(element))]
        else:
            lines += _lines(element)
    if path and lines:
        yield tuple(title for _, title in path), "\n".join(lines)


def _lines(element: html.HtmlElement) -> list[str]:
    if element.tag in ("ul", "ol"):
        return [_words(entry) for entry in element.iterchildren()]
    if element.tag == "table":
        return ["\t".join(_words(cell) for cell in row.iter("td", "th")) for row in element.iter("tr")]
    if element.tag == "pre":
        return [element.text_content().strip()]
    return [_words(element)]


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
