"""What an author of the docs should look at: a list of faults of a site, its sources and its questions.

The files beside the pages are read where they are there: `other-sources.csv` (url, verified) and `ledger.csv`
(fact, sections) in the folder of the docs, and labelled questions (JSON lines with `sections`).
"""

import csv
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bot.json_lines import read_lines
from index.errors import KbError, reason
from index.reading.built import links_and_places
from index.reading.sources import LEDGER, OTHER_SOURCES
from index.records import Section

_ROOT = "https://site.invalid/"


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind`: stale, link, twin, fact or unasked; `where`: a page, section, fact or address; `what` differs by kind."""

    kind: str
    where: str
    what: str

    @property
    def is_advice(self) -> bool:
        """A section that no question tests is no fault of the site."""
        return self.kind == "unasked"


def examine(
    sections: Sequence[Section], langs: Sequence[str], site: Path, docs: Path, questions: Path | None, oldest: date
) -> list[Fault]:
    """Every fault. Raises KbError naming the line of a file that cannot be read."""
    faults = [*stale(docs / OTHER_SOURCES, oldest), *broken_links(site), *without_twin(sections, langs)]
    faults += facts_without_section(docs / LEDGER, {section.id for section in sections})
    return faults if questions is None else [*faults, *unasked(sections, questions)]


def stale(file: Path, oldest: date) -> Iterator[Fault]:
    """Documents that were compared with the pages before a day."""
    for number, row in _rows(file):
        try:
            verified = date.fromisoformat(row["verified"] or "")
        except (KeyError, ValueError):
            raise KbError(f"{file}:{number}: `verified` must be a day, as in 2026-11-26.") from None
        if verified < oldest:
            yield Fault("stale", row.get("url") or "", verified.isoformat())


def age(limit: int, today: date) -> date:
    """The oldest day that is `limit` days ago at most."""
    return today - timedelta(days=limit)


def broken_links(site: Path) -> Iterator[Fault]:
    """Links of a built site to pages of its own, or to places in them, that are not there."""
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {name: links_and_places((site / name).read_bytes()) for name in sorted(files) if name.endswith(".html")}
    ids = {name: places for name, (_, places) in pages.items()}
    for name, (links, _) in pages.items():
        if name != "404.html":  # its links are those of any address
            for href in links:
                target = _target(name, href)
                if target and not _is_there(*target, files, ids):
                    yield Fault("link", name, href)


def without_twin(sections: Iterable[Section], langs: Sequence[str]) -> Iterator[Fault]:
    """Headings that some language has and another has not."""
    having = defaultdict[str, set[str]](set)
    for section in sections:
        having[section.id].add(section.lang)
    for name, held in having.items():
        if missing := [lang for lang in langs if lang not in held]:
            yield Fault("twin", name, ", ".join(missing))


def facts_without_section(file: Path, ids: Collection[str]) -> Iterator[Fault]:
    """Facts of the ledger whose sections are not on the site, or that have none."""
    for _, row in _rows(file):
        named = (row.get("sections") or "").split()
        missing = [name for name in named if name not in ids]
        if missing or not named:
            yield Fault("fact", row.get("fact") or "", ", ".join(missing))


def unasked(sections: Iterable[Section], questions: Path) -> Iterator[Fault]:
    """Sections that can be cited and that no labelled question names."""
    then = "Correct it, or name another file of questions."
    asked = {name for names in read_lines(questions, _sections, "a labeled question", then) for name in names}
    quotable = dict.fromkeys(section.id for section in sections if section.covered and section.sentences)
    yield from (Fault("unasked", name, "") for name in quotable if name not in asked)


def _sections(line: str) -> list[str]:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("sections"), list):
        raise ValueError("an object with a list of `sections` is one")
    return [str(name) for name in row["sections"]]


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows of a table with the numbers of their lines; none where there is no table."""
    if file.is_file():
        reader = csv.DictReader(_text(file).splitlines())
        yield from ((reader.line_num, row) for row in reader)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"{file}: cannot be read ({reason(error)}).") from None


def _target(page: str, href: str) -> tuple[str, str] | None:
    """Path and place that a link of a page leads to on the same site; None for other addresses."""
    try:
        address = urljoin(_ROOT + page, href.strip())
    except ValueError:
        return None
    if not address.startswith(_ROOT):
        return None
    parts = urlsplit(address)
    return unquote(parts.path).lstrip("/"), unquote(parts.fragment)


def _is_there(path: str, place: str, files: Collection[str], ids: dict[str, frozenset[str]]) -> bool:
    """Whether a file is there, or the page of a folder, or one whose address goes without its ending."""
    names = [path, f"{path.rstrip('/')}/index.html".lstrip("/"), f"{path}.html"]
    name = next((name for name in names if name in files), None)
    return name is not None and (not place or name not in ids or place in ids[name] or place == "top")
