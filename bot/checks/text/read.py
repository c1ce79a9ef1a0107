"""Bytes to JSON, strictly: what is ambiguous, huge or not JSON at all is refused, with its place."""

import json
import math
import re
from typing import Any

from bot.checks.errors import InputError
from bot.checks.text import place

MAX_BYTES = 16 * 1024 * 1024  # a Terraform plan of a large platform; a door to the network should allow far less
MAX_DEPTH = 64
MAX_DIGITS = 400  # more than any double has; int() itself refuses 4,300


class _RefusedError(Exception):
    """A value that json would accept and we do not; the place is looked up afterwards."""

    def __init__(self, code: str, raw: str) -> None:
        self.code, self.raw = code, raw


def read_json(data: bytes, max_bytes: int = MAX_BYTES) -> object:
    """The JSON value of the bytes, or an InputError."""
    if len(data) > max_bytes:
        raise InputError("too-large", size=len(data), limit=max_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        line, column = data.count(b"\n", 0, start) + 1, start - data.rfind(b"\n", 0, start)
        raise InputError("not-utf8", line=line, column=column) from None
    _check_depth(text, 0)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise InputError("not-json", line=error.lineno, column=error.colno, reason=error.msg) from None
    except _RefusedError as refused:
        raise _placed(text, refused) from None


def parse_row(text: str, start: int = 0) -> tuple[list[object], int]:
    """The JSON values that stand in a row from an offset on, with nothing but white space or commas between them.

    And the offset of what is no value behind them, or of the end.
    """
    values: list[object] = []
    at, gap = _behind_gap(text, start)
    try:
        while not values or _goes_on(text, at, gap):
            if text[at : at + 1] in ("{", "["):
                _check_depth(text, at)
            value, end = _DECODER.raw_decode(text, at)
            values.append(value)
            at, gap = _behind_gap(text, end)
    except json.JSONDecodeError as error:
        ends = at < len(text) and not text[error.pos :].strip()
        reason = "cut off" if ends else error.msg
        raise InputError("not-json", line=error.lineno, column=error.colno, reason=reason) from None
    except _RefusedError as refused:
        raise _placed(text, refused) from None
    return values, at


def _behind_gap(text: str, start: int) -> tuple[int, str]:
    gap = _GAP.match(text, start)
    return (start, "") if gap is None else (gap.end(), gap[0])


def _goes_on(text: str, at: int, gap: str) -> bool:
    """Whether one more value follows. A new line that begins with "[INFO] text" is none."""
    if text[at : at + 1] not in ("{", "[", '"'):
        return False
    return "\n" not in gap or _TOOL.match(text, at) is None


def _check_depth(text: str, start: int) -> None:
    if (offset := place.too_deep(text, MAX_DEPTH, start)) is not None:
        line, column = place.line_and_column(text, offset)
        raise InputError("too-deep", limit=MAX_DEPTH, line=line, column=column)


def _placed(text: str, refused: _RefusedError) -> InputError:
    code, raw = refused.code, refused.raw
    token_place = place.find(text, lambda token: token.repeated if code == "duplicate-key" else token.raw == raw)
    if token_place is None:  # cannot be: the parser saw it
        return InputError(code, value=raw)
    return InputError(
        code, pointer=token_place.pointer, line=token_place.line, column=token_place.column, value=raw[:40]
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _RefusedError("duplicate-key", key)
        made[key] = value
    return made


def _int(raw: str) -> int:
    if len(raw) > MAX_DIGITS:
        raise _RefusedError("number-too-large", raw)
    return int(raw)


def _float(raw: str) -> float:
    value = float(raw) if len(raw) <= MAX_DIGITS else math.inf
    if math.isinf(value):
        raise _RefusedError("number-too-large", raw)
    return value


def _constant(raw: str) -> float:
    raise _RefusedError("not-finite", raw)


# The line of a tool begins with a word in brackets: "[INFO] text". Of a list, nothing but its end follows.
TOOL_LINE = r"\[[^\[\]{}\"\n]*\][ \t]*[^\s,\]}]"
_TOOL = re.compile(TOOL_LINE)
_GAP = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_int, parse_float=_float, parse_constant=_constant)
