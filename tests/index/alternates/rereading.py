"""Markdown read as a program would: by another reader of CommonMark, and then as a page of the site."""

import re

from markdown_it import MarkdownIt

from index.reading.drafts import to_section
from index.reading.page import read_page
from index.records import FormKind, Section

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_HEADING = re.compile(r"<(h[1-6])>(.*?) \{#([^}]*)\}</\1>")
# A note is a quotation in Markdown, and only a table's source tells where the lines of a cell end.
_NOT_KEPT = {FormKind.NOTE, FormKind.TITLE, FormKind.LINE}


def rendered(markdown: str) -> str:
    return _HEADING.sub(r'<\1 id="\3">\2</\1>', _READER.render(markdown))


def reread(markdown: str, url: str) -> dict[str, Section]:
    """The sections of Markdown, by the ids of their headings."""
    page = read_page(f"<html><body><main>{rendered(markdown)}</main></body></html>".encode(), url)
    return {draft.anchor: to_section(draft, "", "", url, ()) for draft in page.drafts}


def text_of(section: Section) -> str:
    """The reader of these tests takes a no-break space at a paragraph's end for nothing, and fills up short rows."""
    return "\n".join(line.strip() for line in section.text.split("\n"))


def forms_of(section: Section) -> list[tuple[str, str, str]]:
    return [
        (form.kind, form.label, section.text[form.start : form.end].strip())
        for form in section.forms
        if form.kind not in _NOT_KEPT
    ]


def code_of(section: Section) -> list[str]:
    return [section.text[form.start : form.end] for form in section.forms if form.kind is FormKind.CODE]
