"""Files of JSON lines that people write or commands do: each line a record, and errors that name the line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from index.errors import KbError, reason

T = TypeVar("T")


def read_lines(file: Path, record: Callable[[str], T], what: str, then: str) -> Iterator[T]:
    """The record of each line that is not empty, as `record` makes it of the line's text.

    Raises KbError where the file cannot be read, and for the first line of which `record` raises ValueError: "not
    `what`", why not, and what to do `then`, a sentence.
    """
    try:
        lines = file.read_text("utf-8-sig").split("\n")  # not splitlines(): JSON may hold other line separators
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"{file}: cannot be read ({reason(error)}).") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            made = record(line)
        except (ValueError, RecursionError) as error:
            raise KbError(f"{file}:{number}: not {what} ({_why(error)}). {then}") from None
        yield made


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place or 'line'}: {first['msg']}"
