"""What became of the documents that the docs follow: a changed copy, the facts it touches, the sections to look at.

`sources.json` in the folder of the docs knows each document by digests of its paragraphs and says which facts of
`ledger.csv` each paragraph states.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from bot.quality.copies import Copied, paragraphs
from index.errors import KbError, reason
from index.reading.sources import FILE as SOURCES
from index.reading.sources import LEDGER as FACTS
from index.reading.sources import Document, documents, plain, read_ledger
from index.records import Section


@dataclass(frozen=True, slots=True)
class Change:
    """Paragraphs that are no longer there (`before`, by their places from 1) and what stands there now."""

    kind: Literal["changed", "gone", "new"]
    before: tuple[int, ...]
    now: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """A section to look at, and its address in each language of the site, as far as that is built."""

    section: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a copy of a document says against what is known of it. `why`: it could not be read."""

    document: Document
    status: Literal["unchanged", "changed", "unread", "unreachable"]
    changes: tuple[Change, ...] = ()
    copied: tuple[Copied, ...] = ()
    why: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for change in self.changes for fact in change.facts))


def compare(document: Document, copy: bytes, named: str) -> Watched:
    """A document against a copy of it. Another order, white space or encoding changes nothing. Raises KbError."""
    known = {paragraph.digest for paragraph in document.paragraphs}
    copied = paragraphs(copy, named, known)
    changes = tuple(_changes(document, copied))
    status: Literal["unread", "changed", "unchanged"] = "unread" if not known else "changed" if changes else "unchanged"
    return Watched(document, status, changes, copied)


def _changes(document: Document, copied: Sequence[Copied]) -> Iterable[Change]:
    old, new = [paragraph.digest for paragraph in document.paragraphs], [paragraph.digest for paragraph in copied]
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before = tuple(place for place in range(start, end) if old[place] not in new)  # else it was only moved
        now = tuple(paragraph.text for paragraph in copied[first:last] if paragraph.digest not in old)
        facts = dict.fromkeys(fact for place in before for fact in document.paragraphs[place].facts)
        if before or now:
            named: Literal["changed", "gone", "new"] = "changed" if before and now else "gone" if before else "new"
            yield Change(named, tuple(place + 1 for place in before), now, tuple(facts))


def document_of(known: Sequence[Document], copy: bytes, named: str) -> Document:
    """The document that a copy is of: the one with which it shares the most paragraphs. Raises KbError."""
    shared = {document.name: _shared(document, copy, named) for document in known}
    best = max(known, key=lambda document: shared[document.name])
    if not shared[best.name]:
        names = ", ".join(document.name for document in known)
        raise KbError(f"{named}: not like any known source. Say which it is: --copy NAME={named} (names: {names})")
    return best


def _shared(document: Document, copy: bytes, named: str) -> int:
    known = {paragraph.digest for paragraph in document.paragraphs}
    return len(known & {paragraph.digest for paragraph in paragraphs(copy, named, known)})


def to_look_at(watched: Watched, folder: Path, sections: Sequence[Section]) -> tuple[Touched, ...]:
    """The sections that state what changed; of a document without facts, and where all is new, all that follow it."""
    ledger, document = documents(folder).sections or {}, watched.document
    if watched.status == "unread" or not any(paragraph.facts for paragraph in document.paragraphs):
        follow = [
            section.id for section in sections if any(plain(s.url) == plain(document.url) for s in section.sources)
        ]
        names = dict.fromkeys(follow if watched.changes else ())
    else:
        names = dict.fromkeys(name for fact in watched.facts for name in ledger.get(fact, ()))
    return tuple(Touched(name, tuple(section.url for section in sections if section.id == name)) for name in names)


def mark(folder: Path, compared: Iterable[Watched], today: str) -> None:
    """Note which paragraphs have changed, so that answers say so; a change that was taken back is no longer noted."""
    raw = _raw(folder)
    for watched in compared:
        entry, touched = _entry(raw, watched), {place for change in watched.changes for place in change.before}
        for place, paragraph in enumerate(entry.get("paragraphs", []), 1):
            before = paragraph.pop("changed", "")
            if place in touched:
                paragraph["changed"] = before or today
        before = entry.pop("changed", "")
        if watched.changes and watched.status != "unread":
            entry["changed"] = before or today
    _write(folder, raw)


def accept(folder: Path, compared: Iterable[Watched], today: str, edition: str = "") -> None:
    """Know the copies from now on: their digests, the day; facts go over to the paragraphs that took a place."""
    raw = _raw(folder)
    for watched in compared:
        entry = _entry(raw, watched)
        entry.pop("changed", None)
        entry |= {"verified": today} | ({"edition": edition} if edition else {})
        facts = _facts_by_text(watched)
        entry["paragraphs"] = [
            {"digest": paragraph.digest, "facts": facts.get(paragraph.text, [])} for paragraph in watched.copied
        ]
    _write(folder, raw)


def unplaced(folder: Path) -> tuple[str, ...]:
    """Facts of the ledger that no paragraph of a document states."""
    placed = {
        fact for document in documents(folder).known for paragraph in document.paragraphs for fact in paragraph.facts
    }
    return tuple(fact for fact in read_ledger(folder / FACTS) if fact not in placed)


def _facts_by_text(watched: Watched) -> dict[str, list[str]]:
    """The facts of each paragraph of a copy: those it had, or those of the paragraphs that it replaces."""
    known = {paragraph.digest: list(paragraph.facts) for paragraph in watched.document.paragraphs}
    facts = {paragraph.text: known[paragraph.digest] for paragraph in watched.copied if paragraph.digest in known}
    for change in watched.changes:
        pairs = zip(change.before, change.now, strict=False)
        in_pairs = {text: list(watched.document.paragraphs[place - 1].facts) for place, text in pairs}
        even = len(change.before) == len(change.now)
        facts |= in_pairs if even else {text: list(change.facts) for text in change.now}
    return facts


def _raw(folder: Path) -> dict[str, Any]:
    file = folder / SOURCES
    try:
        raw: dict[str, Any] = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KbError(f"{file}: cannot be read ({reason(error)}).") from None
    return raw


def _entry(raw: dict[str, Any], watched: Watched) -> dict[str, Any]:
    return next(source for source in raw["sources"] if source.get("name") == watched.document.name)


def _write(folder: Path, raw: dict[str, Any]) -> None:
    """A paragraph is a line, so that a change of the document is one of few lines."""
    lines = {
        f'"@{n}"': paragraph for n, paragraph in enumerate(p for s in raw["sources"] for p in s.get("paragraphs", ()))
    }
    names = iter(lines)
    shown = {
        **raw,
        "sources": [
            {**source, "paragraphs": [next(names)[1:-1] for _ in source["paragraphs"]]}
            if "paragraphs" in source
            else source
            for source in raw["sources"]
        ],
    }
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    for name, paragraph in lines.items():
        text = text.replace(name, json.dumps(paragraph, ensure_ascii=False), 1)
    aside = folder / f".{SOURCES}.new"
    aside.write_text(f"{text}\n", "utf-8")
    aside.replace(folder / SOURCES)
