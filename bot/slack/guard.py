"""In front of Bolt: only requests that Slack signed a moment ago, each once, reach a listener.

Bolt's own check raises on hostile headers (a server error for everyone to cause) and logs whole bodies; Bolt also
reads a command whose text has the word "payload" as empty. So a request is verified and decoded here.
"""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from bot.checks.errors import InputError
from bot.checks.text.read import read_json
from bot.service.client import client
from bot.service.store import StoreError
from bot.slack.context import Context
from bot.slack.replays import Replays

WINDOW = 5 * 60  # seconds that a request may be old, or ahead of this machine's clock
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_PROBE = 2000  # bytes: more than Slack's certificate probe ever has
_LARGE = 8192  # bytes: what is more is read beside the event loop
_log = logging.getLogger("kb")


def signed(timestamp: str, signature: str, body: bytes, secrets: Sequence[str], now: float) -> bool:
    """True if one of `secrets` signed the body (Slack's scheme v0) within WINDOW of `now`; never raises.

    Every secret is tried, each in constant time: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    if not _could_be_signed(timestamp, signature, now):
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    macs = [f"v0={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}" for secret in secrets]
    matches = [hmac.compare_digest(mac, signature) for mac in macs]
    return any(matches)


def _could_be_signed(timestamp: str, signature: str, now: float) -> bool:
    """What can be said without the body: both have their form, and the time is now."""
    formed = _TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)
    return bool(formed) and abs(now - int(timestamp)) <= WINDOW


def decoded(body: bytes, kind: str) -> dict[str, Any] | None:
    """The fields of a form, the JSON in its `payload`, or a JSON body; None for anything else."""
    try:
        text = body.decode("utf-8")
        if kind.partition(";")[0].strip().lower() == "application/json":
            fields = read_json(body)
        else:
            fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100))
            fields = read_json(fields["payload"].encode()) if "payload" in fields else fields
    except (ValueError, InputError):
        return None
    return fields if isinstance(fields, dict) and fields else None


async def admitted(
    request: Request, context: Context, secrets: Sequence[str], replays: Replays
) -> dict[str, Any] | Response:
    """The decoded body of a request that may be handled, else the response to give instead.

    A body is read only of what could be signed, and of Slack's probe, which is small. Who is refused again and again,
    by KB_RATE_LIMIT, is not read at all; what Slack signed is not counted.
    """
    who, now = f"slack-refused:{client(request.scope, context.settings.proxy_hops)}", context.timing.clock()
    timestamp, signature = (_only(request.headers, name) for name in ("x-slack-request-timestamp", "x-slack-signature"))
    if not _could_be_signed(timestamp, signature, now):
        if _is_small(request.headers) and _is_probe(await request.body()):
            return Response()
        return await _turned_away(context, who, "it is not signed, or more than five minutes off")
    if context.desk.rate and (seconds := await context.desk.rate.spent(who)) is not None:
        return Response(status_code=429, headers={"retry-after": str(seconds)})
    body = await request.body()
    if not signed(timestamp, signature, body, secrets, now):
        return await _turned_away(context, who, "its signature is wrong")
    # A request is valid for WINDOW on both sides of its time, so it is known for twice as long.
    if not await replays.fresh(context, signature, int(timestamp), 2 * WINDOW):
        return Response() if "x-slack-retry-num" in request.headers else refused("it was sent before")
    kind = request.headers.get("content-type", "")
    fields = decoded(body, kind) if len(body) <= _LARGE else await asyncio.to_thread(decoded, body, kind)
    return fields if fields and _is_shaped(fields) else misshapen("its body cannot be read")


def _is_shaped(fields: dict[str, Any]) -> bool:
    """What its kind must have is there: Bolt tells listeners apart by it, and takes no listener, or fails, without."""
    shape: dict[str, Any]
    match fields:
        case {"type": "view_submission" | "view_closed"}:
            shape = {"view": {"type": str, "callback_id": str}, "user": {"id": str}}
        case {"type": "block_actions"}:
            shape = {"actions": list, "user": {"id": str}}
        case {"type": "shortcut" | "message_action"}:
            shape = {"callback_id": str, "user": {"id": str}}
        case {"type": "event_callback"}:
            shape = {"event": {"type": str}, "event_id": str}
        case {"type": "url_verification"}:
            shape = {"challenge": str}
        case {"command": _}:
            shape = dict.fromkeys(("command", "user_id", "trigger_id", "response_url"), str)
        case _:
            shape = {}
    return _has(fields, shape)


def _has(value: Any, shape: Any) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_has(value.get(name), inner) for name, inner in shape.items())
    return isinstance(value, shape)


async def _turned_away(context: Context, who: str, reason: str) -> Response:
    """401, counted; 429 beyond the limit."""
    if context.desk.rate and (seconds := await context.desk.rate.wait(who)) is not None:
        return Response(status_code=429, headers={"retry-after": str(seconds)})
    return refused(reason)


def refused(reason: str, status: int = 401) -> Response:
    """The log says why, and nothing of what was sent."""
    _log.warning("slack: refused a request: %s", reason)
    return Response(status_code=status)


def misshapen(reason: str) -> Response:
    """400: signed by Slack, or by who has its secret, and nothing that can be handled."""
    return refused(reason, 400)


def _only(headers: Headers, name: str) -> str:
    """Its value if it was sent once, else the empty text."""
    values = headers.getlist(name)
    return values[0] if len(values) == 1 else ""


async def first_time(context: Context, key: str, seconds: int) -> bool:
    """Over all workers. Without the store a request is rather handled twice than never."""
    try:
        return await context.kept(lambda: context.store.first_time(key, seconds))
    except StoreError as error:
        _log.warning("slack: cannot tell whether a request came before: %s", error)
        return True


def _is_small(headers: Headers) -> bool:
    length = headers.get("content-length", "")
    return length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _PROBE


def _is_probe(body: bytes) -> bool:
    """Slack's check of our certificate: not signed, and answered without doing anything."""
    return parse_qs(body.decode("latin-1"), keep_blank_values=True).get("ssl_check") == ["1"]
