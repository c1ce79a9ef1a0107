"""The terminal door for authors: `kb watch-source`."""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.checks import EXIT_FAILURE
from bot.cli.command import SITE, command
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.settings import read_settings
from index.errors import KbError
from index.reading.sources import FILE, LEDGER, OTHER_SOURCES, Document, documents, read_ledger
from index.records import Section

QUIET = ("unchanged", "fresh", "unread")  # nothing is known to be wrong; that a copy is missing is said
SHOWN = 160  # characters of a paragraph


@command("watch-source")
@click.argument("docs", type=click.Path(path_type=Path), default=Path("docs"))
@click.option("--copy", "copies", multiple=True)
@click.option("--fetch", "from_net", is_flag=True)
@click.option("--mark", "marking", is_flag=True)
@click.option("--accept", "accepting", is_flag=True)
@click.option("--edition", default="")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--json", "as_json", is_flag=True)
@SITE
def watch_source(
    docs: Path,
    copies: Sequence[str],
    from_net: bool,
    marking: bool,
    accepting: bool,
    edition: str,
    on: datetime | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Compare the documents that the docs follow with copies of them."""
    from bot.quality import watch

    settings, lang = read_settings(**given), terminal_lang()
    known = documents(docs).known
    if not known:
        raise KbError(say(lang, "errors", "no_sources", file=docs / FILE))
    if (marking or accepting) and not (copies or from_net):
        raise KbError(say(lang, "errors", "no_copy"))
    compared = list(_compared(known, copies, fetch=from_net))
    sections = _sections(settings.site)
    today = (on.date() if on else date.today()).isoformat()
    reports = [_report(watched, docs, sections, today) for watched in compared] or [
        _state(document, today) for document in known
    ]
    read = [watched for watched in compared if watched.status != "unreachable"]
    if accepting or marking:
        _write(docs, read, today, edition, accepting=accepting)
    left = watch.unplaced(docs)
    if as_json:
        click.echo(json.dumps({"sources": reports, "unplaced": left}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(reports, left, lang)))
        if not compared:
            click.echo(say(lang, "terminal", "watch.no_copy"))
        if accepting or marking:
            click.echo(say(lang, "terminal", "written", file=docs / FILE))
    if len(read) < len(compared):
        sys.exit(2)
    if not accepting and any(report["status"] not in QUIET for report in reports):
        sys.exit(EXIT_FAILURE)


def _write(docs: Path, read: Sequence[Any], today: str, edition: str, *, accepting: bool) -> None:
    """Note in the docs what has changed, or that the copies are what the docs follow from now on."""
    from bot.quality import watch

    if not accepting:
        watch.mark(docs, read, today)
        return
    watch.accept(docs, read, today, edition)
    _verified(docs / OTHER_SOURCES, [watched.document.url for watched in read], today, edition)


def _compared(known: Sequence[Document], copies: Sequence[str], *, fetch: bool) -> Iterator[Any]:
    from bot.quality.fetching import fetch as fetched
    from bot.quality.watch import Watched, compare, document_of

    names = {document.name: document for document in known}
    for given in copies:
        name, mark, path = given.partition("=")
        document, file = (names[name], Path(path)) if mark and name in names else (None, Path(given))
        try:
            copied = file.read_bytes()
        except OSError as error:
            raise KbError(f"{file}: cannot be read ({error.strerror}).") from None
        yield compare(document or document_of(known, copied, str(file)), copied, str(file))
    for document in known if fetch else ():
        address = document.copy or document.url
        try:
            yield compare(document, fetched(address), address)
        except KbError as error:
            yield Watched(document, "unreachable", why=str(error))


def _sections(site: Path) -> tuple[Section, ...]:
    from index.reading.site import read_default

    return read_default(site).sections if site.is_dir() else ()


def _report(watched: Any, docs: Path, sections: Sequence[Section], today: str) -> dict[str, Any]:
    """What a comparison found, as data."""
    from bot.quality.watch import to_look_at

    ledger = read_ledger(docs / LEDGER)
    return _state(watched.document, today) | {
        "status": watched.status,
        "why": watched.why,
        "paragraphs": [asdict(change) for change in watched.changes],
        "facts": [{"fact": name, "statement": ledger.get(name, {}).get("statement", "")} for name in watched.facts],
        "sections": [asdict(section) for section in to_look_at(watched, docs, sections)],
    }


def _state(document: Document, today: str) -> dict[str, Any]:
    """What is known of a document without a copy."""
    day = date.fromisoformat
    old = bool(document.verified) and 0 < document.days < (day(today) - day(document.verified)).days
    status = "changed" if document.changed else "unread" if not document.paragraphs else "old" if old else "fresh"
    shown = asdict(replace(document, paragraphs=()))
    del shown["paragraphs"], shown["copy"]
    return shown | {"status": status}


def _lines(reports: Sequence[dict[str, Any]], left: Sequence[str], lang: str) -> Iterator[str]:
    def words(key: str, **values: object) -> str:
        return say(lang, "terminal", f"watch.{key}", **values)

    for report in reports:
        known = words("known", day=report["verified"] or "–", edition=report["edition"] or "–")
        yield f"{report['title'] or report['url'] or report['name']}: {words(report['status'])} {known}"
        if report.get("why"):
            yield f"  {report['why']}"
        for change in report.get("paragraphs", ()):
            places = ", ".join(map(str, change["before"]))
            yield f"  {words('paragraph.' + change['kind'], places=places)}"
            yield from (f"    + {text[:SHOWN]}{'…' * (len(text) > SHOWN)}" for text in change["now"])
        for title, rows in (("facts", report.get("facts")), ("sections", report.get("sections"))):
            if rows:
                yield f"  {words(title)}"
                yield from (f"    - {_row(row)}" for row in rows)
    if left:
        yield words("unplaced", facts=", ".join(left))


def _row(row: dict[str, Any]) -> str:
    if "fact" in row:
        return f"{row['fact']}: {row['statement']}" if row["statement"] else row["fact"]
    return " ".join((row["section"], *row["urls"]))


def _verified(file: Path, urls: Sequence[str], today: str, edition: str) -> None:
    """The same day in the list of the documents that pages link to."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        names, rows = list(reader.fieldnames or ()), list(reader)
    if any(row.get("url") in urls for row in rows):
        changed = {"verified": today} | ({"edition": edition} if edition else {})
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, **(changed if row.get("url") in urls else {})} for row in rows)
