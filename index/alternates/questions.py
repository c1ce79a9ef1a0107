"""A page of questions says so to search engines: schema.org's FAQPage, in the words of the page itself.

An author gives the page's main heading the class `faq`. Each heading below it with a text of its own is a question.
"""

import json
from pathlib import Path

from index.alternates.pages import Page, file_of
from index.records import Section

FAQ = "faq"
_END = b"</head>"


def add_questions(folder: Path, searched: list[Page]) -> None:
    """Put the questions and answers into the head of each page that has such."""
    for page in searched:
        if FAQ not in page.built.stated.classes:
            continue
        before, end, after = page.built.source.partition(_END)
        asked = [section for section in page.sections if section.path and section.text and section.covered]
        if end and asked:
            script = f'<script type="application/ld+json">{_faq(page, asked)}</script>\n'.encode()
            (folder / file_of(page.url)).write_bytes(before + script + end + after)


def _faq(page: Page, asked: list[Section]) -> str:
    fields = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": page.lang,
        "mainEntity": [
            {
                "@type": "Question",
                "name": section.title,
                "acceptedAnswer": {"@type": "Answer", "text": section.text, **_address(page, section)},
            }
            for section in asked
        ],
    }
    # Within a script, no text may end it or begin a comment.
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _address(page: Page, section: Section) -> dict[str, str]:
    whole, anchor = page.built.stated.canonical, section.url.partition("#")[2]
    return {"url": f"{whole}#{anchor}"} if whole else {}
