"""`kb review`: what a person decided on questions, as lines of the docs or of labelled questions. Nothing else changes.

A file remembers by digests what was decided, so that the next review goes on where this one stopped.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.learning.gaps import Missed
from bot.learning.sources import Docs
from bot.learning.wanted import read_rows
from bot.service.feedback import folded
from index.errors import KbError, reason

STYLE = "reader"  # of a labelled question that a reader asked


@dataclass(frozen=True, slots=True)
class Decided:
    """The digests of the questions that a person has decided on, in a file that grows by a line each."""

    file: Path

    def open(self, questions: Iterable[Missed]) -> list[Missed]:
        """Those that are still to be decided, the most asked first. Raises KbError where the file cannot be read."""
        try:
            held = set(self.file.read_text("utf-8").split()) if self.file.exists() else set()
        except (OSError, UnicodeDecodeError) as error:
            raise KbError(f"{self.file}: cannot be read ({reason(error)}).") from None
        return sorted((each for each in questions if digest(each) not in held), key=lambda each: -each.count)

    def add(self, question: Missed) -> None:
        """Remember one."""
        _append(self.file, digest(question))


def digest(question: Missed) -> str:
    """One per language and question, whatever its spaces and capitals."""
    return hashlib.sha256(f"{question.lang}\0{folded(question.question)}".encode()).hexdigest()[:24]


def accept_wording(folder: Path, section: str, question: Missed, version: str | None = None) -> Path | None:
    """Write a question below a section's heading, in its language; the file, or None where its source is not there.

    `version`: that of the folder's docs, of a site that has several.
    """
    docs = Docs(folder, version)
    if not docs.ask(section, question.lang, [question.question]):
        return None
    for file, text in docs.changed().items():
        _replace(file, text)
        return file
    return folder  # it stands there already


def accept_test(file: Path, question: Missed, section: str | None) -> bool:
    """Add a labelled question, answered by a section or by none; False if the file has it already."""
    if file.exists() and any(folded(row.get("question", "")) == folded(question.question) for row in read_rows(file)):
        return False
    line = {
        "id": f"q-reader-{digest(question)[:8]}",
        "lang": question.lang,
        "style": STYLE,
        "question": question.question,
        "answerable": section is not None,
        "sections": [section] if section else [],
        "facts": [],
        "verdict": None,
    }
    _append(file, json.dumps(line, ensure_ascii=False))
    return True


def _append(file: Path, line: str) -> None:
    """Add a line, after an end of the last one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab+") as opened:
            if opened.seek(0, os.SEEK_END):
                opened.seek(-1, os.SEEK_END)
                line = line if opened.read(1) == b"\n" else f"\n{line}"
            opened.write(f"{line}\n".encode())
    except OSError as error:
        raise KbError(f"{file}: cannot be written ({reason(error)}).") from None


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all, with the rights that it has."""
    made: Path | None = None
    try:
        with NamedTemporaryFile("wb", dir=file.parent, prefix=f".{file.name}.", delete=False) as opened:
            made = Path(opened.name)
            opened.write(text.encode())
        made.chmod(file.stat().st_mode & 0o7777)
        made.replace(file)
    except OSError as error:
        raise KbError(f"{file}: cannot be written ({reason(error)}).") from None
    finally:  # also where Ctrl+C comes between; what has taken its place is not there under this name
        if made is not None:
            made.unlink(missing_ok=True)
