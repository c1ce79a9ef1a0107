"""Questions to begin with, in the words of the site's own pages."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from index.records import Section

TRIED = 12  # candidates that are asked at most until there are enough
WANTED = 4
_ASKS = re.compile(r"[?？]$|(?:です|ます|せん)か。?$")
_LONGEST = 90  # characters that fit a button


def candidates(sections: Sequence[Section], lang: str) -> list[tuple[str, str]]:
    """Questions, each with the id of the section that is to answer it: at most one a page, the likeliest first.

    Headings that are questions, then authors' other wordings that are, then the headings of pages as they stand.
    """
    own = [section for section in sections if section.lang == lang and section.covered and not section.other_source]
    asked = chain(_headings(own), _phrasings(own), _pages(own))
    by_page = dict[str, tuple[str, str]]()
    for question, section in asked:
        if len(question) <= _LONGEST:
            by_page.setdefault(section.page, (question, section.id))
    return list(by_page.values())[:TRIED]


def _headings(sections: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    return ((section.title, section) for section in sections if _ASKS.search(section.title))


def _phrasings(sections: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    for section in sections:
        yield from ((line[0].upper() + line[1:], section) for line in section.phrasings if _ASKS.search(line))


def _pages(sections: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    """Of each page its first heading with text of its own, which says what it is about."""
    return ((section.title, section) for section in sections if section.sentences)
