"""Which documents the sections of a site follow, and whether those have changed since they were compared.

A page names its documents in its front matter, which its generator publishes as meta elements: `kb-source` (an
address, as often as there are documents), `kb-verified` (the day) and `kb-days` (after how many days it is old). What
is known of the documents lies in the site's folder `kb`: `sources.json`, written by `kb watch-source`, and
`ledger.csv`, which says which sections state which fact. Neither is needed.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import KbError, reason
from index.records import Source

FOLDER, FILE, LEDGER = "kb", "sources.json", "ledger.csv"
OTHER_SOURCES = "other-sources.csv"  # of the docs: documents that are cited beside the source, with editions
LONGEST = 36_500  # days
_DIGEST = re.compile(r"[0-9a-f]{16}")
_TEXTS = {"name", "url", "title", "edition", "verified", "changed", "copy"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document: the digest of its text, the facts it states, the day on which it was seen changed."""

    digest: str
    facts: tuple[str, ...] = ()
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that sections follow. Without paragraphs its text has not been read yet."""

    name: str
    url: str
    title: str = ""
    edition: str = ""
    verified: str = ""
    days: int = 0
    changed: str = ""
    copy: str = ""  # where its text is fetched, if not at `url`
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def shown(self) -> str:
        """What readers know it by."""
        return self.title or self.url or self.name


@dataclass(frozen=True, slots=True)
class Documents:
    """All that is known of a site's documents; `sections` by the fact that they state."""

    known: tuple[Document, ...] = ()
    sections: Mapping[str, tuple[str, ...]] | None = None

    def of(self, section: str, cites: Iterable[str], follows: Sequence[Source]) -> tuple[Source, ...]:
        """The documents of a section: by the facts that it states, by its links, and by its page's front matter."""
        linked = {plain(url) for url in cites}
        named = {plain(source.url): source for source in follows}
        sources = [
            _of(document, states, named.pop(plain(document.url), None))
            for document in self.known
            if (states := self._states(document, section)) or plain(document.url) in linked | named.keys()
        ]
        return (*sources, *named.values())

    def _states(self, document: Document, section: str) -> list[Paragraph]:
        sections = self.sections or {}
        return [
            paragraph
            for paragraph in document.paragraphs
            if any(section in sections.get(fact, ()) for fact in paragraph.facts)
        ]


def _of(document: Document, states: Sequence[Paragraph], said: Source | None) -> Source:
    """A change touches the sections that state a changed paragraph; of a document without facts all that name it."""
    changed = min((paragraph.changed for paragraph in states if paragraph.changed), default="")
    if not any(paragraph.facts for paragraph in document.paragraphs):
        changed = document.changed
    verified = (said.verified if said else "") or document.verified
    return Source(document.url, document.shown, verified, (said.days if said else 0) or document.days, changed)


def followed(metas: Iterable[tuple[str, str]]) -> tuple[Source, ...]:
    """What the meta elements of a page say it follows; what is no address, day or number is passed over."""
    said = defaultdict[str, list[str]](list)
    for name, value in metas:
        said[name.lower()].append(value.strip())
    verified = next((day for day in said["kb-verified"] if is_day(day)), "")
    days = next((int(n) for n in said["kb-days"] if n.isascii() and n.isdigit() and 0 < int(n) <= LONGEST), 0)
    urls = dict.fromkeys(url for url in said["kb-source"] if re.match(r"https?://[^/\s]", url))
    return tuple(Source(url, url, verified, days) for url in urls)


def published(site: Path, folders: Iterable[str] = ()) -> tuple[Documents, bytes]:
    """What a built site says of its documents, and the bytes of the files that say so.

    `folders`: those of a version, which may have files of its own.
    """
    own = (site / folder / FOLDER for folder in folders)
    folder = next((each for each in own if (each / FILE).is_file()), site / FOLDER)
    read = [file.read_bytes() for file in (folder / FILE, folder / LEDGER) if file.is_file()]
    return documents(folder), b"\0".join(read)


def documents(folder: Path) -> Documents:
    """What the files of a folder say; nothing where they are not there. Raises KbError naming what is wrong."""
    known = read_documents(folder / FILE) if (folder / FILE).is_file() else ()
    rows = read_ledger(folder / LEDGER) if known else {}
    return Documents(known, {fact: tuple((row.get("sections") or "").split()) for fact, row in rows.items()})


def read_documents(file: Path) -> tuple[Document, ...]:
    """The documents of `sources.json`. Raises KbError."""
    try:
        raw = json.loads(file.read_text("utf-8-sig"))
        usual = raw.get("days", 0)
        listed = tuple(_document({"days": usual} | entry) for entry in raw["sources"])
        if len({document.name for document in listed}) < len(listed):
            raise ValueError("two sources have one name")
        return listed
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KbError(f"{file}: not a list of sources ({error!s:.200}). The page on authoring shows one.") from None


def read_ledger(file: Path) -> dict[str, dict[str, str]]:
    """The rows of `ledger.csv` by fact; none where there is no such file."""
    if not file.is_file():
        return {}
    try:
        rows = csv.DictReader(file.read_text("utf-8-sig").splitlines())
        return {row["fact"]: {key: value or "" for key, value in row.items() if key} for row in rows if row.get("fact")}
    except (OSError, ValueError, csv.Error) as error:
        raise KbError(f"{file}: cannot be read ({reason(error)}).") from None


def is_day(text: str) -> bool:
    """Whether a text is a day in the one form 2026-11-26."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def plain(url: str) -> str:
    """An address without what does not tell documents apart."""
    return url.partition("#")[0].rstrip("/")


def _document(raw: dict[str, Any]) -> Document:
    named = str(raw.get("name"))
    for key in _TEXTS & raw.keys():
        if not isinstance(raw[key], str):
            raise ValueError(f"{named}: `{key}` must be a text")
    for key in ("verified", "changed"):
        if raw.get(key) and not is_day(raw[key]):
            raise ValueError(f"{named}: `{key}` must be a day, as in 2026-11-26")
    if type(raw["days"]) is not int or not 0 <= raw["days"] <= LONGEST:
        raise ValueError(f"{named}: `days` must be a number of days")
    paragraphs = tuple(_paragraph(entry, named) for entry in raw.get("paragraphs", ()))
    return Document(**{**raw, "paragraphs": paragraphs})


def _paragraph(raw: dict[str, Any], named: str) -> Paragraph:
    changed, facts = raw.get("changed", ""), raw.get("facts", [])
    if not _DIGEST.fullmatch(raw["digest"]) or not all(isinstance(fact, str) for fact in facts):
        raise ValueError(f"{named}: a paragraph has a `digest` and `facts`")
    if changed and not is_day(changed):
        raise ValueError(f"{named}: `changed` must be a day, as in 2026-11-26")
    return Paragraph(raw["digest"], tuple(facts), changed)
