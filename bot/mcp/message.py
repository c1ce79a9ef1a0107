"""A message as it comes in, at either door: read as strictly as the other addresses read theirs, before the SDK does.

The SDK would repeat what it refuses, or, on standard input, say nothing at all: the host would wait for an answer.
"""

import json
import re
from typing import Any

from bot import checks
from bot.language import ELSE, say

PARSE_ERROR, INVALID_REQUEST = -32700, -32600  # of JSON-RPC
VALUES = 60_000  # of a message, about: the SDK reads it in one step; an honest one of 512 KiB has a third of them
LONGEST_ID = 256  # characters or digits that an error repeats
_HALF = re.compile(rb"(?i)\\ud[89a-f]")  # the escape of half a character: an emoji that was cut, perhaps


class NoMessageError(Exception):
    """What came is no message; `reply` says so to who sent it, without a word of it."""

    def __init__(self, code: int, words: str, identity: int | str | None = None) -> None:
        super().__init__(words)
        self.reply = {"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": words}}


def received(body: bytes, most: int) -> bytes:
    """The message for the SDK, halves of characters replaced. Raises NoMessageError. `most`: bytes that are read."""
    if sum(body.count(sign) for sign in (b"[", b"{", b",")) > VALUES:
        raise NoMessageError(INVALID_REQUEST, say(ELSE, "errors", "body_too_large"))
    try:
        message = checks.read_json(body, most)
    except checks.InputError as error:
        if error.code == "too-large":
            raise NoMessageError(INVALID_REQUEST, say(ELSE, "errors", "body_too_large")) from None
        place = f"{error.line}:{error.column}" if error.line else "body"
        raise NoMessageError(PARSE_ERROR, say(ELSE, "mcp", "errors.not_strict", place=place)) from None
    given = message if isinstance(message, dict) else {}
    if not _is_request(given):
        raise NoMessageError(INVALID_REQUEST, say(ELSE, "mcp", "errors.no_message"), _identity(given))
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") if _HALF.search(body) else body


def _is_request(message: dict[str, Any]) -> bool:
    """Whether it is a request, or a notification, which has no `id`."""
    shape = message.get("jsonrpc") == "2.0" and isinstance(message.get("method"), str)
    identified = "id" not in message or _identity(message) is not None
    return shape and identified and isinstance(message.get("params", {}), dict)


def _identity(message: dict[str, Any]) -> int | str | None:
    """What the answer is known by; None for what cannot be that."""
    identity = message.get("id")
    if isinstance(identity, bool) or not isinstance(identity, int | str):
        return None
    return identity if len(str(identity)) <= LONGEST_ID else None
