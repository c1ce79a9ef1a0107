"""In front of Bolt: only requests that Slack signed a moment ago, each once, reach a listener.

Bolt's own check raises on hostile headers (a server error for everyone to cause) and logs whole bodies; Bolt also
reads a command whose text has the word "payload" as empty. So a request is verified and decoded here.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.slack.context import Context
from bot.store import StoreError

WINDOW = 5 * 60  # seconds that a request may be old, or ahead of this machine's clock
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_PROBE = 2000  # bytes: more than Slack's certificate probe ever has
_log = logging.getLogger("kb")


def signed(timestamp: str, signature: str, body: bytes, secrets: Sequence[str], now: float) -> bool:
    """True if one of `secrets` signed the body (Slack's scheme v0) within WINDOW of `now`; never raises.

    Every secret is tried, each in constant time: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    macs = [f"v0={hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()}" for secret in secrets]
    matches = [hmac.compare_digest(mac, signature) for mac in macs]
    return any(matches) and abs(now - int(timestamp)) <= WINDOW


def decoded(body: bytes, kind: str) -> dict[str, Any] | None:
    """The fields of a form, the JSON in its `payload`, or a JSON body; None for anything else."""
    try:
        text = body.decode("utf-8")
        if kind.partition(";")[0].strip().lower() == "application/json":
            found = json.loads(text)
        else:
            fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100))
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


async def admitted(request: Request, context: Context, secrets: Sequence[str]) -> dict[str, Any] | Response:
    """The decoded body of a request that may be handled, else the response to give instead."""
    try:
        body = await request.body()
    except ClientDisconnect:
        return Response(status_code=400)
    if _is_probe(body):
        return Response()
    timestamps = request.headers.getlist("x-slack-request-timestamp")
    signatures = request.headers.getlist("x-slack-signature")
    if len(timestamps) != 1 or len(signatures) != 1:
        return refused("it is not signed")
    if not signed(timestamps[0], signatures[0], body, secrets, context.timing.clock()):
        return refused("its signature is wrong or more than five minutes off")
    if (found := decoded(body, request.headers.get("content-type", ""))) is None:
        return refused("its body cannot be read")
    # A request is valid for WINDOW on both sides of its time, so it is known for twice as long.
    if not await first_time(context, f"slack-request:{signatures[0]}", 2 * WINDOW):
        return Response() if "x-slack-retry-num" in request.headers else refused("it was sent before")
    return found


def refused(reason: str) -> Response:
    """401; the log says why, and nothing of what was sent."""
    _log.warning("slack: refused a request: %s", reason)
    return Response(status_code=401)


async def first_time(context: Context, key: str, seconds: int) -> bool:
    """Over all workers. Without the store a request is rather handled twice than never."""
    try:
        return await asyncio.to_thread(context.store.first_time, key, seconds)
    except StoreError as error:
        _log.warning("slack: cannot tell whether a request came before: %s", error)
        return True


def _is_probe(body: bytes) -> bool:
    """Slack's check of our certificate: not signed, and answered without doing anything."""
    if len(body) > _PROBE:
        return False
    return parse_qs(body.decode("latin-1"), keep_blank_values=True).get("ssl_check") == ["1"]
