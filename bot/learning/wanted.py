"""The questions to learn from: of the store, of `kb feedback --export`, or of a file that somebody wrote."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.json_lines import read_lines
from bot.service.asked import MISSED
from bot.service.feedback import folded

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question in one wording, how often it was asked, and whether a reader disliked its answer."""

    question: str
    lang: str | None  # None: that of its letters
    count: int = 1
    disliked: bool = False
    section: str = ""  # that was cited the last time, or came nearest


def wanted(rows: Iterable[Row]) -> list[Wanted]:
    """The questions that are worth a look, the newest last; the same question is one."""
    questions = dict[str, Wanted]()
    for row in rows:
        if row.get("kind") == "count" or (row.get("kind") == "vote" and not _missed(row)):
            continue
        disliked = row.get("vote") == "down"
        text = row["question"].encode("utf-8", "replace").decode().strip()  # half of a surrogate pair is no text
        before = questions.pop(key := folded(text), Wanted(text, row.get("lang"), 0))
        section = row["section"] if isinstance(row.get("section"), str) else before.section
        disliked = disliked or before.disliked
        questions[key] = replace(before, count=before.count + 1, disliked=disliked, section=section)
    return list(questions.values())


def _missed(vote: Row) -> bool:
    return vote.get("vote") == "down" or vote.get("status") in MISSED


def read_rows(file: Path) -> Iterator[Row]:
    """Lines of `kb feedback --export`, of labelled questions, or with a `question` alone. Raises KbError for others."""
    then = 'A line has a "question", and a "lang" if that is known.'
    return read_lines(file, _row, "a question", then)


def _row(line: str) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("no JSON object")
    text = row.get("question")
    if not (isinstance(text, str) and text.strip()) and row.get("kind") != "count":
        raise ValueError('there is no text in "question"')
    if not isinstance(row.get("lang"), str | None):
        raise ValueError('"lang" is no text')
    return row
