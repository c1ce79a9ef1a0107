"""A page of changes as an Atom feed: what an author wrote under each date, so that the same pages give the same feed.

An author gives the page's main heading the class `changes`, and has a heading for each change that begins with its
date: `## 2026-11-26: What changed`. Such a page may be left out of the search and is a feed all the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from index.alternates.head import Built
from index.errors import KbError
from index.reading.page import read_page

CHANGES, FILE = "changes", "changes.atom"
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[:：\s]*(.*)")


@dataclass(frozen=True, slots=True)
class Change:
    """An entry: its day, its title, the id of its heading, and its text."""

    day: date
    title: str
    anchor: str
    text: str


def write_feed(folder: Path, page: Built) -> None:
    """A feed beside the first page of its language, if it is a page of changes and says its own address."""
    if CHANGES in page.stated.classes and page.stated.canonical and (entries := list(changes(page))):
        (folder / page.home().lstrip("/") / FILE).write_text(_feed(page, entries), "utf-8", newline="\n")


def changes(page: Built) -> Iterator[Change]:
    """The page's changes in its order. Raises KbError for a heading whose date is no day."""
    for draft in read_page(page.source, page.url).drafts:
        if dated := _DATED.fullmatch(draft.title):
            try:
                day = date.fromisoformat(dated[1])
            except ValueError:
                raise KbError(
                    f"{page.url}: the heading '{draft.title}' begins with a date that does not exist. Write it as "
                    "year-month-day, such as 2026-01-31."
                ) from None
            yield Change(day, dated[2] or dated[1], draft.anchor, "\n".join(draft.blocks))


def _feed(page: Built, entries: list[Change]) -> str:
    address = page.stated.canonical
    feed = address[: len(address) - len(page.url)] + page.home() + FILE
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(page.stated.lang)}>\n'
        f"  <id>{escape(address)}</id>\n"
        f"  <title>{escape(page.stated.site_name)}</title>\n"
        f"  <updated>{_moment(max(entry.day for entry in entries))}</updated>\n"
        f"  <author><name>{escape(page.stated.site_name)}</name></author>\n"
        f'  <link rel="alternate" type="text/html" href={quoteattr(address)}/>\n'
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(feed)}/>\n'
    )
    return f"{head}{''.join(_entry(address, entry) for entry in entries)}</feed>\n"


def _entry(address: str, change: Change) -> str:
    at = f"{address}#{change.anchor}"
    return (
        "  <entry>\n"
        f"    <id>{escape(at)}</id>\n"
        f"    <title>{escape(change.title)}</title>\n"
        f"    <updated>{_moment(change.day)}</updated>\n"
        f'    <link rel="alternate" type="text/html" href={quoteattr(at)}/>\n'
        f'    <content type="text">{escape(change.text)}</content>\n'
        "  </entry>\n"
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
