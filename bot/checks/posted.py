"""What a door to the network sends to be checked: bytes in, a report or a problem out, both ready to be sent on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.checks.compose import compose
from bot.checks.documents import read_documents
from bot.checks.engine import check
from bot.checks.errors import InputError
from bot.checks.findings import Finding
from bot.checks.reply import problem, reply

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a format of FORMATS."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the bytes cannot be checked: `text` is the JSON of an error, `message` the part of it that people read."""

    code: str
    message: str
    text: str


def report(
    data: bytes, most: int, form: str, lang: str, base_url: str = "", planned: str | None = None, schema: int = 2
) -> Report | Problem:
    """The report about documents of at most `most` bytes."""
    return _judged(data, most, lang, lambda given: Report(*reply(given, form, lang, base_url, planned, schema)))


def findings(
    data: bytes, most: int, lang: str, base_url: str = "", planned: str | None = None
) -> tuple[Finding, ...] | Problem:
    """Every rule once, about documents of at most `most` bytes."""
    return _judged(data, most, lang, lambda given: tuple(check(compose(given, planned=planned), lang, base_url)))


def _judged(data: bytes, most: int, lang: str, judge: Callable[[object], T]) -> T | Problem:
    given = None
    try:
        given = read_documents(data, most)
        return judge(given)
    except InputError as error:
        told = json.dumps({"error": problem(error, lang, given)}, ensure_ascii=False)
        return Problem(error.code, error.message(lang), told)
